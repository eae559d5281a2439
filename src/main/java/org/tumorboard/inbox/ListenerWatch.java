package org.tumorboard.inbox;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.kafka.config.KafkaListenerEndpointRegistry;
import org.springframework.kafka.listener.ConcurrentMessageListenerContainer;
import org.springframework.kafka.listener.MessageListenerContainer;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/**
 * Whether this node takes events at all: its listener runs, with every thread. A listener that stopped without being asked,
 * because of a fault that no retry caught, is started again.
 */
@Component
public final class ListenerWatch {

    private static final Logger LOG = LoggerFactory.getLogger(ListenerWatch.class);

    /** Starting the listener again has been tried often enough by then; a new process may do better. */
    private static final Duration GIVEN_UP_AFTER = Duration.ofMinutes(5);

    private final KafkaListenerEndpointRegistry listeners;
    private final Clock clock;
    private final Counter restarts;
    private volatile @Nullable Instant deadSince;

    ListenerWatch(KafkaListenerEndpointRegistry listeners, Clock clock, MeterRegistry meters) {
        this.listeners = listeners;
        this.clock = clock;
        Gauge.builder("tumorboard.inbox.running", this, watch -> watch.isRunning() ? 1 : 0)
                .description("1 if this node's listener runs with all its threads, so that it can take events")
                .register(meters);
        restarts = Counter.builder("tumorboard.inbox.restarts")
                .description("How often the listener had stopped without being asked and was started again")
                .register(meters);
    }

    /** Whether this node takes events, as far as database and broker let it. */
    public boolean isRunning() {
        return container()
                .filter(container -> container.isRunning() && container.isInExpectedState() && isWhole(container))
                .isPresent();
    }

    /** Whether it stopped, and starting it again has not helped for some minutes. */
    boolean isGivenUp() {
        Instant since = deadSince;
        return since != null
                && !isRunning()
                && Duration.between(since, clock.instant()).compareTo(GIVEN_UP_AFTER) >= 0;
    }

    /** Starts the listener again if it stopped without being asked. Where somebody stopped it, it stays so. */
    @Scheduled(fixedDelayString = "${tumorboard.inbox.look-around}")
    void runOnce() {
        MessageListenerContainer container = container().orElse(null);
        if (container == null || isRunning() || (!container.isRunning() && container.isInExpectedState())) {
            deadSince = null;
            return;
        }
        if (deadSince == null) {
            deadSince = clock.instant();
        }
        LOG.error("the inbox's listener stopped without being asked: it is started again");
        restarts.increment();
        try {
            container.stop();
            container.start();
        } catch (RuntimeException e) {
            LOG.error("the inbox's listener cannot be started again: events wait on their topics", e);
        }
    }

    private Optional<MessageListenerContainer> container() {
        return Optional.ofNullable(listeners.getListenerContainer(InboxListener.ID));
    }

    private static boolean isWhole(MessageListenerContainer container) {
        return !(container instanceof ConcurrentMessageListenerContainer<?, ?> threads)
                || threads.getContainers().stream().allMatch(MessageListenerContainer::isRunning);
    }
}
