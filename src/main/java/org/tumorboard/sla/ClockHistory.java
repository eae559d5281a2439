package org.tumorboard.sla;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.tumorboard.event.CaseId;

/** The append-only life of each clock, so that an old verdict stays on record after a correction. */
@Component
public final class ClockHistory {

    private final JdbcClient jdbc;
    private final ObjectMapper json;

    ClockHistory(JdbcClient jdbc, ObjectMapper json) {
        this.jdbc = jdbc;
        this.json = json;
    }

    /** Adds changes in the caller's transaction, in their order, one statement for all of them. */
    public void append(Collection<ClockChange> changes) {
        if (changes.isEmpty()) {
            return;
        }
        jdbc.sql(
                        """
                        insert into sla_clock_change (case_id, clock, anchor, recorded_at, what, state, started_at,
                          latest_at, threshold, reason, source, event_id)
                        select "caseId", clock, anchor, "recordedAt", what, state, "startedAt",
                          "latestAt", threshold, reason, source, "eventId"
                        from rows from (jsonb_to_recordset(cast(:rows as jsonb)) as (
                          "caseId" text, clock text, anchor text, "recordedAt" timestamptz, what text, state text,
                          "startedAt" timestamptz, "latestAt" timestamptz, threshold text, reason text, source text,
                          "eventId" text)) with ordinality
                        order by ordinality
                        """)
                .param("rows", rows(changes))
                .update();
    }

    /** What happened to all clocks of one case, in the order in which it became known. */
    public List<ClockChange> of(CaseId caseId) {
        return jdbc.sql(
                        """
                        select case_id, clock, anchor, recorded_at, what, state, started_at, latest_at, threshold,
                          reason, source, event_id
                        from sla_clock_change
                        where case_id = :case order by seq
                        """)
                .param("case", caseId.value())
                .query(ClockHistory::change)
                .list();
    }

    private static ClockChange change(ResultSet row, int number) throws SQLException {
        return new ClockChange(
                new CaseId(row.getString("case_id")),
                row.getString("clock"),
                row.getString("anchor"),
                row.getTimestamp("recorded_at").toInstant(),
                ClockChange.What.valueOf(row.getString("what")),
                ClockState.valueOf(row.getString("state")),
                row.getTimestamp("started_at").toInstant(),
                row.getTimestamp("latest_at").toInstant(),
                row.getString("threshold"),
                row.getString("reason"),
                row.getString("source"),
                row.getString("event_id"));
    }

    private String rows(Collection<ClockChange> changes) {
        try {
            return json.writeValueAsString(changes);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("expected changes of clocks to be JSON", e);
        }
    }
}
