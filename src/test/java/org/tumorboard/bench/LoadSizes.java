package org.tumorboard.bench;

import java.util.List;
import java.util.stream.Stream;

/**
 * How much is measured; each can be set with {@code -Dbench.<name>=…}.
 *
 * @param cases of a run that takes a backlog
 * @param rounds of each such run
 * @param seconds for which events are sent at a steady rate
 * @param openCases that stand open beside the measured ones, one size after the other
 */
record LoadSizes(int cases, int rounds, int seconds, List<Integer> openCases) {

    /** @param name of the property that tells the cases of a run, else they are {@code cases} */
    static LoadSizes given(String name, int cases) {
        return new LoadSizes(
                Integer.getInteger(name, cases),
                Integer.getInteger("bench.rounds", 3),
                Integer.getInteger("bench.seconds", 30),
                Stream.of(System.getProperty("bench.openCases", "500,10000,100000")
                                .split(","))
                        .map(Integer::valueOf)
                        .toList());
    }
}
