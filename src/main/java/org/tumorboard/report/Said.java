package org.tumorboard.report;

import static java.util.stream.Collectors.joining;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.tumorboard.event.CaseId;
import org.tumorboard.event.Urgency;

/**
 * What departments said of cases: by events that moved them, or by hand. Values and times are those of the corrections in
 * force; what was taken back is left out.
 */
@Component
final class Said {

    static final String PLAN_QA_FAILED = "medical-physics.plan-qa-failed";
    static final String SECOND_CHECK_FAILED = "medical-physics.second-check-failed";
    static final String CASE_DISCUSSED = "coordination.case-discussed";
    static final String DECISION_SIGNED = "coordination.decision-signed";
    static final String REPORT_FINALISED = "pathology.report-finalised";
    static final String REPORT_AMENDED = "pathology.report-amended";

    /** Those that are counted; written out in the statement, so that the database knows its partial index fits. */
    private static final String TYPES = Stream.of(
                    Said.PLAN_QA_FAILED,
                    Said.SECOND_CHECK_FAILED,
                    Said.CASE_DISCUSSED,
                    Said.DECISION_SIGNED,
                    Said.REPORT_FINALISED,
                    Said.REPORT_AMENDED)
            .map("'%s'"::formatted)
            .collect(joining(", "));

    /**
     * A correction lays its values over the event's own, the one made last over the others; in what a step found they lie
     * one level down, and are read from there.
     */
    private static final String SAID =
            """
            with said as (
              select e.case_id, e.type, e.source, e.id,
                coalesce((select cast(a.data ->> 'occurredAt' as timestamptz) from inbox_event a
                  where a.amends_source = e.source and a.amends_id = e.id and a.outcome = 'APPLIED'
                    and a.data ->> 'occurredAt' is not null order by a.clinical_at desc, a.id desc limit 1), e.clinical_at) as at,
                e.data || coalesce(e.data -> 'data', '{}') || coalesce((
                  select jsonb_object_agg(v.key, v.value order by a.clinical_at, a.id)
                  from inbox_event a cross join jsonb_each(a.data -> 'data') v
                  where a.amends_source = e.source and a.amends_id = e.id and a.outcome = 'APPLIED'
                    and jsonb_typeof(a.data -> 'data') = 'object'), '{}') as data
              from inbox_event e
              where e.type in (%1$s) and e.outcome = 'APPLIED' and e.case_id is not null
                and not exists (select from inbox_event r where r.amends_source = e.source and r.amends_id = e.id
                  and r.outcome = 'APPLIED' and r.data -> 'retracts' is not null)
              union all
              select case_id, event_type, source, event_id, clinical_at, facts || coalesce(facts -> 'data', '{}')
              from step_closing where how = 'HAND' and event_type in (%1$s)
            )
            select s.case_id, c.patient_ref, s.type, s.source, s.id, s.at, s.data
            from said s join tumor_case c using (case_id)
            """
                    .formatted(TYPES);

    private final JdbcClient jdbc;
    private final ObjectMapper json;

    Said(JdbcClient jdbc, ObjectMapper json) {
        this.jdbc = jdbc;
        this.json = json;
    }

    /** @param data of a step what it found as well, flatly */
    record Statement(
            CaseId caseId, String patientRef, String type, String source, String id, Instant at, JsonNode data) {

        /** Empty if it was not said. */
        String text(String field) {
            return data.path(field).asText();
        }
    }

    /** By clinical time. */
    List<Statement> between(Instant from, Instant to, @Nullable Urgency urgency) {
        return jdbc.sql(
                        SAID
                                + """
                        where s.at >= :from and s.at < :to
                          and (cast(:urgency as text) is null or c.urgency = :urgency) order by s.at
                        """)
                .param("from", DecidedRuns.utc(from))
                .param("to", DecidedRuns.utc(to))
                .param("urgency", urgency == null ? null : urgency.name())
                .query(this::statement)
                .list();
    }

    /** Of the named cases, whenever it was, by clinical time. */
    List<Statement> of(Collection<CaseId> cases) {
        return jdbc.sql(SAID + "where s.case_id = any(:cases) order by s.at")
                .param("cases", cases.stream().map(CaseId::value).toArray(String[]::new))
                .query(this::statement)
                .list();
    }

    private Statement statement(ResultSet row, int number) throws SQLException {
        try {
            return new Statement(
                    new CaseId(row.getString("case_id")),
                    row.getString("patient_ref"),
                    row.getString("type"),
                    row.getString("source"),
                    row.getString("id"),
                    row.getTimestamp("at").toInstant(),
                    json.readTree(row.getString("data")));
        } catch (JsonProcessingException e) {
            throw new SQLException("expected JSON of what was said", e);
        }
    }
}
