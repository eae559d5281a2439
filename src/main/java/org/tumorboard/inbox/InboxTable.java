package org.tumorboard.inbox;

import static java.util.stream.Collectors.toMap;
import static java.util.stream.Collectors.toSet;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.Base64;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.core.simple.JdbcClient.StatementSpec;
import org.springframework.stereotype.Component;
import org.tumorboard.event.CaseId;
import org.tumorboard.event.EventIdentity;
import org.tumorboard.event.EventType;
import org.tumorboard.event.InboundEvent;
import org.tumorboard.event.Outcome;

/** The rows of the inbox; whole batches travel in one statement. */
@Component
class InboxTable {

    static final String COLUMNS =
            """
            source, id, type, department, subject, patient_ref, unit, case_id, clinical_at, received_at, outcome,
            reason, disagrees, awaits_turn, decided_at, correlation_id, trace_parent, data,
            note, content_digest, reused_times, reused_at, fact_not_taken
            """;

    private static final String ADDED =
            """
            source, id, type, department, subject, patient_ref, unit, case_id, clinical_at, received_at, outcome,
            reason, disagrees, awaits_turn, decided_at, correlation_id, trace_parent, data, note, content_digest,
            fact_not_taken
            """;

    private final JdbcClient jdbc;
    private final ObjectMapper json;

    InboxTable(JdbcClient jdbc, ObjectMapper json) {
        this.jdbc = jdbc;
        this.json = json;
    }

    /**
     * Those of the events that need nothing more, as they came first, under the one spelling of their ids; a refused event may
     * be sent again, corrected. Among them are the refused ones that tell of what has happened: nothing else may take their
     * place.
     */
    Map<EventIdentity, InboxEntry> settled(Collection<EventIdentity> identities) {
        if (identities.isEmpty()) {
            return Map.of();
        }
        return among(
                        identities.stream()
                                .flatMap(identity -> identity.spellings().stream())
                                .toList(),
                        "select " + COLUMNS
                                + """
                         from inbox_event
                        join unnest(:sources::text[], :ids::text[]) as asked (source, id) using (source, id)
                        where outcome <> 'REFUSED' or fact_not_taken
                        """)
                .query(this::entry)
                .list()
                .stream()
                .collect(toMap(entry -> entry.identity().canonical(), entry -> entry, (one, other) -> one));
    }

    /** These identities came again with other content. */
    void reused(Collection<EventIdentity> identities, Instant now) {
        if (!identities.isEmpty()) {
            among(
                            identities,
                            """
                            update inbox_event set reused_times = reused_times + 1, reused_at = :now
                            where (source, id) in (select * from unnest(:sources::text[], :ids::text[]))
                            """)
                    .param("now", Timestamp.from(now))
                    .update();
        }
    }

    /** The rows of these events, as far as they have come. */
    List<InboxEntry> find(Collection<EventIdentity> identities) {
        return identities.isEmpty()
                ? List.of()
                : among(
                                identities,
                                "select " + COLUMNS + " from inbox_event"
                                        + " where (source, id) in (select * from unnest(:sources::text[], :ids::text[]))")
                        .query(this::entry)
                        .list();
    }

    /** The corrections and retractions of these events that are in force or wait. */
    List<InboxEntry> amending(Collection<EventIdentity> identities) {
        return identities.isEmpty()
                ? List.of()
                : among(
                                identities,
                                "select " + COLUMNS
                                        + """
                                 from inbox_event where amends_id is not null and outcome in ('APPLIED', 'PARKED')
                                  and (amends_source, amends_id) in (
                                    select * from unnest(:sources::text[], :ids::text[]))
                                """)
                        .query(this::entry)
                        .list();
    }

    /** Puts amendments of events that waited into the case that these have found since. */
    void adoptAmendmentsOf(Collection<EventIdentity> identities) {
        if (!identities.isEmpty()) {
            among(
                            identities,
                            """
                            update inbox_event a set case_id = e.case_id from inbox_event e
                            where a.amends_id is not null and a.amends_source = e.source and a.amends_id = e.id
                              and a.outcome = 'APPLIED' and a.case_id is null and e.case_id is not null
                              and (e.source, e.id) in (select * from unnest(:sources::text[], :ids::text[]))
                            """)
                    .update();
        }
    }

