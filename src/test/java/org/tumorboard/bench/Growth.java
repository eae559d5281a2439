package org.tumorboard.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ExecutionException;
import java.util.function.ToDoubleFunction;

/** What an event costs beside ever more open cases. */
record Growth(List<Beside> besides) {

    /** Runs beside so many open cases. */
    record Beside(int openCases, List<Measurement> runs) {

        private Spread of(ToDoubleFunction<Measurement> figure) {
            return Spread.of(runs.stream().mapToDouble(figure));
        }

        private double cpu() {
            return of(run -> run.perEvent().appCpu() + run.perEvent().postgresCpu())
                    .median();
        }
    }

    static Growth measured(Bench bench, Workload workload, LoadSizes sizes, Answers answers)
            throws InterruptedException, ExecutionException {
        List<Beside> besides = new ArrayList<>();
        for (int openCases : sizes.openCases()) {
            bench.stand(workload, openCases);
            List<Measurement> runs = new ArrayList<>();
            for (int round = 0; round < sizes.rounds(); round++) {
                runs.add(bench.measure(workload, Variant.BATCHES, round, sizes.cases()));
            }
            besides.add(new Beside(openCases, runs));
            answers.ask(openCases);
        }
        return new Growth(besides);
    }

    String table() {
        StringBuilder table = new StringBuilder("medians (least–most); CPU of application and PostgreSQL together\n\n");
        table.append("%-14s %-22s %-20s %-20s %s%n"
                .formatted("open cases", "events/s", "app CPU ms", "PostgreSQL CPU ms", "CPU against the first"));
        for (Beside beside : besides) {
            table.append(String.format(
                    Locale.ROOT,
                    "%-14s %-22s %-20s %-20s %+.0f %%%n",
                    String.format(Locale.ROOT, "%,d", beside.openCases()),
                    beside.of(Measurement::eventsPerSecond).with(0),
                    beside.of(run -> run.perEvent().appCpu()).with(2),
                    beside.of(run -> run.perEvent().postgresCpu()).with(2),
                    100 * (beside.cpu() / besides.get(0).cpu() - 1)));
        }
        return table.toString();
    }
}
