package org.tumorboard.faults;

import java.time.Duration;

/**
 * How much the campaign does; each can be set with {@code -Dfaults.<name>=…}.
 *
 * @param seed draws faults, cases, duplicates, order and decisions; another one at each run unless given
 * @param kills of nodes, broker and PostgreSQL together; other faults come in addition
 * @param cases spread over the time of the faults
 * @param between two faults, on average; {@code -Dfaults.between} in seconds
 */
record Sizes(long seed, int kills, int cases, Duration between) {

    static Sizes given() {
        int kills = Integer.getInteger("faults.kills", 8);
        return new Sizes(
                Long.getLong("faults.seed", System.nanoTime() & 0xffffffL),
                kills,
                Integer.getInteger("faults.cases", 2 * kills + 4),
                Duration.ofSeconds(Integer.getInteger("faults.between", 6)));
    }

    /** What brings the same run again. */
    String asOptions() {
        return "-Dfaults.seed=%d -Dfaults.kills=%d -Dfaults.cases=%d -Dfaults.between=%d"
                .formatted(seed, kills, cases, between.toSeconds());
    }
}
