package org.tumorboard.bench;

import java.time.Duration;

/**
 * How much the timers are asked for; each can be set with {@code -Dbench.<name>=…}.
 *
 * @param cases open all the while, each with its watch's timer
 * @param due timers that fall due within the window of a run
 * @param window of a run; {@code -Dbench.window} in seconds
 * @param rounds in each of which both settings run once
 * @param single timers that fall due one by one, on an idle engine
 * @param overdue cases whose thresholds were passed while no node ran
 */
record TimerSizes(int cases, int due, Duration window, int rounds, int single, int overdue) {

    static TimerSizes given() {
        return new TimerSizes(
                Integer.getInteger("bench.timers", 100_000),
                Integer.getInteger("bench.due", 2_000),
                Duration.ofSeconds(Integer.getInteger("bench.window", 60)),
                Integer.getInteger("bench.rounds", 3),
                Integer.getInteger("bench.single", 10),
                Integer.getInteger("bench.overdue", 2_000));
    }
}
