package org.tumorboard.inbox;

import java.time.Instant;
import java.util.Collection;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.kafka.common.TopicPartition;
import org.springframework.boot.actuate.health.Health;
import org.springframework.boot.actuate.health.HealthIndicator;
import org.springframework.kafka.config.KafkaListenerEndpointRegistry;
import org.springframework.kafka.listener.MessageListenerContainer;
import org.springframework.stereotype.Component;
import org.tumorboard.event.Topics;

/**
 * Down while this node takes no events: because a batch fails again and again, the listener was stopped, or the broker does
 * not answer. Asks neither broker nor database, so that it answers at once.
 */
@Component("inboxHealthIndicator")
final class InboxHealth implements HealthIndicator {

    private final KafkaListenerEndpointRegistry listeners;
    private final InboxListener listener;
    private final ListenerWatch running;
    private final DepartmentWatch watch;

    InboxHealth(
            KafkaListenerEndpointRegistry listeners,
            InboxListener listener,
            ListenerWatch running,
            DepartmentWatch watch) {
        this.running = running;
        this.listeners = listeners;
        this.listener = listener;
        this.watch = watch;
    }

    @Override
    public Health health() {
        MessageListenerContainer container = listeners.getListenerContainer(InboxListener.ID);
        if (container == null || !running.isRunning()) {
            return down("the listener was stopped; unless somebody asked for it, it is started again")
                    .build();
        }
        Instant since = listener.failingSince();
        if (since != null) {
            return down("events wait on their topics: applying them fails, mostly because the database is away")
                    .withDetail("since", since.toString())
                    .build();
        }
        if (!watch.isBrokerThere()) {
            return down("the broker does not answer: events wait with their departments")
                    .build();
        }
        return Health.up().withDetail("partitions", partitions(container)).build();
    }

    private static Health.Builder down(String what) {
        return Health.down().withDetail("what", what);
    }

    /** How many partitions of each department's topic this node takes; the other nodes take the others. */
    private static Map<String, Long> partitions(MessageListenerContainer container) {
        Collection<TopicPartition> assigned = container.getAssignedPartitions();
        return assigned == null
                ? Map.of()
                : assigned.stream()
                        .collect(Collectors.groupingBy(
                                partition -> Topics.senderOn(partition.topic())
                                        .orElseThrow()
                                        .slug(),
                                Collectors.counting()));
    }
}
