package org.tumorboard.bench;

import static java.util.stream.Collectors.toMap;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;
import org.camunda.bpm.engine.impl.cfg.ProcessEngineConfigurationImpl;
import org.camunda.bpm.engine.impl.jobexecutor.JobExecutor;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Lets thresholds fall due among many more that do not, in turns under our settings and under the engine's defaults, and
 * reads from the records how late each was announced.
 */
final class TimerBench {

    private static final Logger LOG = LoggerFactory.getLogger(TimerBench.class);

    private static final Duration PATIENCE = Duration.ofMinutes(20);

    private final TimerSizes sizes;
    private final ProcessEngineConfigurationImpl engine;
    private final JobExecutor executor;
    private final Database database;
    private final StatementCounter statements;
    private final ProcessHandle broker;
    private final WatchedCases cases;

    TimerBench(
            TimerSizes sizes,
            ProcessEngineConfigurationImpl engine,
            JobExecutor executor,
            Database database,
            StatementCounter statements,
            ProcessHandle broker) {
        this.sizes = sizes;
        this.engine = engine;
        this.executor = executor;
        this.database = database;
        this.statements = statements;
        this.broker = broker;
        this.cases = new WatchedCases(database.jdbc());
    }

    /**
     * One run: how late what fell due was on record, and with the broker.
     *
     * @param cpu of the application and PostgreSQL for each announcement, in ms
     */
    record Run(Lateness recorded, Lateness sent, double cpu) {}

    /** Prepares the cases: copies of one that an event has opened. */
    void prepare(String original) {
        cases.copy(original, sizes.cases());
        database.settle();
    }

    /** All runs, as a table. */
    String measure() throws IOException {
        run(TimerSettings.OURS, sizes.due(), sizes.window().dividedBy(2));
        Map<String, Double> executed = countStatements(Math.min(sizes.due(), 100));
        Printout.keep("timers", executed);
        double perAnnouncement =
                executed.values().stream().mapToDouble(Double::doubleValue).sum();
        Map<TimerSettings, List<Run>> busy = new EnumMap<>(TimerSettings.class);
        for (int round = 0; round < sizes.rounds(); round++) {
            for (TimerSettings settings : TimerSettings.values()) {
                busy.computeIfAbsent(settings, any -> new ArrayList<>())
                        .add(run(settings, sizes.due(), sizes.window()));
            }
        }
        Map<TimerSettings, List<Run>> idle = new EnumMap<>(TimerSettings.class);
        for (TimerSettings settings : TimerSettings.values()) {
            idle.put(settings, List.of(run(settings, sizes.single(), sizes.window())));
        }
        return "%,d open cases, each with its clocks and one timer; %.1f SQL statements per announcement%n%n"
                        .formatted(sizes.cases(), perAnnouncement)
                + table(
                        "%,d thresholds in %d s"
                                .formatted(sizes.due(), sizes.window().toSeconds()),
                        busy)
                + table(
                        "%,d thresholds in %d s"
                                .formatted(sizes.single(), sizes.window().toSeconds()),
                        idle)
                + outage();
    }

    private Run run(TimerSettings settings, int due, Duration window) {
        Instant first = Instant.now().plus(preparation(due));
        cases.fallDue(due, first, window);
        database.settle();
        assertThat(Instant.now()).as("ready before the first threshold").isBefore(first);
        Costs before = Costs.upToNow(broker, database);
        try (TimerSettings.Running running = settings.start(engine, executor, database.jdbc())) {
            awaitAnnounced(due);
        }
        Costs spent = Costs.upToNow(broker, database).since(before).per(due);
        Run run = new Run(cases.recorded(), cases.sent(), spent.appCpu() + spent.postgresCpu());
        LOG.info("{}: {}, on Kafka {}, {} ms of CPU each", settings, run.recorded(), run.sent(), run.cpu());
        return run;
    }

