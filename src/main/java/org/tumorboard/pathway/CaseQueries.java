package org.tumorboard.pathway;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.core.simple.JdbcClient.StatementSpec;
import org.springframework.stereotype.Component;
import org.tumorboard.event.CaseId;
import org.tumorboard.event.CaseStatus;
import org.tumorboard.event.Urgency;

/** What pages and API ask about cases. It only reads. */
@Component
public final class CaseQueries {

    private final JdbcClient jdbc;
    private final CaseTable cases;
    private final Elements elements;

    CaseQueries(JdbcClient jdbc, CaseTable cases, Elements elements) {
        this.jdbc = jdbc;
        this.cases = cases;
        this.elements = elements;
    }

    public Optional<CaseRow> find(CaseId caseId) {
        return cases.find(caseId);
    }

    /**
     * The cases asked for, the newest first. Their clocks are grouped although each subselect is about one case: else the
     * database may look for the nearest limit of all cases and hope that it belongs to this one.
     */
    public List<CaseSummary> list(CaseFilter filter, int limit, long offset) {
        return filtered(
                        filter,
                        """
                        select c.case_id, c.patient_ref, c.status, c.urgency, c.phase, c.opened_at,
                          (select min(k.latest_at) from sla_clock k
                            where k.case_id = c.case_id and k.verdict is null and k.paused_at is null
                            group by k.case_id) as next_deadline
                        from tumor_case c
                        """,
                        "order by c.opened_at desc, c.case_id limit :limit offset :offset")
                .param("limit", limit)
                .param("offset", offset)
                .query(CaseQueries::summary)
                .list();
    }

    public long count(CaseFilter filter) {
        return filtered(filter, "select count(*) from tumor_case c", "")
                .query(Long.class)
                .single();
    }

    /** What the case waits for people or departments to do, the most pressing first. */
    public List<OpenStep> steps(CaseId caseId) {
        return jdbc.sql(
                        """
                        select t.id_, t.proc_def_id_, t.task_def_key_, t.name_, t.due_date_, t.assignee_
                        from act_ru_execution e join act_ru_task t on t.proc_inst_id_ = e.id_
                        where e.business_key_ = :case order by t.due_date_ nulls last, t.create_time_, t.id_
                        """)
                .param("case", caseId.value())
                .query(this::step)
                .list();
    }

    private StatementSpec filtered(CaseFilter filter, String select, String rest) {
        List<String> conditions = new ArrayList<>();
        if (filter.status() != null) {
            conditions.add(CaseFilter.BY_STATUS);
        }
        if (filter.urgency() != null) {
            conditions.add(CaseFilter.BY_URGENCY);
        }
        if (filter.group() != null) {
            conditions.add(CaseFilter.BY_GROUP);
        }
        if (filter.text() != null) {
            conditions.add(CaseFilter.BY_TEXT);
        }
        if (filter.open() != null) {
            conditions.add(filter.open() ? "c.closed_at is null" : "c.closed_at is not null");
        }
        String where = conditions.isEmpty() ? "" : " where " + String.join(" and ", conditions);
        return jdbc.sql(select + where + " " + rest)
                .param(
                        "status",
                        filter.status() == null ? null : filter.status().name())
                .param(
                        "urgency",
                        filter.urgency() == null ? null : filter.urgency().name())
                .param("group", filter.group())
                .param("text", filter.text());
    }

    private static CaseSummary summary(ResultSet row, int number) throws SQLException {
        return new CaseSummary(
                new CaseId(row.getString("case_id")),
                row.getString("patient_ref"),
                CaseStatus.valueOf(row.getString("status")),
                Urgency.valueOf(row.getString("urgency")),
                row.getString("phase"),
                row.getTimestamp("opened_at").toInstant(),
                instant(row.getTimestamp("next_deadline")));
    }

    private OpenStep step(ResultSet row, int number) throws SQLException {
        Element element = elements.get(row.getString("proc_def_id_"), row.getString("task_def_key_"));
        return new OpenStep(
                row.getString("id_"),
                element.step(),
                row.getString("name_"),
                element.group(),
                instant(row.getTimestamp("due_date_")),
                element.event(),
                row.getString("assignee_"));
    }

    private static @Nullable Instant instant(@Nullable Timestamp timestamp) {
        return timestamp == null ? null : timestamp.toInstant();
    }
}
