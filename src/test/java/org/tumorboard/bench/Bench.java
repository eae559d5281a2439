package org.tumorboard.bench;

import static java.util.stream.Collectors.toMap;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.stream.IntStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.tumorboard.embedded.SyntheticEvent;
import org.tumorboard.event.CaseStatus;
import org.tumorboard.event.Outcome;

/**
 * Runs the variants in turns, round after round, each time on cases of its own. Further cases stand open all the
 * while, so that PostgreSQL plans for tables as they are in operation and not for empty ones. A run that did not apply
 * every event is no measurement and fails.
 */
final class Bench {

    /** As many records as the application takes from Kafka at once. */
    private static final int BATCH = 200;

    /** Kafka keeps no order between topics: one in so many events may find that its work was withdrawn. */
    private static final int OVERTAKEN = 100;

    /** So many standing cases are opened by their event. */
    private static final int OPENED = 500;

    private static final Logger LOG = LoggerFactory.getLogger(Bench.class);
    private static final long SEED = 20_250_303;

    private final Sizes sizes;
    private final Listener listener;
    private final DirectCalls direct;
    private final StatementCounter statements;
    private final ProcessHandle broker;
    private final Database database;
    private int standing;
    private int casesSoFar;
    private long eventsSoFar;
    private long parkedSoFar;

    Bench(
            Sizes sizes,
            Listener listener,
            DirectCalls direct,
            StatementCounter statements,
            ProcessHandle broker,
            Database database) {
        this.sizes = sizes;
        this.listener = listener;
        this.direct = direct;
        this.statements = statements;
        this.broker = broker;
        this.database = database;
    }

    /** Measures the workload with that many cases a run, after a warm-up of each variant. */
    Results run(Workload workload, int cases, int warmUp) throws InterruptedException, ExecutionException {
        begin(workload);
        stand(workload, sizes.standing());
        Map<Variant, Map<String, Double>> counted = new EnumMap<>(Variant.class);
        for (Variant variant : Variant.values()) {
            counted.put(variant, countStatements(workload, variant, warmUp));
        }
        List<Measurement> measurements = new ArrayList<>();
        for (int round = 0; round < sizes.rounds(); round++) {
            for (Variant variant : Variant.values()) {
                measurements.add(measure(workload, variant, round, cases));
            }
        }
        return new Results(workload, sizes, cases, warmUp, counted, measurements);
    }

    /** Holds the listener, and lets departments say what they say before all cases. */
    void begin(Workload workload) throws InterruptedException, ExecutionException {
        listener.hold();
        take(workload.beforehand());
    }

    /** Opens further cases until so many stand open; more than a few are copies of another. */
    void stand(Workload workload, int cases) throws InterruptedException, ExecutionException {
        int opened = Math.max(standing, Math.min(cases, OPENED));
        take(nextCases(workload, opened - standing).stream()
                .map(benchCase -> benchCase.events().get(0))
                .toList());
        if (cases > opened) {
            database.copyOpenCase(opened + 1, cases);
            casesSoFar += cases - opened;
        }
        eventsSoFar += cases - standing;
        standing = cases;
    }

    private void take(List<SyntheticEvent> events) throws InterruptedException, ExecutionException {
        if (!events.isEmpty()) {
            listener.fill(events, BATCH);
            listener.takeAll();
            awaitSent();
        }
    }

    /** The warm-up is also where statements are counted, because counting costs CPU. */
    Map<String, Double> countStatements(Workload workload, Variant variant, int cases)
            throws InterruptedException, ExecutionException {
        List<Interleaving.Step> steps = Interleaving.of(nextCases(workload, cases), SEED);
        statements.start();
        apply(variant, steps);
        awaitSent();
        Map<String, Long> executed = statements.stop();
        verify(workload, variant, steps);
        parkedSoFar = database.parkedOnTheWay();
        return executed.entrySet().stream()
                .collect(toMap(Map.Entry::getKey, entry -> (double) entry.getValue() / steps.size()));
    }