    private StatementSpec among(Collection<EventIdentity> identities, String sql) {
        return jdbc.sql(sql)
                .param("sources", identities.stream().map(EventIdentity::source).toArray(String[]::new))
                .param("ids", identities.stream().map(EventIdentity::id).toArray(String[]::new));
    }

    /**
     * Parked events of some patients, in clinical order.
     *
     * @param crowded those of the patients that have more of them
     */
    record Parked(List<InboxEntry> entries, Set<String> crowded) {

        static final Parked NONE = new Parked(List.of(), Set.of());
    }

    /**
     * The patients' parked events, of each patient at most so many: those that were not tried since the case last moved
     * come first.
     */
    Parked parked(Collection<String> patients, int most) {
        if (patients.isEmpty()) {
            return Parked.NONE;
        }
        Set<String> crowded = new HashSet<>();
        List<InboxEntry> entries = jdbc.sql(
                        "select " + COLUMNS
                                + """
                        , of_patient from (
                          select *, count(*) over (partition by patient_ref) as of_patient, row_number() over (
                            partition by patient_ref order by awaits_turn desc, clinical_at, source, id) as place
                          from inbox_event where outcome = 'PARKED' and patient_ref = any(:patients)) as waiting
                        where place <= :most order by clinical_at, source, id
                        """)
                .param("patients", patients.toArray(String[]::new))
                .param("most", most)
                .query((row, number) -> {
                    if (row.getLong("of_patient") > most) {
                        crowded.add(row.getString("patient_ref"));
                    }
                    return entry(row, number);
                })
                .list();
        return new Parked(entries, crowded);
    }

    /** The cases that these patients' events name which have not been tried since their cases moved. */
    Set<CaseId> namedInTurn(Collection<String> patients) {
        return patients.isEmpty()
                ? Set.of()
                : jdbc
                        .sql(
                                """
                                select distinct subject from inbox_event
                                where outcome = 'PARKED' and awaits_turn and patient_ref = any(?) and subject is not null
                                """)
                        .param(patients.toArray(String[]::new))
                        .query(String.class)
                        .list()
                        .stream()
                        .flatMap(subject -> Intake.spellings(new CaseId(subject)).stream())
                        .collect(toSet());
    }

    /** Nothing of the patient is tried in turns any more: what comes is tried at once, as if nothing waited. */
    void endTurns(String patient) {
        jdbc.sql(
                        "update inbox_event set awaits_turn = false where outcome = 'PARKED' and awaits_turn and patient_ref = ?")
                .param(patient)
                .update();
    }

    /** All that waits for these patients is to be tried again, slice by slice. */
    void awaitTurn(Collection<String> patients) {
        if (!patients.isEmpty()) {
            jdbc.sql(
                            """
                            update inbox_event set awaits_turn = true
                            where outcome = 'PARKED' and not awaits_turn and patient_ref = any(?)
                            """)
                    .param(patients.toArray(String[]::new))
                    .update();
        }
    }

    /** Those of the patients of whom something has not been tried since their case last moved. */
    Set<String> awaitingTurn(Collection<String> patients) {
        return patients.isEmpty()
                ? Set.of()
                : Set.copyOf(jdbc.sql(
                                """
                                select distinct patient_ref from inbox_event
                                where outcome = 'PARKED' and awaits_turn and patient_ref = any(?)
                                """)
                        .param(patients.toArray(String[]::new))
                        .query(String.class)
                        .list());
    }

    /** How many events of these types wait for each of the patients, by department. */
    Map<String, Map<String, Integer>> waitingByDepartment(Collection<String> patients, Collection<EventType> types) {
        Map<String, Map<String, Integer>> waiting = new HashMap<>();
        jdbc.sql(
                        """
                        select patient_ref, department, count(*) as events from inbox_event
                        where outcome = 'PARKED' and patient_ref = any(:patients) and type = any(:types)
                        group by patient_ref, department
                        """)
                .param("patients", patients.toArray(String[]::new))
                .param("types", types.stream().map(EventType::shortName).toArray(String[]::new))
                .query(row -> {
                    waiting.computeIfAbsent(row.getString("patient_ref"), patient -> new HashMap<>())
                            .put(row.getString("department"), row.getInt("events"));
                });
        return waiting;
    }

