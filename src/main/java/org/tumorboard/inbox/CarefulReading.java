package org.tumorboard.inbox;

import static org.apache.kafka.clients.consumer.ConsumerRecord.NULL_SIZE;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads on record by record where a whole poll did not fit into memory, with a consumer of its own that takes part in no group's
 * work. In place of a record that does not fit by itself either comes one that is {@link Oversize}. How much it reads, and how
 * long, is bounded; what it did not come to is left for the next poll.
 */
final class CarefulReading {

    private static final Logger LOG = LoggerFactory.getLogger(CarefulReading.class);

    private static final Duration LONGEST = Duration.ofSeconds(15);
    private static final Duration LONGEST_OF_A_PARTITION = Duration.ofSeconds(3);
    private static final Duration LONGEST_CALL = Duration.ofSeconds(5);
    private static final Duration ONE_POLL = Duration.ofMillis(100);

    /** Whose values take so many bytes, or which are so many: enough of one partition. */
    private static final int MOST_BYTES = Oversize.LARGEST_VALUE;

    private static final int MOST_RECORDS = 100;

    /** Another thread may have taken the memory for a moment: no event is to be refused for that. */
    private static final int TRIES = 3;

    private static final Duration BETWEEN_TRIES = Duration.ofMillis(200);

    private final Supplier<Consumer<Object, Object>> consumers;

    /** @param consumers that return one record with each poll, and commit nothing */
    CarefulReading(Supplier<Consumer<Object, Object>> consumers) {
        this.consumers = consumers;
    }

    /**
     * @param records of each partition, in order
     * @param next where to read on, of those partitions of which something was read
     */
    record Found(Map<TopicPartition, List<ConsumerRecord<Object, Object>>> records, Map<TopicPartition, Long> next) {}

    /**
     * One at a time: two that look at once would take each other's memory for a fault of the records.
     *
     * @param from where each partition is read on
     */
    synchronized Found read(Map<TopicPartition, Long> from) {
        long deadline = System.nanoTime() + LONGEST.toNanos();
        var found = new Found(new HashMap<>(), new HashMap<>());
        try (var probe = new Probe()) {
            Map<TopicPartition, Long> ends = probe.ends(from.keySet());
            // in any order, so that each has its turn by and by however little time the others leave
            List<TopicPartition> partitions = new ArrayList<>(from.keySet());
            Collections.shuffle(partitions);
            for (TopicPartition partition : partitions) {
                long until = Math.min(deadline, System.nanoTime() + LONGEST_OF_A_PARTITION.toNanos());
                if (ends.getOrDefault(partition, 0L) > from.get(partition) && until - System.nanoTime() > 0) {
                    read(new Place(partition, from.get(partition), ends.get(partition), until), probe, found);
                }
            }
        }
        return found;
    }

    private record Place(TopicPartition partition, long from, long end, long until) {

        boolean isTimeUp() {
            return System.nanoTime() - until >= 0;
        }
    }

    private void read(Place place, Probe probe, Found found) {
        List<ConsumerRecord<Object, Object>> records = new ArrayList<>();
        long next = place.from();
        long bytes = 0;
        int exhausted = 0;
        try {
            // a record that was begun is tried to its end, whatever the time: else the same one would be begun for ever
            while (next < place.end()
                    && (exhausted > 0 || (!place.isTimeUp() && records.size() < MOST_RECORDS && bytes < MOST_BYTES))) {
                try {
                    ConsumerRecord<Object, Object> record = probe.next(place.partition(), next);
                    if (record != null && record.offset() >= next) {
                        records.add(record);
                        bytes += Math.max(0, record.serializedValueSize());
                        next = record.offset() + 1;
                        exhausted = 0;
                    } else if (record == null) {
                        long passed = probe.position(place.partition());
                        if (passed == next && place.isTimeUp()) {
                            break;
                        }
                        next = Math.max(next, passed);
                    } else {
                        break;
                    }
                } catch (OutOfMemoryError e) {
                    probe.close();
                    exhausted++;
                    if (exhausted == TRIES) {
                        LOG.error(
                                "the record of {}, partition {}, offset {} does not fit into memory and is refused",
                                place.partition().topic(),
                                place.partition().partition(),
                                next);
                        records.add(oversize(place.partition(), next));
                        next++;
                        exhausted = 0;
                    } else {
                        LockSupport.parkNanos(BETWEEN_TRIES.toNanos());
                    }
                }
            }
        } catch (InterruptException e) {
            throw e;
        } catch (RuntimeException e) {
            LOG.warn("{} cannot be read record by record from {} on: {}", place.partition(), next, e.toString());
            probe.close();
        }
        if (next > place.from()) {
            found.next().put(place.partition(), next);
        }
        if (!records.isEmpty()) {
            found.records().put(place.partition(), records);
        }
    }

    private static ConsumerRecord<Object, Object> oversize(TopicPartition partition, long offset) {
        return new ConsumerRecord<>(
                partition.topic(),
                partition.partition(),
                offset,
                ConsumerRecord.NO_TIMESTAMP,
                TimestampType.NO_TIMESTAMP_TYPE,
                NULL_SIZE,
                NULL_SIZE,
                null,
                null,
                new RecordHeaders().add(new Oversize(null)),
                Optional.empty());
    }

    /** A consumer that is made anew after each fault, because it keeps the broken batch. */
    private final class Probe implements AutoCloseable {

        private @Nullable Consumer<Object, Object> consumer;
        private @Nullable TopicPartition current;

        Map<TopicPartition, Long> ends(Set<TopicPartition> partitions) {
            return open().endOffsets(partitions, LONGEST_CALL);
        }

        /** The next record from there on; null if there is none yet, though the position may have moved. */
        @Nullable
        ConsumerRecord<Object, Object> next(TopicPartition partition, long offset) {
            Consumer<Object, Object> open = open();
            if (!partition.equals(current)) {
                open.assign(Set.of(partition));
                open.seek(partition, offset);
                current = partition;
            }
            var records = open.poll(ONE_POLL).records(partition);
            return records.isEmpty() ? null : records.get(0);
        }

        long position(TopicPartition partition) {
            return open().position(partition, LONGEST_CALL);
        }

        private Consumer<Object, Object> open() {
            Consumer<Object, Object> open = consumer;
            if (open == null) {
                open = consumers.get();
                consumer = open;
            }
            return open;
        }

        @Override
        public void close() {
            if (consumer != null) {
                consumer.close(Duration.ZERO);
            }
            consumer = null;
            current = null;
        }
    }
}
