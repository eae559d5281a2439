package org.tumorboard.outbox;

import java.sql.Timestamp;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** How much waits in the outbox, and how long it has waited. */
@Component
public final class OutboxBacklog {

    private final JdbcClient jdbc;
    private final Clock clock;

    OutboxBacklog(JdbcClient jdbc, Clock clock) {
        this.jdbc = jdbc;
        this.clock = clock;
    }

    /**
     * @param waiting messages that the broker has not acknowledged
     * @param oldest how long the oldest of them has waited; zero if there is none
     */
    public record Backlog(long waiting, Duration oldest) {}

    /** What waits for one topic. */
    public record OfTopic(String topic, long waiting, Duration oldest) {}

    /** By topic, the longest waiting first. */
    public List<OfTopic> byTopic() {
        return jdbc.sql(
                        """
                        select topic, count(*) as waiting, min(created_at) as oldest from outbox_message
                        where sent_at is null group by topic order by oldest, topic
                        """)
                .query((row, number) -> new OfTopic(
                        row.getString("topic"),
                        row.getLong("waiting"),
                        Duration.between(row.getTimestamp("oldest").toInstant(), clock.instant())))
                .list();
    }

    /** Reads the partial index of what waits. */
    public Backlog read() {
        return jdbc.sql(
                        "select count(*) as waiting, min(created_at) as oldest from outbox_message where sent_at is null")
                .query((row, number) -> {
                    Timestamp oldest = row.getTimestamp("oldest");
                    return new Backlog(
                            row.getLong("waiting"),
                            oldest == null ? Duration.ZERO : Duration.between(oldest.toInstant(), clock.instant()));
                })
                .single();
    }
}