    /**
     * Keeps what is said of units and who waits for it apart until the commit: either the news finds the case waiting,
     * or the case finds the news. One lock for all units, since a batch learns of one after the other; taken after the
     * locks of cases, so that none waits for the other in turn.
     */
    void lockUnits(Collection<String> units) {
        if (!units.isEmpty()) {
            jdbc.sql("select pg_advisory_xact_lock(7401002)")
                    .query((row, number) -> number)
                    .list();
        }
    }

    /** News of units that no case has taken yet. */
    List<InboundEvent> untakenUnitNews() {
        return jdbc
                .sql("select " + COLUMNS + " from inbox_event where unit is not null and outcome = 'PARKED'")
                .query(this::entry)
                .list()
                .stream()
                .map(InboxTable::event)
                .toList();
    }

    /** What was ever said of these Gamma Knife units, the newest first. */
    List<InboundEvent> aboutUnits(Collection<String> units) {
        return jdbc
                .sql(
                        "select " + COLUMNS
                                + """
                         from inbox_event where unit = any(:units) and outcome <> 'FAILED'
                        order by clinical_at desc, source, id limit 1000
                        """)
                .param("units", units.toArray(String[]::new))
                .query(this::entry)
                .list()
                .stream()
                .map(InboxTable::event)
                .toList();
    }

    Set<String> patientsWithParkedEvents() {
        return Set.copyOf(jdbc.sql(
                        """
                        select distinct patient_ref from inbox_event
                        where outcome = 'PARKED' and (awaits_turn or patient_ref in (
                          select patient_ref from tumor_case where closed_at is null))
                          and patient_ref is not null
                        """)
                .query(String.class)
                .list());
    }

    /**
     * Adds entries, replacing refused ones of the same identity.
     *
     * @throws org.springframework.dao.DuplicateKeyException if another transaction has just settled one of them
     */
    void add(List<InboxEntry> entries) {
        if (entries.isEmpty()) {
            return;
        }
        int added = jdbc.sql(
                        "insert into inbox_event as present (" + ADDED
                                + """
                        )
                        select source, id, type, department, subject, "patientRef", unit, "caseId", time, "receivedAt",
                          outcome, reason, disagrees, "awaitsTurn", "decidedAt", "correlationId", "traceParent", data,
                          remarks ->> 'note', decode(remarks ->> 'digest', 'base64'),
                          cast(remarks ->> 'factNotTaken' as boolean)
                        from jsonb_to_recordset(cast(:rows as jsonb)) as r(
                          source text, id text, type text, department text, subject text, "patientRef" text, unit text,
                          "caseId" text, time timestamptz, "receivedAt" timestamptz, outcome text, reason text,
                          disagrees boolean, "awaitsTurn" boolean, "decidedAt" timestamptz, "correlationId" text, "traceParent" text,
                          data jsonb, remarks jsonb)
                        on conflict (source, id) do update set type = excluded.type, department = excluded.department,
                          subject = excluded.subject, patient_ref = excluded.patient_ref, unit = excluded.unit,
                          case_id = excluded.case_id, clinical_at = excluded.clinical_at,
                          received_at = excluded.received_at, outcome = excluded.outcome, reason = excluded.reason,
                          disagrees = excluded.disagrees, awaits_turn = excluded.awaits_turn, decided_at = excluded.decided_at,
                          correlation_id = excluded.correlation_id, trace_parent = excluded.trace_parent,
                          data = excluded.data, note = excluded.note, content_digest = excluded.content_digest,
                          fact_not_taken = excluded.fact_not_taken
                        where present.outcome = 'REFUSED'
                        """)
                .param("rows", rows(entries))
                .update();
        if (added != entries.size()) {
            throw new org.springframework.dao.DuplicateKeyException(
                    "expected %d new events, but another transaction settled %d of them"
                            .formatted(entries.size(), entries.size() - added));
        }
    }

