package org.tumorboard.bench;

import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ExecutionException;
import org.springframework.kafka.config.KafkaListenerEndpointRegistry;
import org.springframework.kafka.listener.ConcurrentMessageListenerContainer;
import org.springframework.kafka.listener.MessageListenerContainer;
import org.tumorboard.embedded.SyntheticEvent;
import org.tumorboard.inbox.MeasuredInbox;

/** The application's own listener: paused while the topics are filled, let go when a run begins. */
final class Listener {

    static final Duration PATIENCE = Duration.ofMinutes(15);

    private final KafkaListenerEndpointRegistry registry;
    private final MeasuredInbox inbox;
    private final Feed feed;

    Listener(KafkaListenerEndpointRegistry registry, MeasuredInbox inbox, Feed feed) {
        this.registry = registry;
        this.inbox = inbox;
        this.feed = feed;
    }

    /** Waits until every consumer has its partitions, then holds them. */
    void hold() {
        await().atMost(Duration.ofMinutes(1)).until(() -> container().getContainers().stream()
                .allMatch(consumer -> consumer.getAssignedPartitions() != null
                        && !consumer.getAssignedPartitions().isEmpty()));
        pause();
    }

    void fill(List<SyntheticEvent> events, int batchSize) throws InterruptedException, ExecutionException {
        feed.fill(events);
        inbox.expect(events.size(), batchSize);
    }

    /**
     * Lets the consumers take what was filled in.
     *
     * @return when the last record was committed, on the scale of {@link System#nanoTime()}
     */
    long takeAll() throws InterruptedException {
        container().resume();
        long lastCommit = inbox.awaitAllTaken(PATIENCE);
        pause();
        return lastCommit;
    }

    /**
     * Lets the consumers take what is sent meanwhile, one event after the other at a steady rate.
     *
     * @return when each was to be sent, by its id, on the scale of {@link System#nanoTime()}
     */
    Map<String, Long> pace(List<SyntheticEvent> events, int batchSize, double eventsPerSecond)
            throws InterruptedException, ExecutionException {
        inbox.expect(events.size(), batchSize);
        container().resume();
        Map<String, Long> due = feed.pace(events, eventsPerSecond);
        inbox.awaitAllTaken(PATIENCE);
        pause();
        return due;
    }

    private void pause() {
        container().pause();
        await().atMost(Duration.ofMinutes(1)).until(() -> container().getContainers().stream()
                .allMatch(MessageListenerContainer::isContainerPaused));
    }

    private ConcurrentMessageListenerContainer<?, ?> container() {
        return (ConcurrentMessageListenerContainer<?, ?>)
                Objects.requireNonNull(registry.getListenerContainer("inbox"));
    }
}
