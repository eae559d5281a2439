package org.tumorboard.report;

import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.tumorboard.event.CaseId;
import org.tumorboard.event.CaseStatus;
import org.tumorboard.event.Urgency;
import org.tumorboard.sla.Milestone;
import org.tumorboard.sla.Milestones;

/** Puts what happened to cases off their main path straight into the tables, and takes it away again. */
public final class OffPathRows {

    private static final String SOURCE = "//hospital.example/";

    private final JdbcClient jdbc;
    private final Milestones milestones;
    private final String prefix;

    /** @param prefix of the ids of its cases and events */
    public OffPathRows(JdbcClient jdbc, Milestones milestones, String prefix) {
        this.jdbc = jdbc;
        this.milestones = milestones;
        this.prefix = prefix;
    }

    public CaseId aCase(String id, CaseStatus status, Instant opened) {
        jdbc.sql(
                        """
                        insert into tumor_case (case_id, patient_ref, status, urgency, phase, opened_at, closed_at)
                        values (:id, :patient, :status, :urgency, 'resection', :opened, :closed)
                        """)
                .param("id", prefix + id)
                .param("patient", "SYN-" + prefix + id)
                .param("status", status.name())
                .param("urgency", Urgency.URGENT.name())
                .param("opened", Timestamp.from(opened))
                .param("closed", status.isClosed() ? Timestamp.from(opened.plus(Duration.ofDays(90))) : null)
                .update();
        return new CaseId(prefix + id);
    }

    public Milestone reached(CaseId caseId, String milestone, Instant at) {
        Milestone told =
                Milestone.told(caseId, milestone, at, at.plusSeconds(20), SOURCE + "gamma-knife", prefix + id());
        milestones.append(List.of(told));
        return told;
    }

    public void takenBack(Milestone milestone, Instant when) {
        milestones.append(List.of(milestone.amended(
                milestone.at(),
                when.plusSeconds(20),
                "WRONG_PATIENT",
                new Milestone.Amendment(when, SOURCE + "gamma-knife", prefix + id(), true))));
    }

    public void booking(
            CaseId caseId,
            String kind,
            String department,
            String state,
            Instant bookedAt,
            Instant changedAt,
            String reason) {
        jdbc.sql(
                        """
                        insert into resource_booking (case_id, kind, ref, department, unit, starts_at, ends_at, state,
                          booked_at, changed_at, reason, source, event_id)
                        values (:case, :kind, :ref, :department, :unit, :starts, :ends, :state, :booked, :changed, :reason,
                          :source, :event)
                        """)
                .param("case", caseId.value())
                .param("kind", kind)
                .param("ref", kind.toUpperCase(java.util.Locale.ROOT) + "-" + bookedAt.getEpochSecond() % 997)
                .param("department", department)
                .param("unit", kind.equals("gamma-knife-slot") ? "GK-1" : null)
                .param("starts", Timestamp.from(bookedAt.plus(Duration.ofHours(30))))
                .param("ends", Timestamp.from(bookedAt.plus(Duration.ofHours(34))))
                .param("state", state)
                .param("booked", Timestamp.from(bookedAt))
                .param("changed", Timestamp.from(changedAt))
                .param("reason", reason)
                .param("source", SOURCE + department)
                .param("event", prefix + id())
                .update();
    }

    /** An event that moved the case; returns its id. */
    public String said(CaseId caseId, String type, Instant at, String data) {
        String id = prefix + id();
        String department = type.substring(0, type.indexOf('.'));
        jdbc.sql(
                        """
                        insert into inbox_event (source, id, type, department, patient_ref, case_id, clinical_at,
                          received_at, outcome, decided_at, data)
                        values (:source, :id, :type, :department, :patient, :case, :at, :received, 'APPLIED', :received,
                          cast(:data as jsonb))
                        """)
                .param("source", SOURCE + department)
                .param("id", id)
                .param("type", type)
                .param("department", department)
                .param("patient", "SYN-" + caseId)
                .param("case", caseId.value())
                .param("at", Timestamp.from(at))
                .param("received", Timestamp.from(at.plus(Duration.ofMinutes(12))))
                .param("data", data)
                .update();
        return id;
    }

    /** A correction or retraction of what a department said. */
    public void amended(CaseId caseId, String department, String event, Instant at, boolean retracts, String rest) {
        said(
                caseId,
                department + (retracts ? ".event-retracted" : ".event-corrected"),
                at,
                """
                {"patientRef": "SYN-1", "reason": "CLOCK_WRONG", "%s": {"source": "%s", "id": "%s"}%s}
                """
                        .formatted(retracts ? "retracts" : "corrects", SOURCE + department, event, rest));
    }

    /** A step that was completed by a person. */
    public void byHand(CaseId caseId, String element, String step, String type, String user, Instant at, String facts) {
        jdbc.sql(
                        """
                        insert into step_closing (case_id, step, element_id, event_type, how, clinical_at, closed_at,
                          source, event_id, facts)
                        values (:case, :step, :element, :type, 'HAND', :at, :at, :source, :event, cast(:facts as jsonb))
                        """)
                .param("case", caseId.value())
                .param("step", step)
                .param("element", element)
                .param("type", type)
                .param("at", Timestamp.from(at))
                .param("source", "user:" + user)
                .param("event", prefix + id())
                .param("facts", facts)
                .update();
    }

    /** Two people agreed that the case's patient is known by another pseudonym too. */
    public void merged(CaseId caseId, String before, Instant at) {
        jdbc.sql(
                        """
                        insert into patient_alias (patient_ref, surviving_ref, case_id, merged_at, recorded_at, reason,
                          confirmed_by, confirmed_also)
                        values (:before, 'SYN-' || :case, :case, :at, :at, 'SAME_PERSON', 'user:anna', 'user:ben')
                        """)
                .param("before", before)
                .param("case", caseId.value())
                .param("at", Timestamp.from(at))
                .update();
    }

    /** The readiness gate was told to two departments. */
    public void gate(CaseId caseId, String colour, Instant at, String missing) {
        for (String department : List.of("gamma-knife", "coordination")) {
            jdbc.sql(
                            """
                            insert into outbox_message (message_id, topic, key, type, occurred_at, created_at, sent_at,
                              payload)
                            values (:id, :topic, :case, 'org.tumorboard.notification.readiness-changed.v1', :at, :at, :at,
                              cast(:payload as jsonb))
                            """)
                    .param("id", UUID.randomUUID())
                    .param("topic", "tumorboard.notifications." + department)
                    .param("case", caseId.value())
                    .param("at", Timestamp.from(at))
                    .param(
                            "payload",
                            """
                            {"gate": "%s", "gateMissing": %s}
                            """
                                    .formatted(colour, missing))
                    .update();
        }
    }

    public void removeAll() {
        jdbc.sql("delete from outbox_message where starts_with(key, :prefix)")
                .param("prefix", prefix)
                .update();
        for (String table : List.of(
                "patient_alias",
                "resource_booking",
                "inbox_event",
                "step_closing",
                "sla_clock_change",
                "sla_clock",
                "milestone",
                "tumor_case")) {
            jdbc.sql("delete from " + table + " where starts_with(case_id, :prefix)")
                    .param("prefix", prefix)
                    .update();
        }
    }

    private static String id() {
        return UUID.randomUUID().toString().substring(0, 8);
    }
}
