package org.tumorboard.outbox;

import java.sql.Timestamp;
import java.time.Clock;
import java.time.Duration;
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
