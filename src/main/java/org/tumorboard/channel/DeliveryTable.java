package org.tumorboard.channel;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.tumorboard.event.CaseId;

/** What waits in each channel, and what became of it. */
@Component
final class DeliveryTable {

    private final JdbcClient jdbc;
    private final ObjectMapper json;

    DeliveryTable(JdbcClient jdbc, ObjectMapper json) {
        this.jdbc = jdbc;
        this.json = json;
    }

    /** Puts messages into a channel, by their places in the outbox. */
    void add(Channel channel, List<Long> places, Instant now) {
        jdbc.sql(
                        """
                        insert into channel_delivery (channel, seq, next_try_at)
                        select :channel, seq, :now from unnest(cast(:places as bigint[])) as added (seq)
                        """)
                .param("channel", channel.name())
                .param("now", Timestamp.from(now))
                .param("places", places.toArray(Long[]::new))
                .update();
    }

    /**
     * Takes the first that waits in a channel, if it is due, and holds it until then, so that no other node tries it
     * meanwhile.
     *
     * @return empty if nothing waits, or the first must wait longer: what comes after it is not taken before it
     */
    Optional<Delivery> takeFirst(Channel channel, Instant now, Instant until) {
        return jdbc.sql(
                        """
                        with taken as (
                          update channel_delivery d set next_try_at = :until
                          from (select channel, seq, next_try_at from channel_delivery
                            where channel = :channel and delivered_at is null and set_aside_at is null
                            order by seq limit 1 for update) first
                          where d.channel = first.channel and d.seq = first.seq and first.next_try_at <= :now
                          returning d.seq, d.attempts)
                        select m.seq, m.message_id, m.type, m.key, m.occurred_at, m.created_at, m.correlation_id,
                          m.causation_id, m.payload, taken.attempts
                        from taken join outbox_message m using (seq)
                        """)
                .param("channel", channel.name())
                .param("now", Timestamp.from(now))
                .param("until", Timestamp.from(until))
                .query((row, number) -> delivery(row))
                .optional();
    }

    void delivered(Channel channel, Delivery delivery, Instant now) {
        jdbc.sql(
                        """
                        update channel_delivery set delivered_at = :now, attempts = attempts + 1, complaint = null
                        where channel = :channel and seq = :seq
                        """)
                .param("now", Timestamp.from(now))
                .param("channel", channel.name())
                .param("seq", delivery.seq())
                .update();
    }

    void failed(Channel channel, Delivery delivery, String complaint, Instant nextTry) {
        jdbc.sql(
                        """
                        update channel_delivery set next_try_at = :next, attempts = attempts + 1, complaint = :complaint
                        where channel = :channel and seq = :seq
                        """)
                .param("next", Timestamp.from(nextTry))
                .param("complaint", complaint)
                .param("channel", channel.name())
                .param("seq", delivery.seq())
                .update();
    }

    void setAside(Channel channel, Delivery delivery, String complaint, Instant now) {
        jdbc.sql(
                        """
                        update channel_delivery set set_aside_at = :now, attempts = attempts + 1, complaint = :complaint
                        where channel = :channel and seq = :seq
                        """)
                .param("now", Timestamp.from(now))
                .param("complaint", complaint)
                .param("channel", channel.name())
                .param("seq", delivery.seq())
                .update();
    }

    private Delivery delivery(ResultSet row) throws SQLException {
        return new Delivery(
                row.getLong("seq"),
                row.getObject("message_id", UUID.class),
                row.getString("type"),
                new CaseId(row.getString("key")),
                row.getTimestamp("occurred_at").toInstant(),
                row.getTimestamp("created_at").toInstant(),
                row.getString("correlation_id"),
                row.getString("causation_id"),
                payload(row.getString("payload")),
                row.getInt("attempts"));
    }

    private JsonNode payload(String text) {
        try {
            return json.readTree(text);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("expected the payload of a message to be JSON", e);
        }
    }
}
