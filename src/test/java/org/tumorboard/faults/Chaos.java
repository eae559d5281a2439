package org.tumorboard.faults;

import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Stream;

/**
 * Lets the planned faults strike, each while a node is up, since otherwise it would test nothing. Those of one target come one
 * after the other, all others may overlap.
 */
final class Chaos {

    private static final Duration PATIENCE = Duration.ofMinutes(5);

    /** For so long whatever was made whole stays so: else on a slow machine a server would only ever start. */
    private static final Duration BREATH = Duration.ofSeconds(5);

    private final Landscape landscape;
    private final List<Target> nodes;
    private final ReentrantLock broker = new ReentrantLock();
    private final ReentrantLock postgres = new ReentrantLock();
    private final ReentrantLock brokerWire = new ReentrantLock();
    private final ReentrantLock databaseWire = new ReentrantLock();
    private final List<Strike> strikes = Collections.synchronizedList(new ArrayList<>());
    private final List<CompletableFuture<Void>> running = new ArrayList<>();

    Chaos(Landscape landscape, List<Node> nodes) {
        this.landscape = landscape;
        this.nodes = nodes.stream()
                .map(node -> new Target(node, new ReentrantLock()))
                .toList();
    }

    /** @param at when it struck */
    record Strike(Fault fault, Instant at) {}

    private record Target(Node node, ReentrantLock lock) {}

    void begin(Plan plan) {
        for (Plan.Step step : plan.steps()) {
            running.add(CompletableFuture.runAsync(
                    () -> strike(step),
                    CompletableFuture.delayedExecutor(
                            step.at().toMillis(), TimeUnit.MILLISECONDS, work -> start(step.fault(), work))));
        }
    }

    /** The share of the faults that have struck. */
    double progress() {
        return running.isEmpty() ? 0 : (double) strikes.size() / running.size();
    }

    /** Whether everything that was struck is whole again; throws what went wrong with the faults themselves. */
    boolean isOver() {
        running.stream().filter(CompletableFuture::isCompletedExceptionally).forEach(CompletableFuture::join);
        return running.stream().allMatch(CompletableFuture::isDone);
    }

    List<Strike> strikes() {
        return List.copyOf(strikes);
    }

    private void strike(Plan.Step step) {
        switch (step.fault()) {
            case NODE_KILLED -> struckNode(step, Node::kill, Node::startAgain);
            case NODE_PAUSED -> struckNode(step, Node::pause, Node::resume);
            case BROKER_KILLED -> struck(step, broker, landscape.broker()::kill, landscape.broker()::startAgain);
            case POSTGRES_KILLED -> struck(
                    step, postgres, landscape.postgres()::kill, landscape.postgres()::startAgain);
            case BROKER_CUT -> struck(step, brokerWire, landscape.toBroker()::cut, landscape.toBroker()::heal);
            case BROKER_HELD -> struck(step, brokerWire, landscape.toBroker()::hold, landscape.toBroker()::heal);
            case DATABASE_CUT -> struck(step, databaseWire, landscape.toDatabase()::cut, landscape.toDatabase()::heal);
            case DATABASE_HELD -> struck(
                    step, databaseWire, landscape.toDatabase()::hold, landscape.toDatabase()::heal);
        }
    }

    private void struck(Plan.Step step, ReentrantLock target, Runnable breaking, Runnable mending) {
        target.lock();
        try {
            await("a node is up")
                    .pollInSameThread()
                    .atMost(PATIENCE)
                    .pollInterval(Duration.ofMillis(250))
                    .until(() -> nodes.stream().anyMatch(each -> each.node().isUp()));
            strikes.add(new Strike(step.fault(), Instant.now()));
            breaking.run();
            lapse(step.lasting());
            mending.run();
            lapse(BREATH);
        } finally {
            target.unlock();
        }
    }

    private interface Deed {
        void to(Node node);
    }

    private void struckNode(Plan.Step step, Deed breaking, Deed mending) {
        Target target = await("a node is up")
                .pollInSameThread()
                .atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(250))
                .until(() -> taken(step), Optional::isPresent)
                .orElseThrow();
        try {
            strikes.add(new Strike(step.fault(), Instant.now()));
            breaking.to(target.node());
            lapse(step.lasting());
            mending.to(target.node());
        } finally {
            target.lock().unlock();
        }
    }

    private Optional<Target> taken(Plan.Step step) {
        Target one = nodes.get(step.firstNode() ? 0 : nodes.size() - 1);
        return Stream.concat(Stream.of(one), nodes.stream())
                .filter(target -> target.node().isUp() && target.lock().tryLock())
                .findFirst();
    }

    /** The drawn waits of the plan, and no others. */
    private static void lapse(Duration drawn) {
        try {
            new CountDownLatch(1).await(drawn.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void start(Fault fault, Runnable work) {
        Thread thread = new Thread(work, "fault-" + fault);
        thread.setDaemon(true);
        thread.start();
    }
}
