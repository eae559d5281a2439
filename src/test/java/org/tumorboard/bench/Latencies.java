package org.tumorboard.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ExecutionException;

/**
 * How long it takes until somebody is told, at shares of the highest rate.
 *
 * @param highest events/s from a backlog, the median of some runs
 */
record Latencies(double highest, List<Paced> paced) {

    private static final List<Double> SHARES = List.of(0.1, 0.5, 0.9);

    /** @param millis sorted, of each event that somebody is told of */
    record Paced(double share, List<Double> millis) {

        private double quantile(double q) {
            return millis.get(Math.max(0, (int) Math.ceil(q * millis.size()) - 1));
        }
    }

    static Latencies measured(Bench bench, Workload workload, LoadSizes sizes, Readers readers)
            throws InterruptedException, ExecutionException {
        List<Measurement> backlogs = new ArrayList<>();
        for (int round = 0; round < sizes.rounds(); round++) {
            backlogs.add(bench.measure(workload, Variant.BATCHES, round, sizes.cases()));
        }
        double highest = Spread.of(backlogs.stream().mapToDouble(Measurement::eventsPerSecond))
                .median();
        int eventsOfCase = workload.benchCase(0).events().size();
        List<Paced> paced = new ArrayList<>();
        for (double share : SHARES) {
            int cases = Math.max(1, (int) (share * highest * sizes.seconds() / eventsOfCase));
            paced.add(new Paced(
                    share,
                    bench.pace(workload, cases, share * highest, readers).stream()
                            .sorted()
                            .toList()));
        }
        return new Latencies(highest, paced);
    }

    String table() {
        StringBuilder table = new StringBuilder(String.format(
                Locale.ROOT,
                "from the instant at which a record was due to be sent until its first notification was read; highest rate %,.0f events/s%n%n",
                highest));
        table.append("%-24s %-12s %-12s %-12s %s%n".formatted("rate", "P50 ms", "P99 ms", "max ms", "events"));
        paced.forEach(run -> table.append(String.format(
                Locale.ROOT,
                "%-24s %-12.0f %-12.0f %-12.0f %d%n",
                "%.0f %% (%.0f events/s)".formatted(100 * run.share(), run.share() * highest),
                run.quantile(0.5),
                run.quantile(0.99),
                run.quantile(1),
                run.millis().size())));
        return table.toString();
    }
}
