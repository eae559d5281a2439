package org.tumorboard.report;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.tumorboard.event.CaseId;
import org.tumorboard.event.Urgency;
import org.tumorboard.report.Occurrence.Kind;

/** Slots and beds that a department took back, one for each case that had booked it. */
@Component
final class LostBookings {

    private final JdbcClient jdbc;

    LostBookings(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    List<Occurrence> between(Instant from, Instant to, @Nullable Urgency urgency) {
        return jdbc.sql(
                        """
                        select b.case_id, c.patient_ref, b.kind, b.reason, b.changed_at, b.source, b.event_id
                        from resource_booking b join tumor_case c using (case_id)
                        where b.state = 'LOST' and b.changed_at >= :from and b.changed_at < :to
                          and (cast(:urgency as text) is null or c.urgency = :urgency)
                        """)
                .param("from", DecidedRuns.utc(from))
                .param("to", DecidedRuns.utc(to))
                .param("urgency", urgency == null ? null : urgency.name())
                .query((row, number) -> new Occurrence(
                        new CaseId(row.getString("case_id")),
                        row.getString("patient_ref"),
                        Kind.SLOT_LOSSES,
                        row.getString("kind"),
                        row.getString("reason"),
                        row.getTimestamp("changed_at").toInstant(),
                        row.getString("source"),
                        row.getString("event_id")))
                .list();
    }
}
