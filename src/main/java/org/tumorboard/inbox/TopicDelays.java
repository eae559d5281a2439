package org.tumorboard.inbox;

import static java.util.stream.Collectors.toMap;
import static java.util.stream.Collectors.toSet;

import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;
import java.util.Set;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.kafka.core.ConsumerFactory;
import org.springframework.stereotype.Component;
import org.tumorboard.event.Department;
import org.tumorboard.event.Topics;

/**
 * How far the inbox is behind with each department's topic. The broker is asked with a consumer of its own, which takes part
 * in no group's work and never commits: it only looks at the first record that was not taken.
 */
@Component
class TopicDelays implements DisposableBean {

    private static final Duration LONGEST_LOOK = Duration.ofSeconds(2);
    private static final String LONGEST_CALL_MS = "5000";
    private static final String SMALL_FETCH = "65536";

    private final ConsumerFactory<?, ?> consumers;
    private final InboxProperties properties;
    private @Nullable Consumer<?, ?> consumer;

    TopicDelays(ConsumerFactory<?, ?> consumers, InboxProperties properties) {
        this.consumers = consumers;
        this.properties = properties;
    }

    /**
     * @param untaken records
     * @param oldest age of the oldest of them; zero if there is none
     */
    record Delay(long untaken, Duration oldest) {

        Delay and(Delay other) {
            return new Delay(untaken + other.untaken, oldest.compareTo(other.oldest) > 0 ? oldest : other.oldest);
        }
    }

    /**
     * @return by department
     * @throws org.apache.kafka.common.KafkaException if the broker does not answer
     */
    synchronized Map<Department, Delay> read(Instant now) {
        try {
            return read(open(), now);
        } catch (RuntimeException e) {
            destroy();
            throw e;
        }
    }

    private static Map<Department, Delay> read(Consumer<?, ?> looker, Instant now) {
        List<TopicPartition> partitions = Arrays.stream(Department.values())
                .map(Topics::events)
                .flatMap(topic -> looker.partitionsFor(topic).stream())
                .map(partition -> new TopicPartition(partition.topic(), partition.partition()))
                .toList();
        Map<TopicPartition, Long> ends = looker.endOffsets(partitions);
        Map<TopicPartition, Long> starts = taken(looker, Set.copyOf(partitions));
        Map<TopicPartition, Long> behind = partitions.stream()
                .filter(partition -> ends.get(partition) > starts.get(partition))
                .collect(toMap(partition -> partition, starts::get));
        Map<TopicPartition, Instant> oldest = firstRecords(looker, behind);
        Map<Department, Delay> delays = new HashMap<>();
        for (TopicPartition partition : partitions) {
            Instant sent = oldest.getOrDefault(partition, now);
            delays.merge(
                    Topics.senderOn(partition.topic()).orElseThrow(),
                    new Delay(
                            Math.max(0, ends.get(partition) - starts.get(partition)),
                            sent.isBefore(now) ? Duration.between(sent, now) : Duration.ZERO),
                    Delay::and);
        }
        return delays;
    }

    /** Up to where the group has taken each partition; the beginning of what the broker has where it took none. */
    private static Map<TopicPartition, Long> taken(Consumer<?, ?> looker, Set<TopicPartition> partitions) {
        Map<TopicPartition, Long> taken = new HashMap<>(looker.beginningOffsets(partitions));
        looker.committed(partitions).forEach((partition, committed) -> {
            if (committed != null) {
                taken.merge(partition, committed.offset(), Math::max);
            }
        });
        return taken;
    }

    /** When the record at each offset was sent. */
    private static Map<TopicPartition, Instant> firstRecords(Consumer<?, ?> looker, Map<TopicPartition, Long> offsets) {
        Map<TopicPartition, Instant> sent = new HashMap<>();
        looker.assign(offsets.keySet());
        offsets.forEach(looker::seek);
        long deadline = System.nanoTime() + LONGEST_LOOK.toNanos();
        while (sent.size() < offsets.size() && System.nanoTime() < deadline) {
            var records = looker.poll(Duration.ofMillis(200));
            for (TopicPartition partition : records.partitions()) {
                sent.putIfAbsent(
                        partition,
                        Instant.ofEpochMilli(records.records(partition).get(0).timestamp()));
            }
            looker.pause(looker.assignment().stream().filter(sent::containsKey).collect(toSet()));
        }
        looker.assign(Set.of());
        if (sent.size() < offsets.size()) {
            throw new TimeoutException(
                    "expected the first record of %s, but the broker did not give it".formatted(offsets.keySet()));
        }
        return sent;
    }

    private Consumer<?, ?> open() {
        if (consumer == null) {
            Properties own = new Properties();
            own.setProperty(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, "false");
            own.setProperty(ConsumerConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, LONGEST_CALL_MS);
            own.setProperty(ConsumerConfig.REQUEST_TIMEOUT_MS_CONFIG, LONGEST_CALL_MS);
            own.setProperty(ConsumerConfig.MAX_PARTITION_FETCH_BYTES_CONFIG, SMALL_FETCH);
            consumer = consumers.createConsumer(properties.group(), null, "-delays", own);
        }
        return Objects.requireNonNull(consumer);
    }

    @Override
    public synchronized void destroy() {
        if (consumer != null) {
            consumer.close(Duration.ofSeconds(1));
            consumer = null;
        }
    }
}
