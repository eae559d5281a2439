package org.tumorboard.inbox;

import java.sql.Timestamp;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.apache.kafka.common.TopicPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** What Kafka removed before it was read. It is kept, so that a restart forgets none of it, and told once. */
@Component
public final class RetentionLosses {

    private static final Logger LOG = LoggerFactory.getLogger(RetentionLosses.class);

    private final JdbcClient jdbc;
    private final Clock clock;

    RetentionLosses(JdbcClient jdbc, Clock clock) {
        this.jdbc = jdbc;
        this.clock = clock;
    }

    /**
     * @param from offset of the first record that was not read
     * @param to where Kafka went on
     */
    public record Loss(String topic, int partition, long from, long to, Instant noticedAt) {

        /** How many records; fewer if markers of transactions or compaction had left gaps among them. */
        public long atMost() {
            return to - from;
        }
    }

    /** Those noticed of late, by topic, partition and offset. */
    public List<Loss> noticedWithin(Duration period) {
        return jdbc.sql(
                        """
                        select topic, partition_number, from_offset, to_offset, noticed_at from inbox_loss
                        where noticed_at > :after order by topic, partition_number, from_offset
                        """)
                .param("after", Timestamp.from(clock.instant().minus(period)))
                .query((row, number) -> new Loss(
                        row.getString("topic"),
                        row.getInt("partition_number"),
                        row.getLong("from_offset"),
                        row.getLong("to_offset"),
                        row.getTimestamp("noticed_at").toInstant()))
                .list();
    }

    /** Puts it on record, unless it is: whoever comes to the same place again only says how far it reaches. */
    void notice(TopicPartition partition, long from, long to) {
        boolean isNew = jdbc.sql(
                                """
                                insert into inbox_loss as known (topic, partition_number, from_offset, to_offset, noticed_at)
                                values (:topic, :partition, :from, :to, :now)
                                on conflict (topic, partition_number, from_offset) do update
                                  set to_offset = excluded.to_offset where known.to_offset < excluded.to_offset
                                """)
                        .param("topic", partition.topic())
                        .param("partition", partition.partition())
                        .param("from", from)
                        .param("to", to)
                        .param("now", Timestamp.from(clock.instant()))
                        .update()
                > 0;
        if (isNew) {
            LOG.error(
                    "events are lost: Kafka removed {} from offset {} to {} before it was read, at most {} records",
                    partition,
                    from,
                    to - 1,
                    to - from);
        }
    }
}
