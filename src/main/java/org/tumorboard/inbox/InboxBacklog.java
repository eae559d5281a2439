package org.tumorboard.inbox;

import java.sql.Timestamp;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * How much waits in the inbox, and how long it has waited. News of a Gamma Knife unit is left out: it waits for every case
 * to come.
 */
@Component
public final class InboxBacklog {

    private final JdbcClient jdbc;
    private final Clock clock;

    InboxBacklog(JdbcClient jdbc, Clock clock) {
        this.jdbc = jdbc;
        this.clock = clock;
    }

    /**
     * @param parkedNew parked events received less than 1 h ago
     * @param parkedHours received 1 h to 24 h ago
     * @param parkedDays received more than 24 h ago
     * @param oldest of the parked; zero if there is none
     * @param failed events set aside, to be re-driven
     */
    public record Backlog(long parkedNew, long parkedHours, long parkedDays, Duration oldest, long failed) {}

    /** Reads two small partial indexes. */
    public Backlog read() {
        Instant now = clock.instant();
        return jdbc.sql(
                        """
                        select count(*) filter (where received_at > :hour) as new,
                          count(*) filter (where received_at <= :hour and received_at > :day) as hours,
                          count(*) filter (where received_at <= :day) as days, min(received_at) as oldest,
                          (select count(*) from inbox_event where outcome = 'FAILED') as failed
                        from inbox_event where outcome = 'PARKED' and unit is null
                        """)
                .param("hour", Timestamp.from(now.minus(Duration.ofHours(1))))
                .param("day", Timestamp.from(now.minus(Duration.ofHours(24))))
                .query((row, number) -> {
                    Timestamp oldest = row.getTimestamp("oldest");
                    return new Backlog(
                            row.getLong("new"),
                            row.getLong("hours"),
                            row.getLong("days"),
                            oldest == null ? Duration.ZERO : Duration.between(oldest.toInstant(), now),
                            row.getLong("failed"));
                })
                .single();
    }
}
