package org.tumorboard.bench;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;

/**
 * All runs of a workload, as a table.
 *
 * @param statements how often an event executes each SQL statement, for each variant
 */
record Results(
        Workload workload,
        Sizes sizes,
        int cases,
        int warmUp,
        Map<Variant, Map<String, Double>> statements,
        List<Measurement> measurements) {

    String table() {
        StringBuilder table = new StringBuilder();
        int events = workload.benchCase(1).events().size();
        table.append(String.format(
                Locale.ROOT,
                "%s: %,d cases × %d events a run, interleaved over %d open cases beside %d standing ones, %d rounds, %d threads, records of %d bytes%n",
                workload.title(),
                cases,
                events,
                Interleaving.OPEN_CASES,
                sizes.standing(),
                sizes.rounds(),
                sizes.consumers(),
                recordSize()));
        table.append(
                "medians (least–most); time from the first poll to the last commit, costs until the outbox is sent\n\n");
        table.append("%-58s %-22s %-18s %-18s %-18s %-9s %-22s %-9s %s%n"
                .formatted(
                        "",
                        "events/s",
                        "app CPU ms",
                        "PostgreSQL CPU ms",
                        "broker CPU ms",
                        "SQL",
                        "WAL bytes",
                        "parked",
                        "sent after s"));
        for (Variant variant : Variant.values()) {
            table.append("%-58s %-22s %-18s %-18s %-18s %-9s %-22s %-9s %s%n"
                    .formatted(
                            variant.title(),
                            of(variant, Measurement::eventsPerSecond).with(0),
                            of(variant, run -> run.perEvent().appCpu()).with(2),
                            of(variant, run -> run.perEvent().postgresCpu()).with(2),
                            of(variant, run -> run.perEvent().brokerCpu()).with(2),
                            String.format(Locale.ROOT, "%.1f", statementsPerEvent(variant)),
                            of(variant, run -> run.perEvent().wal()).with(0),
                            String.format(
                                    Locale.ROOT,
                                    "%.0f %%",
                                    100 * of(variant, Measurement::parkedShare).median()),
                            of(variant, Measurement::secondsToSent).with(1)));
        }
        table.append("%nevents/s, batches / one transaction per record: %s%n"
                .formatted(ratio(Variant.BATCHES, Variant.ONE_BY_ONE).with(2)));
        table.append("events/s, batches / direct engine calls:         %s%n"
                .formatted(ratio(Variant.BATCHES, Variant.DIRECT).with(2)));
        table.append("SQL statements were counted in the warm-up (%d cases a variant), as the driver sends them;\n"
                .formatted(warmUp));
        table.append("parked: events that came before their step was open and waited in the inbox\n");
        return table.toString();
    }

    private double statementsPerEvent(Variant variant) {
        return statements.get(variant).values().stream()
                .mapToDouble(Double::doubleValue)
                .sum();
    }

    private Spread of(Variant variant, ToDoubleFunction<Measurement> figure) {
        return Spread.of(
                measurements.stream().filter(run -> run.variant() == variant).mapToDouble(figure));
    }

    private Spread ratio(Variant one, Variant other) {
        return Spread.of(
                IntStream.range(0, sizes.rounds()).mapToDouble(round -> speed(one, round) / speed(other, round)));
    }

    private double speed(Variant variant, int round) {
        return measurements.stream()
                .filter(run -> run.variant() == variant && run.round() == round)
                .mapToDouble(Measurement::eventsPerSecond)
                .findFirst()
                .orElseThrow();
    }

    private long recordSize() {
        return Math.round(workload.benchCase(1).events().stream()
                .mapToInt(event -> Feed.size(Feed.record(event, 0)))
                .average()
                .orElseThrow());
    }
}
