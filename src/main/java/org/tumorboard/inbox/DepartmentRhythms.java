package org.tumorboard.inbox;

import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** When departments were heard, from what they sent and from what was done for them by hand. */
@Component
final class DepartmentRhythms {

    /** On fewer days with events than these there is no rhythm to speak of. */
    private static final int REGULAR_DAYS = 5;

    private final JdbcClient jdbc;

    DepartmentRhythms(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** When the last event of each department was received. */
    Map<String, Instant> lastEvents(Iterable<String> departments, Instant now) {
        Map<String, Instant> last = new HashMap<>();
        for (String department : departments) {
            jdbc.sql("select max(received_at) from inbox_event where department = :department and received_at <= :now")
                    .param("department", department)
                    .param("now", Timestamp.from(now))
                    .query(Timestamp.class)
                    .optional()
                    .ifPresent(at -> last.put(department, at.toInstant()));
        }
        return last;
    }

    /** When a step of each department was last completed by hand, as far as that was after an instant. */
    Map<String, Instant> lastByHand(Instant after) {
        Map<String, Instant> last = new HashMap<>();
        jdbc.sql(
                        """
                        select split_part(event_type, '.', 1) as department, max(closed_at) as at from step_closing
                        where how = 'HAND' and closed_at > :after group by 1
                        """)
                .param("after", Timestamp.from(after))
                .query(row -> {
                    last.put(row.getString("department"), row.getTimestamp("at").toInstant());
                });
        return last;
    }

    /**
     * The longest silence of a usual day: of each day's longest gap before an event, that which 95 in 100 days do not
     * exceed. Told by days, it holds nights and weekends, however many events come in between, and one outage does not
     * change it.
     */
    Map<String, Duration> usual(Instant from, Instant to) {
        Map<String, Duration> usual = new HashMap<>();
        jdbc.sql(
                        """
                        with gaps as (
                          select department, received_at, received_at - lag(received_at)
                            over (partition by department order by received_at) as gap
                          from inbox_event where received_at > :from and received_at <= :to),
                        days as (
                          select department, date_trunc('day', received_at) as day, max(gap) as longest
                          from gaps where gap is not null group by 1, 2)
                        select department, extract(epoch from
                          percentile_disc(0.95) within group (order by longest)) as seconds
                        from days group by department having count(*) >= :days
                        """)
                .param("from", Timestamp.from(from))
                .param("to", Timestamp.from(to))
                .param("days", REGULAR_DAYS)
                .query(row -> {
                    usual.put(row.getString("department"), Duration.ofSeconds(row.getLong("seconds")));
                });
        return usual;
    }
}
