package org.tumorboard.inbox;

import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.kafka.common.TopicPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * Holds Kafka's offsets against the database. Usually the database is as far as this node has read, or further. One that
 * was restored from a backup, or whose standby took over before it had everything, is not: then reading goes back to where
 * the database is. What it does have is known as a duplicate.
 */
@Component
class Positions {

    private static final Logger LOG = LoggerFactory.getLogger(Positions.class);

    private final PositionTable table;

    /** Of the partitions that were read here last, the offset of the record to come next. */
    private final Map<TopicPartition, Long> read = new ConcurrentHashMap<>();

    Positions(PositionTable table) {
        this.table = table;
    }

    /** The database has less on record than was read from Kafka. */
    static final class DatabaseBehind extends RuntimeException {

        private DatabaseBehind(Collection<TopicPartition> partitions) {
            super("the database went back in time: it lacks events of %s that were read".formatted(partitions));
        }
    }

    /**
     * This node reads these partitions from now on.
     *
     * @param offsets of the records to come next, as Kafka says
     * @return where to read on instead, for those of which less is on record
     */
    Map<TopicPartition, Long> assigned(Map<TopicPartition, Long> offsets) {
        read.putAll(offsets);
        Map<TopicPartition, Long> behind = behind(offsets, table.read(offsets.keySet()));
        if (!behind.isEmpty()) {
            LOG.warn("what the database does not have is read again, from {}", behind);
        }
        read.putAll(behind);
        return behind;
    }

    /** This node reads them no more. */
    void revoked(Collection<TopicPartition> partitions) {
        read.keySet().removeAll(partitions);
    }

    /**
     * Notes in the caller's transaction that these records are on record with it.
     *
     * @throws DatabaseBehind if those before them are not
     */
    void move(List<Arrival> arrivals) {
        if (arrivals.isEmpty()) {
            return;
        }
        PositionTable.Noted before = table.move(after(arrivals));
        Map<TopicPartition, Long> expected = new HashMap<>();
        for (Arrival first : arrivals) {
            expected.computeIfAbsent(first.partition(), partition -> read.getOrDefault(partition, first.offset()));
        }
        refuse(behind(expected, before));
    }

    /** The transaction that put them on record has committed. */
    void moved(List<Arrival> arrivals) {
        read.putAll(after(arrivals));
    }

    /** @throws DatabaseBehind if the database has less on record than was read here */
    void check() {
        Map<TopicPartition, Long> expected = new HashMap<>(read);
        if (!expected.isEmpty()) {
            refuse(behind(expected, table.read(expected.keySet())));
        }
    }

    private static void refuse(Map<TopicPartition, Long> behind) {
        if (!behind.isEmpty()) {
            throw new DatabaseBehind(behind.keySet());
        }
    }

    private static Map<TopicPartition, Long> behind(Map<TopicPartition, Long> expected, PositionTable.Noted noted) {
        Map<TopicPartition, Long> behind = new HashMap<>();
        expected.forEach((partition, offset) -> {
            long next = noted.next(partition, offset);
            if (next < offset) {
                behind.put(partition, next);
            }
        });
        return behind;
    }

    private static Map<TopicPartition, Long> after(List<Arrival> arrivals) {
        Map<TopicPartition, Long> after = new HashMap<>();
        arrivals.forEach(arrival -> after.merge(arrival.partition(), arrival.offset() + 1, Math::max));
        return after;
    }
}
