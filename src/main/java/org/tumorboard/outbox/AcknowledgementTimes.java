package org.tumorboard.outbox;

import java.sql.Timestamp;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** How soon departments acknowledged what they were told, afterwards. It only reads. */
@Component
public final class AcknowledgementTimes {

    private final JdbcClient jdbc;

    AcknowledgementTimes(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * What a department was told in a period and had to acknowledge.
     *
     * @param asked that somebody acknowledges it; what needed it no longer before its time was up is left out
     * @param inTime acknowledged within the urgency's time
     * @param open not acknowledged yet
     * @param median seconds from telling to acknowledging; null if nothing was acknowledged
     * @param p90 seconds, the same
     */
    public record OfDepartment(
            String department, long asked, long inTime, long open, @Nullable Long median, @Nullable Long p90) {

        /** Share of what was acknowledged in time, from 0 to 1. */
        public double inTimeShare() {
            return (double) inTime / asked;
        }
    }

    /**
     * By department, the slowest first.
     *
     * @param from first instant of the period
     * @param to first instant after it
     */
    public List<OfDepartment> of(Instant from, Instant to) {
        return jdbc.sql(
                        """
                        select replace(topic, 'tumorboard.notifications.', '') as department, count(*) as asked,
                          count(*) filter (where acknowledged_at <= acknowledge_by) as in_time,
                          count(*) filter (where acknowledged_at is null) as open,
                          percentile_cont(0.5) within group (order by extract(epoch from acknowledged_at - created_at)) as median,
                          percentile_cont(0.9) within group (order by extract(epoch from acknowledged_at - created_at)) as p90
                        from outbox_message
                        where acknowledge_by is not null and created_at >= :from and created_at < :to
                          and (acknowledged_at is not null or escalate_at is not null)
                        group by topic order by median desc nulls first, department
                        """)
                .param("from", Timestamp.from(from))
                .param("to", Timestamp.from(to))
                .query((row, number) -> new OfDepartment(
                        row.getString("department"),
                        row.getLong("asked"),
                        row.getLong("in_time"),
                        row.getLong("open"),
                        seconds(row.getObject("median", Double.class)),
                        seconds(row.getObject("p90", Double.class))))
                .list();
    }

    private static @Nullable Long seconds(@Nullable Double seconds) {
        return seconds == null ? null : Math.round(seconds);
    }
}
