package org.tumorboard.inbox;

import static java.util.stream.Collectors.toSet;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;
import java.util.Set;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.kafka.core.ConsumerFactory;
import org.springframework.stereotype.Component;

/**
 * Looks for the first record from an offset on. Offsets may hold none: markers of transactions, what a transaction withdrew,
 * what compaction removed. The consumer takes part in no group's work and never commits.
 */
@Component
class FirstRecords implements DisposableBean {

    private static final Duration LONGEST_LOOK = Duration.ofSeconds(2);
    private static final Duration ONE_POLL = Duration.ofMillis(100);
    private static final String LONGEST_CALL_MS = "5000";
    private static final String SMALL_FETCH = "65536";

    private final ConsumerFactory<?, ?> consumers;
    private final InboxProperties properties;
    private @Nullable Consumer<?, ?> consumer;

    FirstRecords(ConsumerFactory<?, ?> consumers, InboxProperties properties) {
        this.consumers = consumers;
        this.properties = properties;
    }

    /** @param from, to the offsets to look through, without the last */
    record Range(long from, long to) {}

    /** @param sentAt by its sender's clock; null if there is no record, and offset is the end of the range */
    record First(long offset, @Nullable Instant sentAt) {}

    /**
     * @return what is there; partitions of which the broker gave nothing in time are left out
     * @throws KafkaException if the broker refuses
     */
    synchronized Map<TopicPartition, First> read(Map<TopicPartition, Range> ranges) {
        if (ranges.isEmpty()) {
            return Map.of();
        }
        try {
            Consumer<?, ?> looker = open();
            looker.assign(ranges.keySet());
            ranges.forEach((partition, range) -> looker.seek(partition, range.from()));
            Map<TopicPartition, First> found = look(looker, ranges);
            looker.assign(Set.of());
            return found;
        } catch (RuntimeException e) {
            destroy();
            throw e;
        } catch (OutOfMemoryError e) {
            // a record that does not fit into memory: the inbox refuses it by and by, and here it stands in the way
            // till then
            destroy();
            throw new KafkaException("the memory does not hold the records that are looked at", e);
        }
    }

    private static Map<TopicPartition, First> look(Consumer<?, ?> looker, Map<TopicPartition, Range> ranges) {
        Map<TopicPartition, First> found = new HashMap<>();
        long deadline = System.nanoTime() + LONGEST_LOOK.toNanos();
        while (found.size() < ranges.size() && System.nanoTime() < deadline) {
            ConsumerRecords<?, ?> records = looker.poll(ONE_POLL);
            for (TopicPartition partition : records.partitions()) {
                ConsumerRecord<?, ?> first = records.records(partition).get(0);
                // what came since the end was asked for is another look's
                found.putIfAbsent(
                        partition,
                        first.offset() < ranges.get(partition).to()
                                ? new First(first.offset(), Instant.ofEpochMilli(first.timestamp()))
                                : new First(ranges.get(partition).to(), null));
            }
            ranges.forEach((partition, range) -> {
                if (!found.containsKey(partition) && looker.position(partition) >= range.to()) {
                    found.put(partition, new First(range.to(), null));
                }
            });
            looker.pause(looker.assignment().stream().filter(found::containsKey).collect(toSet()));
        }
        return found;
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
