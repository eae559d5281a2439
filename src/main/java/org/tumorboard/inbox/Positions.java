package org.tumorboard.inbox;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
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

    /** Of the same partitions, before which offset nothing can be missing: a new database misses nothing that was before it. */
    private final Map<TopicPartition, Long> reached = new ConcurrentHashMap<>();

    Positions(PositionTable table) {
        this.table = table;
    }

    /**
     * Offsets that were never read, though the one after them was: because there are no records, or none any more.
     *
     * @param from the first of them
     * @param to the one after them
     */
    record Gap(TopicPartition partition, long from, long to) {}

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
        reached.putAll(offsets);
        PositionTable.Noted noted = table.read(offsets.keySet());
        offsets.keySet()
                .forEach(partition -> reached.computeIfPresent(
                        partition, (key, offset) -> Objects.requireNonNullElse(noted.own(key), offset)));
        Map<TopicPartition, Long> behind = behind(offsets, noted);
        if (!behind.isEmpty()) {
            LOG.warn("what the database does not have is read again, from {}", behind);
        }
        read.putAll(behind);
        return behind;
    }

    /** This node reads them no more. */
    void revoked(Collection<TopicPartition> partitions) {
        read.keySet().removeAll(partitions);
        reached.keySet().removeAll(partitions);
    }

    /** Where these records, each partition's in their order, do not follow what was read before. */
    List<Gap> gaps(List<Arrival> arrivals) {
        Map<TopicPartition, Long> next = new HashMap<>();
        List<Gap> gaps = new ArrayList<>();
        for (Arrival arrival : arrivals) {
            TopicPartition partition = arrival.partition();
            long expected = next.computeIfAbsent(partition, key -> reached.getOrDefault(key, arrival.offset()));
            if (arrival.offset() > expected) {
                gaps.add(new Gap(partition, expected, arrival.offset()));
            }
            next.put(partition, Math.max(expected, arrival.offset() + 1));
        }
        return gaps;
    }

    /** Where the gap begins, apart from what is on record by now: that there was no record, or that it is lost. */
    long withoutWhatIsKnown(Gap gap) {
        Long noted = table.read(List.of(gap.partition())).own(gap.partition());
        return noted == null ? gap.from() : Math.max(gap.from(), noted);
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
        Map<TopicPartition, Long> after = after(arrivals);
        read.putAll(after);
        after.forEach((partition, next) -> reached.merge(partition, next, Math::max));
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
