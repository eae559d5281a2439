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
    private final InboxProperties properties;
    private final Clock clock;

    InboxBacklog(JdbcClient jdbc, InboxProperties properties, Clock clock) {
        this.jdbc = jdbc;
        this.properties = properties;
        this.clock = clock;
    }

    /**
     * @param parkedNew parked events received less than 1 h ago
     * @param parkedHours received 1 h to 24 h ago
     * @param parkedDays received more than 24 h ago
     * @param oldest of the parked; zero if there is none
     * @param failed events set aside, to be re-driven
     * @param factsNotTaken treatments, stops and deaths of the last day that were refused or failed, and not sent again
     * @param crowded how often as many events of one department wait for one patient as may
     */
    public record Backlog(
            long parkedNew,
            long parkedHours,
            long parkedDays,
            Duration oldest,
            long failed,
            long factsNotTaken,
            long crowded) {}

    /** Reads what waits and what needs somebody, which partial indexes find: little among all that ever came. */
    public Backlog read() {
        Instant now = clock.instant();
        return jdbc.sql(
                        """
                        select count(*) filter (where received_at > :hour) as new,
                          count(*) filter (where received_at <= :hour and received_at > :day) as hours,
                          count(*) filter (where received_at <= :day) as days, min(received_at) as oldest,
                          (select count(*) from inbox_event where outcome = 'FAILED') as failed,
                          (select count(*) from inbox_event where fact_not_taken and decided_at > :day) as facts,
                          (select count(*) from (select from inbox_event where outcome = 'PARKED' and unit is null
                            group by patient_ref, department having count(*) >= :most) as each_pair) as crowded
                        from inbox_event where outcome = 'PARKED' and unit is null
                        """)
                .param("hour", Timestamp.from(now.minus(Duration.ofHours(1))))
                .param("most", properties.waitingAtMost())
                .param("day", Timestamp.from(now.minus(Duration.ofHours(24))))
                .query((row, number) -> {
                    Timestamp oldest = row.getTimestamp("oldest");
                    return new Backlog(
                            row.getLong("new"),
                            row.getLong("hours"),
                            row.getLong("days"),
                            oldest == null ? Duration.ZERO : Duration.between(oldest.toInstant(), now),
                            row.getLong("failed"),
                            row.getLong("facts"),
                            row.getLong("crowded"));
                })
                .single();
    }
}