    /** A patient's events belong to the surviving pseudonym from now on; what they said stays as it was sent. */
    void rekey(String patientRef, String survivingRef) {
        jdbc.sql("update inbox_event set patient_ref = :surviving where patient_ref = :patient")
                .param("surviving", survivingRef)
                .param("patient", patientRef)
                .update();
    }

    /** Records what has become of events that waited. */
    void decide(
            Collection<EventIdentity> identities,
            java.util.function.Function<EventIdentity, Verdict> verdicts,
            Instant now) {
        if (identities.isEmpty()) {
            return;
        }
        record Decision(
                String source,
                String id,
                Outcome outcome,
                @Nullable String caseId,
                @Nullable String reason,
                boolean disagrees,
                boolean awaitsTurn,
                boolean factNotTaken) {}
        List<Decision> decisions = identities.stream()
                .map(identity -> {
                    Verdict verdict = verdicts.apply(identity);
                    CaseId caseId = verdict.caseId();
                    return new Decision(
                            identity.source(),
                            identity.id(),
                            verdict.outcome(),
                            caseId == null ? null : caseId.value(),
                            verdict.reason(),
                            verdict.disagrees(),
                            verdict.awaitsTurn(),
                            verdict.factNotTaken());
                })
                .toList();
        jdbc.sql(
                        """
                        update inbox_event e set outcome = r.outcome, case_id = coalesce(r."caseId", e.case_id),
                          reason = r.reason, disagrees = r.disagrees, awaits_turn = r."awaitsTurn", fact_not_taken = r."factNotTaken", decided_at = :now
                        from jsonb_to_recordset(cast(:rows as jsonb)) as r(
                          source text, id text, outcome text, "caseId" text, reason text, disagrees boolean,
                          "awaitsTurn" boolean, "factNotTaken" boolean)
                        where e.source = r.source and e.id = r.id
                        """)
                .param("rows", rows(decisions))
                .param("now", Timestamp.from(now))
                .update();
    }

    InboxEntry entry(ResultSet row, int number) throws SQLException {
        String data = row.getString("data");
        Timestamp time = row.getTimestamp("clinical_at");
        try {
            return new InboxEntry(
                    row.getString("source"),
                    row.getString("id"),
                    row.getString("type"),
                    row.getString("department"),
                    row.getString("subject"),
                    row.getString("patient_ref"),
                    row.getString("unit"),
                    row.getString("case_id"),
                    time == null ? null : time.toInstant(),
                    row.getTimestamp("received_at").toInstant(),
                    Outcome.valueOf(row.getString("outcome")),
                    row.getString("reason"),
                    row.getBoolean("disagrees"),
                    row.getBoolean("awaits_turn"),
                    row.getTimestamp("decided_at").toInstant(),
                    row.getString("correlation_id"),
                    row.getString("trace_parent"),
                    data == null ? null : json.readTree(data),
                    remarks(row));
        } catch (JsonProcessingException e) {
            throw new SQLException("expected JSON data of an event", e);
        }
    }

    private static Remarks remarks(ResultSet row) throws SQLException {
        byte[] digest = row.getBytes("content_digest");
        Timestamp reusedAt = row.getTimestamp("reused_at");
        return new Remarks(
                row.getString("note"),
                digest == null ? null : Base64.getEncoder().encodeToString(digest),
                0,
                false,
                row.getInt("reused_times"),
                reusedAt == null ? null : reusedAt.toInstant(),
                row.getBoolean("fact_not_taken"));
    }

    static InboundEvent event(InboxEntry entry) {
        return new InboundEvent(
                entry.identity(),
                EventType.ofShortName(entry.type()).orElseThrow(),
                entry.subject() == null ? null : new CaseId(entry.subject()),
                entry.patientRef(),
                entry.time(),
                entry.data(),
                entry.correlationId(),
                entry.traceParent());
    }

    private String rows(List<?> rows) {
        try {
            return json.writeValueAsString(rows);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("expected rows to be JSON", e);
        }
    }
}
