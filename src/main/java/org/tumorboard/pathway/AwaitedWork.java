package org.tumorboard.pathway;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.tumorboard.event.CaseId;
import org.tumorboard.event.Department;
import org.tumorboard.event.EventType;

/** The open steps of all cases by the department whose event closes them. It only reads. */
@Component
public final class AwaitedWork {

    private final JdbcClient jdbc;
    private final Elements elements;

    AwaitedWork(JdbcClient jdbc, Elements elements) {
        this.jdbc = jdbc;
        this.elements = elements;
    }

    /**
     * What waits for one department.
     *
     * @param steps that its events would close
     * @param overdue how many of them are past their deadline
     * @param overdueSince the first of these deadlines; null if there is none
     */
    public record Awaited(int steps, int overdue, @Nullable Instant overdueSince) {

        public static final Awaited NOTHING = new Awaited(0, 0, null);

        Awaited and(Awaited other) {
            Instant first =
                    overdueSince == null || (other.overdueSince != null && other.overdueSince.isBefore(overdueSince))
                            ? other.overdueSince
                            : overdueSince;
            return new Awaited(steps + other.steps, overdue + other.overdue, first);
        }
    }

    /**
     * One open step.
     *
     * @param id the task in Tasklist
     * @param step its name in {@code step-completed}
     * @param since when it was opened
     * @param event the event that closes it
     */
    public record Step(
            CaseId caseId,
            String patientRef,
            String id,
            String step,
            String name,
            String group,
            Instant since,
            @Nullable Instant dueAt,
            EventType event) {}

    /** By the department's name; steps that only a person may complete wait for no department. */
    public Map<String, Awaited> byDepartment(Instant now) {
        Map<String, Awaited> byDepartment = new HashMap<>();
        jdbc.sql(
                        """
                        select proc_def_id_, task_def_key_, count(*) as steps,
                          count(*) filter (where due_date_ < :now) as overdue,
                          min(due_date_) filter (where due_date_ < :now) as overdue_since
                        from act_ru_task where proc_def_id_ is not null group by 1, 2
                        """)
                .param("now", Timestamp.from(now))
                .query(row -> {
                    Element element = element(row);
                    if (!element.needsPerson() && element.event() != null) {
                        byDepartment.merge(element.event().department().slug(), awaited(row), Awaited::and);
                    }
                });
        return byDepartment;
    }

    /** The steps that wait for a department, the most pressing first. */
    public List<Step> of(Department department) {
        return jdbc
                .sql(
                        """
                        select c.case_id, c.patient_ref, t.id_, t.name_, t.create_time_, t.due_date_, t.proc_def_id_,
                          t.task_def_key_
                        from act_ru_task t join act_ru_execution e on e.id_ = t.proc_inst_id_
                        join tumor_case c on c.case_id = e.business_key_
                        order by t.due_date_ nulls last, t.create_time_, t.id_
                        """)
                .query((row, number) -> {
                    Element element = element(row);
                    return element.needsPerson() || element.event() == null ? null : step(row, element);
                })
                .list()
                .stream()
                .filter(step -> step != null && step.event().department() == department)
                .toList();
    }

    private Element element(ResultSet row) throws SQLException {
        return elements.get(row.getString("proc_def_id_"), row.getString("task_def_key_"));
    }

    private static Awaited awaited(ResultSet row) throws SQLException {
        return new Awaited(row.getInt("steps"), row.getInt("overdue"), instant(row.getTimestamp("overdue_since")));
    }

    private static Step step(ResultSet row, Element element) throws SQLException {
        return new Step(
                new CaseId(row.getString("case_id")),
                row.getString("patient_ref"),
                row.getString("id_"),
                element.step(),
                row.getString("name_"),
                element.group(),
                row.getTimestamp("create_time_").toInstant(),
                instant(row.getTimestamp("due_date_")),
                element.event());
    }

    private static @Nullable Instant instant(@Nullable Timestamp timestamp) {
        return timestamp == null ? null : timestamp.toInstant();
    }
}
