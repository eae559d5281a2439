package org.tumorboard.inbox;

import static java.util.Comparator.comparing;
import static java.util.stream.Collectors.joining;
import static java.util.stream.Collectors.toMap;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.function.BinaryOperator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.core.simple.JdbcClient.StatementSpec;
import org.springframework.stereotype.Component;
import org.tumorboard.event.CaseId;
import org.tumorboard.event.Department;
import org.tumorboard.event.EventIdentity;
import org.tumorboard.event.Outcome;

/** What pages and API ask about events. It only reads. */
@Component
public final class InboxQueries {

    private static final String SELECT = "select " + InboxTable.COLUMNS + " from inbox_event";

    /** Each arm has its index. */
    private static final String OF_CASE = Stream.of(
                    "case_id = :case",
                    withoutCase(Outcome.PARKED) + " and coalesce(subject, :case) = :case",
                    withoutCase(Outcome.FAILED) + " and coalesce(subject, :case) = :case",
                    // it may be refused just for naming another patient's case
                    withoutCase(Outcome.REFUSED),
                    "case_id is null and patient_ref is null and subject = :case and outcome = 'REFUSED'")
            .map(arm -> "select seq, amends_id, " + InboxTable.COLUMNS + " from inbox_event where " + arm)
            .collect(joining(" union all "));

    private final JdbcClient jdbc;
    private final InboxTable table;

    InboxQueries(JdbcClient jdbc, InboxTable table) {
        this.jdbc = jdbc;
        this.table = table;
    }

    private static String withoutCase(Outcome outcome) {
        return "case_id is null and patient_ref = :patient and outcome = '%s'".formatted(outcome);
    }

    /**
     * Of the case's events, and those of its patient that wait, failed or were refused before a case was found for them: in the
     * order in which they came, a piece.
     */
    public List<InboxEntry> ofCase(CaseId caseId, String patientRef, int limit, long offset) {
        return ofCase("select *", caseId, patientRef, "order by seq limit :limit offset :offset")
                .param("limit", limit)
                .param("offset", offset)
                .query(table::entry)
                .list();
    }

    /** The same, what happened last before all else. */
    public List<InboxEntry> latestOfCase(CaseId caseId, String patientRef, int limit, long offset) {
        return ofCase(
                        "select *",
                        caseId,
                        patientRef,
                        "order by coalesce(clinical_at, received_at) desc, seq desc limit :limit offset :offset")
                .param("limit", limit)
                .param("offset", offset)
                .query(table::entry)
                .list();
    }

    public long countOfCase(CaseId caseId, String patientRef) {
        return ofCase("select count(*)", caseId, patientRef, "")
                .query(Long.class)
                .single();
    }

    /** Those of the case's events that correct or take back others, and these others. */
    public List<InboxEntry> amendedOfCase(CaseId caseId, String patientRef) {
        return ofCase(
                        "select *",
                        caseId,
                        patientRef,
                        """
                        where amends_id is not null or exists (
                          select from inbox_event a where a.amends_source = events.source and a.amends_id = events.id)
                        order by seq
                        """)
                .query(table::entry)
                .list();
    }

    /** Treatments, stops and deaths of the patient that were refused or failed and may be about the case. */
    public List<InboxEntry> notTakenOfCase(CaseId caseId, String patientRef, int limit) {
        return ofCase("select *", caseId, patientRef, "where fact_not_taken order by seq desc limit :limit")
                .param("limit", limit)
                .query(table::entry)
                .list();
    }

    private StatementSpec ofCase(String select, CaseId caseId, String patientRef, String rest) {
        return jdbc.sql(select + " from (" + OF_CASE + ") as events " + rest)
                .param("case", caseId.value())
                .param("patient", patientRef);
    }

    /** Events over all cases, the newest first; null asks for all. */
    public List<InboxEntry> list(@Nullable Outcome outcome, @Nullable Department department, int limit, long offset) {
        return list(new EventFilter(outcome, department, null), limit, offset);
    }

    /** Events over all cases, the newest first. */
    public List<InboxEntry> list(EventFilter filter, int limit, long offset) {
        return filtered(SELECT, filter, "order by seq desc limit :limit offset :offset")
                .param("limit", limit)
                .param("offset", offset)
                .query(table::entry)
                .list();
    }

    /** A department's identities that came again with other content, the latest first. */
    public List<InboxEntry> reused(Department department, int limit) {
        return jdbc.sql(
                        SELECT
                                + """
                         where department = :department and reused_at is not null
                        order by reused_at desc limit :limit
                        """)
                .param("department", department.slug())
                .param("limit", limit)
                .query(table::entry)
                .list();
    }

    /** The place of the event that was received last; 0 if none ever was. */
    public long newest() {
        return jdbc.sql("select coalesce(max(seq), 0) from inbox_event")
                .query(Long.class)
                .single();
    }

    public long count(@Nullable Outcome outcome, @Nullable Department department) {
        return count(new EventFilter(outcome, department, null));
    }

    public long count(EventFilter filter) {
        return filtered("select count(*) from inbox_event", filter, "")
                .query(Long.class)
                .single();
    }

    /** Those of the events asked for that wait or failed, the oldest first. */
    public List<EventIdentity> waiting(EventFilter filter, int limit) {
        return filtered(
                        "select source, id from inbox_event",
                        filter,
                        "and outcome in ('PARKED', 'FAILED') order by seq limit :limit")
                .param("limit", limit)
                .query((row, number) -> new EventIdentity(row.getString("source"), row.getString("id")))
                .list();
    }

    /** Of these events, those that were corrected or taken back: by which event, the one that counts. */
    public Map<EventIdentity, InboxEntry> amendments(Collection<EventIdentity> events) {
        return table.amending(events).stream()
                .filter(entry -> entry.outcome() == Outcome.APPLIED)
                .map(entry -> Map.entry(Amendment.of(InboxTable.event(entry)), entry))
                .collect(toMap(
                        amended -> amended.getKey().target(),
                        amended -> amended,
                        BinaryOperator.maxBy(Map.Entry.comparingByKey(
                                comparing(Amendment::retracts).thenComparing(Amendment.AS_MADE)))))
                .entrySet()
                .stream()
                .collect(toMap(Map.Entry::getKey, found -> found.getValue().getValue()));
    }

    @Nullable
    InboxEntry find(EventIdentity identity) {
        return jdbc.sql(SELECT + " where source = :source and id = :id")
                .param("source", identity.source())
                .param("id", identity.id())
                .query(table::entry)
                .optional()
                .orElse(null);
    }

    /** The outcome stands in the statement itself: only so does the database know which of its partial indexes fit. */
    private StatementSpec filtered(String select, EventFilter filter, String rest) {
        List<String> conditions = new ArrayList<>(List.of("true"));
        Department department = filter.department();
        String text = filter.text();
        if (filter.outcome() != null) {
            conditions.add("outcome = '%s'".formatted(filter.outcome().name()));
        }
        if (department != null) {
            conditions.add("department = :department");
        }
        if (text != null) {
            conditions.add(EventFilter.BY_TEXT);
        }
        return jdbc.sql(select + " where " + String.join(" and ", conditions) + " " + rest)
                .param("department", department == null ? null : department.slug())
                .param("text", text)
                .param("cases", text == null ? new String[0] : casesWith(text));
    }

    private String[] casesWith(String text) {
        return jdbc.sql(EventFilter.CASES_WITH_TEXT)
                .param("text", text)
                .query(String.class)
                .list()
                .toArray(String[]::new);
    }
}
