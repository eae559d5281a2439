package org.tumorboard.pathway;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.tumorboard.event.CaseId;
import org.tumorboard.event.Department;

/** The bookings of all cases. */
@Component
class BookingTable {

    private final JdbcClient jdbc;
    private final ObjectMapper json;

    BookingTable(JdbcClient jdbc, ObjectMapper json) {
        this.jdbc = jdbc;
        this.json = json;
    }

    /** All bookings that were ever made for a case, in clinical order. */
    List<Booking> of(CaseId caseId) {
        return jdbc.sql(
                        """
                        select case_id, kind, ref, department, unit, starts_at, ends_at, state, booked_at, changed_at,
                          reason, source, event_id
                        from resource_booking where case_id = :case order by booked_at, kind, event_id
                        """)
                .param("case", caseId.value())
                .query(BookingTable::booking)
                .list();
    }

    /** Adds new bookings and brings known ones up to date, one statement for all of them. */
    void save(Collection<Booking> bookings) {
        if (bookings.isEmpty()) {
            return;
        }
        jdbc.sql(
                        """
                        insert into resource_booking (case_id, kind, ref, department, unit, starts_at, ends_at, state,
                          booked_at, changed_at, reason, source, event_id)
                        select "caseId", kind, ref, lower(replace(department, '_', '-')), unit, "startsAt", "endsAt",
                          state, "bookedAt", "changedAt", reason, source, "eventId"
                        from jsonb_to_recordset(cast(:rows as jsonb)) as r(
                          "caseId" text, kind text, ref text, department text, unit text, "startsAt" timestamptz,
                          "endsAt" timestamptz, state text, "bookedAt" timestamptz, "changedAt" timestamptz,
                          reason text, source text, "eventId" text)
                        on conflict (case_id, kind, source, event_id) do update set ref = excluded.ref,
                          unit = excluded.unit, starts_at = excluded.starts_at, ends_at = excluded.ends_at,
                          state = excluded.state, booked_at = excluded.booked_at, changed_at = excluded.changed_at,
                          reason = excluded.reason
                        """)
                .param("rows", rows(bookings))
                .update();
    }

    private static Booking booking(ResultSet row, int number) throws SQLException {
        return new Booking(
                new CaseId(row.getString("case_id")),
                row.getString("kind"),
                row.getString("ref"),
                Department.of(row.getString("department")).orElseThrow(),
                row.getString("unit"),
                row.getTimestamp("starts_at").toInstant(),
                row.getTimestamp("ends_at").toInstant(),
                Booking.State.valueOf(row.getString("state")),
                row.getTimestamp("booked_at").toInstant(),
                row.getTimestamp("changed_at").toInstant(),
                row.getString("reason"),
                row.getString("source"),
                row.getString("event_id"));
    }

    private String rows(Collection<Booking> bookings) {
        try {
            return json.writeValueAsString(bookings);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("expected bookings to be JSON", e);
        }
    }
}
