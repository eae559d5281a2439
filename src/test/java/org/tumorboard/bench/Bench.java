package org.tumorboard.bench;

import static java.util.stream.Collectors.toMap;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ExecutionException;
import java.util.stream.IntStream;
import org.springframework.core.env.Environment;
import org.springframework.kafka.config.KafkaListenerEndpointRegistry;
import org.springframework.kafka.listener.ConcurrentMessageListenerContainer;
import org.springframework.kafka.listener.MessageListenerContainer;
import org.tumorboard.embedded.SyntheticEvent;
import org.tumorboard.inbox.MeasuredInbox;

/**
 * Runs the variants in turns, round after round, each time on cases of its own. The application's own listener is
 * paused while the topics are filled. A run that did not apply every event is no measurement and fails.
 */
final class Bench implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofMinutes(15);
    private static final long SEED = 20_250_303;

    private final Sizes sizes;
    private final MeasuredInbox inbox;
    private final DirectCalls direct;
    private final StatementCounter statements;
    private final ProcessHandle broker;
    private final Database database;
    private final Feed feed;
    private final KafkaListenerEndpointRegistry listeners;
    private int casesSoFar;
    private long eventsSoFar;
    private long parkedSoFar;

    Bench(
            Sizes sizes,
            MeasuredInbox inbox,
            DirectCalls direct,
            StatementCounter statements,
            BenchServers.Servers servers,
            KafkaListenerEndpointRegistry listeners,
            Environment environment) {
        this.sizes = sizes;
        this.inbox = inbox;
        this.direct = direct;
        this.statements = statements;
        this.broker = servers.process().toHandle();
        this.database = new Database(environment);
        this.feed = new Feed(environment.getRequiredProperty("spring.kafka.bootstrap-servers"));
        this.listeners = listeners;
    }

    Database database() {
        return database;
    }

    /** Measures the workload with that many cases a run. */
    Results run(Workload workload, int cases) throws InterruptedException, ExecutionException {
        awaitConsumers();
        pause();
        sayBeforehand(workload.beforehand());
        Map<Variant, Map<String, Double>> counted = new EnumMap<>(Variant.class);
        for (Variant variant : Variant.values()) {
            counted.put(variant, countStatements(workload, variant));
        }
        List<Measurement> measurements = new ArrayList<>();
        for (int round = 0; round < sizes.rounds(); round++) {
            for (Variant variant : Variant.values()) {
                measurements.add(measure(workload, variant, round, cases));
            }
        }
        return new Results(workload, sizes, cases, counted, measurements);
    }

    /** The warm-up is also where statements are counted, because counting costs CPU. */
    private Map<String, Double> countStatements(Workload workload, Variant variant)
            throws InterruptedException, ExecutionException {
        List<Interleaving.Step> steps = nextCases(workload, sizes.warmUp());
        statements.start();
        apply(variant, steps);
        awaitSent();
        Map<String, Long> executed = statements.stop();
        verify(workload, variant, steps.size());
        parkedSoFar = database.parkedOnTheWay();
        return executed.entrySet().stream()
                .collect(toMap(Map.Entry::getKey, entry -> (double) entry.getValue() / steps.size()));
    }

    private Measurement measure(Workload workload, Variant variant, int round, int cases)
            throws InterruptedException, ExecutionException {
        List<Interleaving.Step> steps = nextCases(workload, cases);
        Run run = apply(variant, steps);
        awaitSent();
        double secondsToSent = (System.nanoTime() - run.lastCommit()) / 1e9;
        Costs costs = Costs.upToNow(broker, database).since(run.before());
        verify(workload, variant, steps.size());
        long parked = database.parkedOnTheWay();
        double parkedShare = (double) (parked - parkedSoFar) / steps.size();
        parkedSoFar = parked;
        double seconds = (run.lastCommit() - run.start()) / 1e9;
        return new Measurement(
                variant, round, steps.size() / seconds, costs.per(steps.size()), secondsToSent, parkedShare);
    }

    private Run apply(Variant variant, List<Interleaving.Step> steps) throws InterruptedException, ExecutionException {
        if (variant == Variant.DIRECT) {
            var shares = direct.share(steps);
            Run begun = begin();
            direct.make(shares);
            return begun.ended(System.nanoTime());
        }
        List<SyntheticEvent> records = steps.stream()
                .map(Interleaving.Step::event)
                .filter(event -> !Feed.isUnitWide(event))
                .toList();
        feed.fill(records);
        inbox.expect(records.size(), variant == Variant.ONE_BY_ONE);
        Run begun = begin();
        listener().resume();
        long lastCommit = inbox.awaitAllTaken(PATIENCE);
        pause();
        return begun.ended(lastCommit);
    }

    private Run begin() {
        database.settle();
        System.gc();
        return new Run(Costs.upToNow(broker, database), System.nanoTime(), 0);
    }

    private List<Interleaving.Step> nextCases(Workload workload, int cases) {
        List<BenchCase> next = IntStream.rangeClosed(casesSoFar + 1, casesSoFar + cases)
                .mapToObj(workload::benchCase)
                .toList();
        casesSoFar += cases;
        return Interleaving.of(next, SEED);
    }

    private void sayBeforehand(List<SyntheticEvent> events) throws InterruptedException, ExecutionException {
        if (!events.isEmpty()) {
            feed.fill(events);
            inbox.expect(events.size(), false);
            listener().resume();
            inbox.awaitAllTaken(PATIENCE);
            pause();
        }
    }

    private void verify(Workload workload, Variant variant, int steps) {
        assertThat(database.statuses())
                .as("cases after " + variant)
                .containsExactly(Map.entry(workload.reached().name(), (long) casesSoFar));
        if (variant != Variant.DIRECT) {
            long unitWide = workload.benchCase(1).events().stream()
                    .filter(Feed::isUnitWide)
                    .count();
            eventsSoFar += steps - steps / workload.benchCase(1).events().size() * unitWide;
            assertThat(database.outcomes())
                    .as("outcomes after " + variant)
                    .containsExactly(Map.entry("APPLIED", eventsSoFar));
        }
    }

    private ConcurrentMessageListenerContainer<?, ?> listener() {
        return (ConcurrentMessageListenerContainer<?, ?>)
                Objects.requireNonNull(listeners.getListenerContainer("inbox"));
    }

    private void awaitConsumers() {
        await().atMost(Duration.ofMinutes(1)).until(() -> listener().getContainers().stream()
                .allMatch(consumer -> consumer.getAssignedPartitions() != null
                        && !consumer.getAssignedPartitions().isEmpty()));
    }

    private void pause() {
        listener().pause();
        await().atMost(Duration.ofMinutes(1))
                .until(() -> listener().getContainers().stream().allMatch(MessageListenerContainer::isContainerPaused));
    }

    private void awaitSent() {
        await().pollDelay(Duration.ZERO)
                .pollInterval(Duration.ofMillis(50))
                .atMost(PATIENCE)
                .until(database::everythingIsSent);
    }

    @Override
    public void close() {
        feed.close();
        database.close();
    }

    private record Run(Costs before, long start, long lastCommit) {

        Run ended(long commit) {
            return new Run(before, start, commit);
        }
    }
}
