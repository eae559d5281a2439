package org.tumorboard.pathway;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.tumorboard.event.CaseId;
import org.tumorboard.event.CaseStatus;
import org.tumorboard.event.Urgency;

/** The rows of the cases. */
@Component
class CaseTable {

    static final String COLUMNS =
            """
            case_id, patient_ref, lesion_refs, status, urgency, phase, opened_at, closed_at,
            previous_case_id, prior_srs_courses
            """;

    private final JdbcClient jdbc;
    private final ObjectMapper json;

    CaseTable(JdbcClient jdbc, ObjectMapper json) {
        this.jdbc = jdbc;
        this.json = json;
    }

    Optional<CaseRow> find(CaseId caseId) {
        return jdbc.sql("select " + COLUMNS + " from tumor_case where case_id = :id")
                .param("id", caseId.value())
                .query(CaseTable::row)
                .optional();
    }

    /** Reads cases and locks them until the transaction ends, always in the same order. */
    List<CaseRow> lock(Collection<CaseId> cases) {
        return jdbc.sql(
                        "select " + COLUMNS
                                + """
                         from tumor_case where case_id = any(:cases) order by case_id for update
                        """)
                .param("cases", values(cases))
                .query(CaseTable::row)
                .list();
    }

    /** Reads and locks the patients' open cases, and whatever cases are named. */
    List<CaseRow> lock(Collection<String> patients, Collection<CaseId> named) {
        return jdbc.sql(
                        "select " + COLUMNS
                                + """
                         from tumor_case
                        where case_id in (
                          select case_id from tumor_case where closed_at is null and patient_ref = any(:patients)
                          union select case_id from tumor_case where case_id = any(:cases))
                        order by case_id for update
                        """)
                .param("patients", patients.toArray(String[]::new))
                .param("cases", values(named))
                .query(CaseTable::row)
                .list();
    }

    /** The case of each patient that was closed last. */
    List<CaseRow> lastClosed(Collection<String> patients) {
        return jdbc.sql(
                        "select distinct on (patient_ref) " + COLUMNS
                                + """
                         from tumor_case where closed_at is not null and patient_ref = any(:patients)
                        order by patient_ref, closed_at desc, case_id
                        """)
                .param("patients", patients.toArray(String[]::new))
                .query(CaseTable::row)
                .list();
    }

    void save(List<CaseRow> cases) {
        if (cases.isEmpty()) {
            return;
        }
        jdbc.sql(
                        """
                        insert into tumor_case (case_id, patient_ref, lesion_refs, status, urgency, phase, opened_at,
                          closed_at, previous_case_id, prior_srs_courses)
                        select "caseId", "patientRef", array(select jsonb_array_elements_text("lesionRefs")), status,
                          urgency, phase, "openedAt", "closedAt", "previousCaseId", "priorSrsCourses"
                        from jsonb_to_recordset(cast(:rows as jsonb)) as r(
                          "caseId" text, "patientRef" text, "lesionRefs" jsonb, status text, urgency text, phase text,
                          "openedAt" timestamptz, "closedAt" timestamptz, "previousCaseId" text,
                          "priorSrsCourses" integer)
                        on conflict (case_id) do update set patient_ref = excluded.patient_ref, status = excluded.status, urgency = excluded.urgency,
                          phase = excluded.phase, closed_at = excluded.closed_at
                        """)
                .param("rows", rows(cases))
                .update();
    }

    /** What the opening event said, after a correction of it. */
    void correctOpening(CaseId caseId, Instant openedAt, List<String> lesionRefs, int priorSrsCourses) {
        jdbc.sql(
                        """
                        update tumor_case set opened_at = :at, lesion_refs = :lesions, prior_srs_courses = :courses
                        where case_id = :case
                        """)
                .param("case", caseId.value())
                .param("at", Timestamp.from(openedAt))
                .param("lesions", lesionRefs.toArray(String[]::new))
                .param("courses", priorSrsCourses)
                .update();
    }

    static CaseRow row(ResultSet row, int number) throws SQLException {
        Timestamp closedAt = row.getTimestamp("closed_at");
        String previous = row.getString("previous_case_id");
        return new CaseRow(
                new CaseId(row.getString("case_id")),
                row.getString("patient_ref"),
                Arrays.asList((String[]) row.getArray("lesion_refs").getArray()),
                CaseStatus.valueOf(row.getString("status")),
                Urgency.valueOf(row.getString("urgency")),
                row.getString("phase"),
                row.getTimestamp("opened_at").toInstant(),
                closedAt == null ? null : closedAt.toInstant(),
                previous == null ? null : new CaseId(previous),
                row.getInt("prior_srs_courses"));
    }

    static String[] values(Collection<CaseId> cases) {
        return cases.stream().map(CaseId::value).toArray(String[]::new);
    }

    private String rows(List<CaseRow> cases) {
        try {
            return json.writeValueAsString(cases);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("expected cases to be JSON", e);
        }
    }
}