    /** Time enough to move the cases and to clean the tables, on a slow machine too. */
    private Duration preparation(int due) {
        return Duration.ofSeconds(5).plusMillis(sizes.cases() / 3 + due * 5L);
    }

    private Map<String, Double> countStatements(int due) {
        cases.fallDue(due, Instant.now(), Duration.ofSeconds(1));
        statements.start();
        try (TimerSettings.Running running = TimerSettings.OURS.start(engine, executor, database.jdbc())) {
            awaitAnnounced(due);
        }
        return statements.stop().entrySet().stream()
                .collect(toMap(Map.Entry::getKey, entry -> (double) entry.getValue() / due));
    }

    /** Two nodes come up together after a day in which none ran. */
    private String outage() {
        int overdue = sizes.overdue();
        cases.fallDue(overdue, Instant.now().minus(Duration.ofHours(24)), Duration.ofHours(4));
        database.settle();
        long start = System.nanoTime();
        try (TimerSettings.Running one = TimerSettings.OURS.start(engine, executor, database.jdbc());
                TimerSettings.Running other = TimerSettings.second(engine, executor)) {
            await().pollInterval(Duration.ofMillis(100)).atMost(PATIENCE).until(() -> cases.overlooked() == 0);
        }
        double seconds = (System.nanoTime() - start) / 1e9;
        assertThat(cases.outOfOrder()).as("runs told out of order").isZero();
        assertThat(cases.recordedAs("OVERTAKEN")).as("overtaken of each run").allMatch(count -> count == 2);
        assertThat(cases.recordedAs("ANNOUNCED")).as("announced of each run").allMatch(count -> count == 1);
        return """

                After 24 h without a node: %,d cases with three thresholds behind (two warnings, breach), two nodes:
                caught up in %.1f s; of each clock the warnings are recorded as overtaken, then the breach is announced once
                """
                .formatted(overdue, seconds);
    }

    private void awaitAnnounced(int due) {
        await().pollInterval(Duration.ofSeconds(1)).atMost(PATIENCE).until(() -> cases.announced() == due);
        await().pollInterval(Duration.ofMillis(200)).atMost(PATIENCE).until(database::everythingIsSent);
    }

    private static String table(String title, Map<TimerSettings, List<Run>> runs) {
        StringBuilder table = new StringBuilder();
        table.append(title)
                .append(", ms from the threshold to its record, medians of the runs (range); then to the broker%n"
                        .formatted());
        runs.forEach((settings, all) -> table.append(String.format(
                Locale.ROOT,
                "  %s%n    P50 %s, P99 %s, max %s; on Kafka P50 %s, P99 %s, max %s; %s ms of CPU each%n",
                settings.title(),
                spread(all, run -> run.recorded().median()),
                spread(all, run -> run.recorded().p99()),
                spread(all, run -> run.recorded().worst()),
                spread(all, run -> run.sent().median()),
                spread(all, run -> run.sent().p99()),
                spread(all, run -> run.sent().worst()),
                spread(all, Run::cpu))));
        return table.append("  defaults / ours: P50 %s, P99 %s, max %s%n%n"
                        .formatted(
                                ratio(runs, Lateness::median),
                                ratio(runs, Lateness::p99),
                                ratio(runs, Lateness::worst)))
                .toString();
    }

    private static String spread(List<Run> runs, ToDoubleFunction<Run> figure) {
        return Spread.of(runs.stream().mapToDouble(figure)).with(0);
    }

    private static String ratio(Map<TimerSettings, List<Run>> runs, ToDoubleFunction<Lateness> figure) {
        List<Run> ours = runs.get(TimerSettings.OURS);
        List<Run> defaults = runs.get(TimerSettings.DEFAULTS);
        return Spread.of(IntStream.range(0, ours.size())
                        .mapToDouble(round ->
                                figure.applyAsDouble(defaults.get(round).recorded())
                                        / figure.applyAsDouble(ours.get(round).recorded())))
                .with(1);
    }
}
