package org.tumorboard.inbox;

import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.RowCallbackHandler;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** How far each partition is on record. */
@Component
class PositionTable {

    /** Stands for all partitions of a topic that was read before positions were noted. */
    private static final int ALL_OTHERS = -1;

    private final JdbcClient jdbc;

    PositionTable(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** What was on record of some partitions at one moment. */
    static final class Noted {

        private final Map<TopicPartition, Long> rows;

        private Noted(Map<TopicPartition, Long> rows) {
            this.rows = rows;
        }

        /** What is noted of the partition itself; null if nothing is. */
        @Nullable
        Long own(TopicPartition partition) {
            return rows.get(partition);
        }

        /**
         * The offset of the first record of the partition that is not on record; 0 if nothing of it is.
         *
         * @param otherwise the same for a partition of which nobody has noted it
         */
        long next(TopicPartition partition, long otherwise) {
            Long noted = rows.get(partition);
            if (noted != null) {
                return noted;
            }
            return rows.containsKey(new TopicPartition(partition.topic(), ALL_OTHERS)) ? otherwise : 0;
        }
    }

    Noted read(Collection<TopicPartition> partitions) {
        Map<TopicPartition, Long> rows = new HashMap<>();
        jdbc.sql("select topic, partition_number, next_offset from inbox_position where topic = any(:topics)")
                .param("topics", topics(partitions))
                .query(into(rows));
        return new Noted(rows);
    }

    /**
     * Notes in the caller's transaction how far it takes these partitions; a position never goes back.
     *
     * @return what was on record before
     */
    Noted move(Map<TopicPartition, Long> nextOffsets) {
        // in one order for everybody, so that none waits for the other in turn
        Map<TopicPartition, Long> sorted = new TreeMap<>(PositionTable::inOrder);
        sorted.putAll(nextOffsets);
        Map<TopicPartition, Long> rows = new HashMap<>();
        jdbc.sql(
                        """
                        with moved as (
                          insert into inbox_position as present (topic, partition_number, next_offset)
                          select * from unnest(:topicOfEach::text[], :partitions::integer[], :offsets::bigint[])
                          on conflict (topic, partition_number) do update
                            set next_offset = greatest(present.next_offset, excluded.next_offset))
                        select topic, partition_number, next_offset from inbox_position where topic = any(:topics)
                        """)
                .param(
                        "topicOfEach",
                        sorted.keySet().stream().map(TopicPartition::topic).toArray(String[]::new))
                .param(
                        "partitions",
                        sorted.keySet().stream().map(TopicPartition::partition).toArray(Integer[]::new))
                .param("offsets", sorted.values().toArray(Long[]::new))
                .param("topics", topics(sorted.keySet()))
                .query(into(rows));
        return new Noted(rows);
    }

    /**
     * Notes that there is no record up to an offset, unless somebody has noted anything else meanwhile.
     *
     * @param from what was noted; null if nothing was
     */
    void pass(TopicPartition partition, @Nullable Long from, long to) {
        jdbc.sql(
                        """
                        insert into inbox_position as present (topic, partition_number, next_offset)
                        values (:topic, :partition, :to)
                        on conflict (topic, partition_number) do update
                          set next_offset = excluded.next_offset where present.next_offset = :from::bigint
                        """)
                .param("topic", partition.topic())
                .param("partition", partition.partition())
                .param("from", from)
                .param("to", to)
                .update();
    }

    private static RowCallbackHandler into(Map<TopicPartition, Long> rows) {
        return row -> rows.put(
                new TopicPartition(row.getString("topic"), row.getInt("partition_number")), row.getLong("next_offset"));
    }

    private static String[] topics(Collection<TopicPartition> partitions) {
        return partitions.stream().map(TopicPartition::topic).distinct().toArray(String[]::new);
    }

    private static int inOrder(TopicPartition one, TopicPartition other) {
        int byTopic = one.topic().compareTo(other.topic());
        return byTopic != 0 ? byTopic : Integer.compare(one.partition(), other.partition());
    }
}
