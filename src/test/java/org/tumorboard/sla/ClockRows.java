package org.tumorboard.sla;

import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.tumorboard.event.CaseId;
import org.tumorboard.event.CaseStatus;
import org.tumorboard.event.Urgency;

/** Puts cases and clocks into the tables, for tests of what reads them; everything is taken away again. */
public final class ClockRows implements AutoCloseable {

    private final JdbcClient jdbc;
    private final SlaClocks clocks;
    private final ClockHistory history;
    private final Milestones milestones;
    private final List<CaseId> cases = new ArrayList<>();

    public ClockRows(JdbcClient jdbc, SlaClocks clocks, ClockHistory history, Milestones milestones) {
        this.jdbc = jdbc;
        this.clocks = clocks;
        this.history = history;
        this.milestones = milestones;
    }

    /** A case that no process instance runs for. */
    public CaseId aCase(String patientRef, Urgency urgency, CaseStatus status, String phase, Instant openedAt) {
        CaseId caseId = new CaseId(UUID.randomUUID().toString());
        jdbc.sql(
                        """
                        insert into tumor_case (case_id, patient_ref, status, urgency, phase, opened_at)
                        values (:id, :patient, :status, :urgency, :phase, :opened)
                        """)
                .param("id", caseId.value())
                .param("patient", patientRef)
                .param("status", status.name())
                .param("urgency", urgency.name())
                .param("phase", phase)
                .param("opened", Timestamp.from(openedAt))
                .update();
        cases.add(caseId);
        return caseId;
    }

    public void save(SlaClock... some) {
        clocks.save(List.of(some), Instant.EPOCH);
    }

    public void save(Collection<SlaClock> some) {
        clocks.save(some, Instant.EPOCH);
    }

    public void append(ClockChange... changes) {
        history.append(List.of(changes));
    }

    public void append(Milestone... some) {
        milestones.append(List.of(some));
    }

    /** A run with warnings at 50 and 80 per cent and an escalation at 150. */
    public static SlaClock aClock(CaseId caseId, String clock, String department, Instant startedAt, Duration latest) {
        return new SlaClock(
                caseId,
                clock,
                "//hospital.example/x#" + UUID.randomUUID(),
                Urgency.URGENT,
                1,
                department,
                startedAt,
                "detected",
                startedAt.plusSeconds(30),
                null,
                startedAt.plus(latest),
                null,
                List.of(
                        threshold("warn-50", Threshold.Kind.WARNING, startedAt.plus(latest.dividedBy(2)), 0),
                        threshold(
                                "warn-80",
                                Threshold.Kind.WARNING,
                                startedAt.plus(latest.multipliedBy(4).dividedBy(5)),
                                1),
                        threshold("breach", Threshold.Kind.BREACH, startedAt.plus(latest), 2),
                        threshold(
                                "escalate",
                                Threshold.Kind.ESCALATION,
                                startedAt.plus(latest.multipliedBy(3).dividedBy(2)),
                                3)),
                null,
                null,
                null,
                null,
                null,
                false,
                null);
    }

    /** The resection window of an urgent case: 24–48 h after the last beam. */
    public static SlaClock aWindow(CaseId caseId, Instant t0) {
        return new SlaClock(
                caseId,
                "resection-window",
                "//hospital.example/gamma-knife#" + UUID.randomUUID(),
                Urgency.URGENT,
                1,
                "neurosurgery",
                t0,
                "srs-delivered",
                t0.plusSeconds(30),
                t0.plus(Duration.ofHours(24)),
                t0.plus(Duration.ofHours(48)),
                t0.plus(Duration.ofHours(168)),
                List.of(
                        threshold("warn-30h", Threshold.Kind.WARNING, t0.plus(Duration.ofHours(30)), 0),
                        threshold("warn-36h", Threshold.Kind.WARNING, t0.plus(Duration.ofHours(36)), 0),
                        threshold("warn-42h", Threshold.Kind.WARNING, t0.plus(Duration.ofHours(42)), 1),
                        threshold("critical-46h", Threshold.Kind.WARNING, t0.plus(Duration.ofHours(46)), 2),
                        threshold("breach", Threshold.Kind.BREACH, t0.plus(Duration.ofHours(48)), 2),
                        threshold("escalate", Threshold.Kind.ESCALATION, t0.plus(Duration.ofHours(72)), 3),
                        threshold(
                                "out-of-protocol", Threshold.Kind.OUT_OF_PROTOCOL, t0.plus(Duration.ofHours(168)), 3)),
                null,
                null,
                null,
                null,
                null,
                false,
                null);
    }

    /** The same run under another urgency class. */
    public static SlaClock of(SlaClock c, Urgency urgency) {
        return copy(c, urgency, null, null, null, null);
    }

    public static SlaClock paused(SlaClock clock, Instant since, String reason) {
        return copy(clock, clock.urgency(), null, since, null, reason);
    }

    public static SlaClock stopped(SlaClock clock, Instant at) {
        return copy(clock, clock.urgency(), at, null, null, null);
    }

    public static SlaClock waived(SlaClock clock, Instant at, String reason) {
        return copy(clock, clock.urgency(), null, null, at, reason);
    }

    /** A change that leaves the run as it is. */
    public static ClockChange change(SlaClock clock, ClockChange.What what, Instant when, @Nullable String threshold) {
        return new ClockChange(
                clock.caseId(),
                clock.clock(),
                clock.anchor(),
                when,
                what,
                clock.state(when),
                clock.startedAt(),
                clock.latestAt(),
                threshold,
                null,
                null,
                null);
    }

    @Override
    public void close() {
        for (String table : List.of("sla_clock_change", "sla_clock", "milestone", "tumor_case")) {
            jdbc.sql("delete from " + table + " where case_id = any(:cases)")
                    .param("cases", cases.stream().map(CaseId::value).toArray(String[]::new))
                    .update();
        }
        cases.clear();
    }

    static Threshold threshold(String name, Threshold.Kind kind, Instant at, int level) {
        return new Threshold(name, kind, at, level, null, null, false);
    }

    private static SlaClock copy(
            SlaClock c,
            Urgency urgency,
            @Nullable Instant stoppedAt,
            @Nullable Instant pausedAt,
            @Nullable Instant waivedAt,
            @Nullable String reason) {
        return new SlaClock(
                c.caseId(),
                c.clock(),
                c.anchor(),
                urgency,
                c.policyVersion(),
                c.department(),
                c.startedAt(),
                c.startedBy(),
                c.recordedAt(),
                c.earliestAt(),
                c.latestAt(),
                c.outOfProtocolAt(),
                c.thresholds(),
                stoppedAt,
                stoppedAt == null ? null : "triaged //hospital.example/neurosurgery e-2",
                null,
                pausedAt,
                waivedAt,
                c.earliestWaived(),
                reason);
    }
}
