package org.tumorboard.pathway;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.tumorboard.event.CaseId;

/** The record of how steps ended; rows are only ever added. */
@Component
class ClosingTable {

    private final JdbcClient jdbc;
    private final ObjectMapper json;

    ClosingTable(JdbcClient jdbc, ObjectMapper json) {
        this.jdbc = jdbc;
        this.json = json;
    }

    void append(List<StepClosing> closings) {
        if (closings.isEmpty()) {
            return;
        }
        jdbc.sql(
                        """
                        insert into step_closing (case_id, step, element_id, event_type, how, clinical_at, closed_at,
                          source, event_id, facts)
                        select "caseId", step, "elementId", "eventType", how, "clinicalAt", "closedAt", source,
                          "eventId", facts
                        from jsonb_to_recordset(cast(:rows as jsonb)) as r(
                          "caseId" text, step text, "elementId" text, "eventType" text, how text,
                          "clinicalAt" timestamptz, "closedAt" timestamptz, source text, "eventId" text, facts jsonb)
                        """)
                .param("rows", rows(closings))
                .update();
    }

    /** How the cases' steps for these event types ended, oldest first. */
    List<StepClosing> of(Collection<CaseId> cases, Collection<String> eventTypes) {
        return jdbc.sql(
                        """
                        select case_id, step, element_id, event_type, how, clinical_at, closed_at, source, event_id, facts
                        from step_closing
                        where case_id = any(:cases) and event_type = any(:types) order by seq
                        """)
                .param("cases", CaseTable.values(cases))
                .param("types", eventTypes.toArray(String[]::new))
                .query(this::closing)
                .list();
    }

    /** How all steps of a case ended, oldest first. */
    List<StepClosing> of(CaseId caseId) {
        return jdbc.sql(
                        """
                        select case_id, step, element_id, event_type, how, clinical_at, closed_at, source, event_id, facts
                        from step_closing where case_id = :case order by seq
                        """)
                .param("case", caseId.value())
                .query(this::closing)
                .list();
    }

    /** Who or what closed the case's step of that name last; null if nothing has. */
    @Nullable
    String lastSource(CaseId caseId, String step) {
        return jdbc.sql(
                        """
                        select source from step_closing where case_id = :case and step = :step and how <> 'WITHDRAWN'
                        order by seq desc limit 1
                        """)
                .param("case", caseId.value())
                .param("step", step)
                .query(String.class)
                .optional()
                .orElse(null);
    }

    private StepClosing closing(ResultSet row, int number) throws SQLException {
        Timestamp clinicalAt = row.getTimestamp("clinical_at");
        try {
            return new StepClosing(
                    new CaseId(row.getString("case_id")),
                    row.getString("step"),
                    row.getString("element_id"),
                    row.getString("event_type"),
                    StepClosing.How.valueOf(row.getString("how")),
                    clinicalAt == null ? null : clinicalAt.toInstant(),
                    row.getTimestamp("closed_at").toInstant(),
                    row.getString("source"),
                    row.getString("event_id"),
                    json.readTree(row.getString("facts")));
        } catch (JsonProcessingException e) {
            throw new SQLException("expected JSON facts of a step closing", e);
        }
    }

    private String rows(List<StepClosing> closings) {
        try {
            return json.writeValueAsString(closings);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("expected step closings to be JSON", e);
        }
    }
}