    /** One run, each on cases of its own. */
    Measurement measure(Workload workload, Variant variant, int round, int cases)
            throws InterruptedException, ExecutionException {
        List<Interleaving.Step> steps = Interleaving.of(nextCases(workload, cases), SEED);
        Run run = apply(variant, steps);
        awaitSent();
        double secondsToSent = (System.nanoTime() - run.lastCommit()) / 1e9;
        Costs costs = Costs.upToNow(broker, database).since(run.before());
        verify(workload, variant, steps);
        long parked = database.parkedOnTheWay();
        double parkedShare = (double) (parked - parkedSoFar) / steps.size();
        parkedSoFar = parked;
        double seconds = (run.lastCommit() - run.start()) / 1e9;
        return new Measurement(
                variant, round, steps.size() / seconds, costs.per(steps.size()), secondsToSent, parkedShare);
    }

    /**
     * Lets departments speak at a steady rate, whatever becomes of what they said before.
     *
     * @return from the instant at which an event was to be sent until its first notification was read, in ms
     */
    List<Double> pace(Workload workload, int cases, double eventsPerSecond, Readers readers)
            throws InterruptedException, ExecutionException {
        List<Interleaving.Step> steps = Interleaving.of(nextCases(workload, cases), SEED);
        database.settle();
        Map<String, Long> due =
                listener.pace(steps.stream().map(Interleaving.Step::event).toList(), BATCH, eventsPerSecond);
        awaitSent();
        verify(workload, Variant.BATCHES, steps);
        return readers.awaitAll(database.notifiedCauses(due.keySet())).entrySet().stream()
                .map(read -> (read.getValue() - due.get(read.getKey())) / 1e6)
                .toList();
    }

    private Run apply(Variant variant, List<Interleaving.Step> steps) throws InterruptedException, ExecutionException {
        if (variant == Variant.DIRECT) {
            var shares = direct.share(steps);
            Run begun = begin();
            direct.make(shares);
            return begun.ended(System.nanoTime());
        }
        listener.fill(ofPatients(steps), variant == Variant.BATCHES ? BATCH : 1);
        return begin().ended(listener.takeAll());
    }

    private Run begin() {
        database.settle();
        System.gc();
        return new Run(Costs.upToNow(broker, database), System.nanoTime(), 0);
    }

    private List<BenchCase> nextCases(Workload workload, int cases) {
        List<BenchCase> next = IntStream.rangeClosed(casesSoFar + 1, casesSoFar + cases)
                .mapToObj(workload::benchCase)
                .toList();
        casesSoFar += cases;
        return next;
    }

    /** News of a unit was given beforehand: through Kafka it reaches every case that comes to wait for it. */
    private static List<SyntheticEvent> ofPatients(List<Interleaving.Step> steps) {
        return steps.stream()
                .map(Interleaving.Step::event)
                .filter(event -> !Feed.isUnitWide(event))
                .toList();
    }

    private void verify(Workload workload, Variant variant, List<Interleaving.Step> steps) {
        long ended = casesSoFar - standing;
        assertThat(database.statuses())
                .as(() -> "cases after %s, where %s".formatted(variant, database.whatWaits()))
                .containsOnly(Map.entry(workload.reached().name(), ended), Map.entry(CaseStatus.RECEIVED.name(), (long)
                        standing));
        if (variant != Variant.DIRECT) {
            eventsSoFar += ofPatients(steps).size();
            long overtaken = database.outcomes().getOrDefault(Outcome.ALREADY_DONE.name(), 0L);
            if (overtaken > 0) {
                LOG.warn("{} events so far were overtaken, with {}: {}", overtaken, variant, database.whatWaits());
            }
            assertThat(overtaken)
                    .as(() -> "overtaken events after %s, where %s".formatted(variant, database.whatWaits()))
                    .isLessThanOrEqualTo(eventsSoFar / OVERTAKEN);
            assertThat(database.outcomes().getOrDefault(Outcome.APPLIED.name(), 0L) + overtaken)
                    .as(() -> "events after %s, where %s".formatted(variant, database.whatWaits()))
                    .isEqualTo(eventsSoFar);
        }
    }

    private void awaitSent() {
        await().pollDelay(Duration.ZERO)
                .pollInterval(Duration.ofMillis(50))
                .atMost(Listener.PATIENCE)
                .until(database::everythingIsSent);
    }

    private record Run(Costs before, long start, long lastCommit) {

        Run ended(long commit) {
            return new Run(before, start, commit);
        }
    }
}
