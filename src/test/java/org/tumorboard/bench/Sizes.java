package org.tumorboard.bench;

/**
 * How much is measured; each can be set with {@code -Dbench.<name>=…}.
 *
 * @param cases of the reference workload, each run
 * @param mainCases of the main path, each run
 * @param warmUp cases of the reference workload before the first round, each variant
 * @param mainWarmUp cases of the main path before the first round, each variant
 * @param standing cases that stay open all the while
 * @param rounds in each of which every variant runs once
 * @param consumers threads of the listener, and of the direct calls
 */
record Sizes(int cases, int mainCases, int warmUp, int mainWarmUp, int standing, int rounds, int consumers) {

    static Sizes given() {
        return new Sizes(
                Integer.getInteger("bench.cases", 2000),
                Integer.getInteger("bench.mainCases", 100),
                Integer.getInteger("bench.warmUp", 300),
                Integer.getInteger("bench.mainWarmUp", 30),
                Integer.getInteger("bench.standing", 500),
                Integer.getInteger("bench.rounds", 3),
                Integer.getInteger("bench.consumers", 2));
    }
}
