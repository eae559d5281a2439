package org.tumorboard.pathway;

import java.time.Clock;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.variable.Variables;
import org.camunda.bpm.engine.variable.value.TypedValue;
import org.springframework.context.annotation.Lazy;
import org.springframework.stereotype.Component;
import org.tumorboard.event.CaseId;
import org.tumorboard.event.EventIdentity;
import org.tumorboard.sla.Adjustment;
import org.tumorboard.sla.Announcement;
import org.tumorboard.sla.CaseClocks;
import org.tumorboard.sla.Milestone;
import org.tumorboard.sla.SlaClock;

/** What the models {@code sla-watch} and {@code sla-escalation} do, and what people decide about clocks. */
@Component("slaWatch")
public final class SlaWatch {

    /** From this level on somebody must take over by a task. */
    private static final int ESCALATION_LEVEL = 2;

    private final CaseFiles files;
    private final ClockKeeper keeper;
    private final ClockNotices notices;
    private final Watches watches;
    private final CurrentEvent current;
    private final TimerLateness lateness;
    private final SlaProperties properties;
    private final Clock clock;

    SlaWatch(
            CaseFiles files,
            @Lazy ClockKeeper keeper,
            ClockNotices notices,
            @Lazy Watches watches,
            CurrentEvent current,
            TimerLateness lateness,
            SlaProperties properties,
            Clock clock) {
        this.files = files;
        this.keeper = keeper;
        this.notices = notices;
        this.watches = watches;
        this.current = current;
        this.lateness = lateness;
        this.properties = properties;
        this.clock = clock;
    }

    /** When the watch must look again: as soon as the nearest threshold of all the case's clocks is passed. */
    public Date nearest(DelegateExecution execution) {
        return Date.from(Watches.nudge(keeper.of(file(execution))).orElseGet(clock::instant));
    }

    /**
     * Announces what is passed and not on record. Says in {@code escalationNeeded} whether somebody must take over, and
     * in {@code thresholdAhead} whether there is anything left to watch for.
     */
    public void announce(DelegateExecution execution) {
        CaseFile file = file(execution);
        announce(file);
        tell(execution, "escalationNeeded", !file.escalations().isEmpty());
        tell(execution, "thresholdAhead", keeper.of(file).nearest().isPresent());
    }

    /** For the gateways that come next in this transaction: nothing of it is stored, unless an earlier version did so. */
    private static void tell(DelegateExecution execution, String name, boolean value) {
        TypedValue before = execution.getVariableTyped(name);
        boolean isStored = before != null && !before.isTransient();
        execution.setVariable(name, Variables.booleanValue(value, !isStored));
    }

    /** The same without the model, for the self-check. */
    void announce(CaseFile file) {
        Instant now = clock.instant();
        CaseClocks clocks = keeper.of(file);
        List<Announcement> announcements = clocks.announce(now, properties.lateAfter());
        notices.tell(file, announcements);
        announcements.stream()
                .filter(one -> one.what() != Announcement.What.RESOLVED)
                .forEach(one -> lateness.announced(one, now));
        file.escalate(announcements.stream()
                .filter(one -> one.what() != Announcement.What.RESOLVED
                        && one.level() >= ESCALATION_LEVEL
                        && one.clock().isOpen())
                .toList());
    }

    /** Opens the tasks by which somebody takes over. */
    public void escalate(DelegateExecution execution) {
        escalate(file(execution));
    }

    void escalate(CaseFile file) {
        file.takeEscalations().forEach(escalation -> watches.startEscalation(file.id(), escalation));
    }

    /** Somebody took over: the ladder of that run climbs no further. */
    public void acknowledge(DelegateExecution execution) {
        CaseFile file = file(execution);
        String name = String.valueOf(execution.getVariable("escalationClock"));
        String anchor = String.valueOf(execution.getVariable("escalationAnchor"));
        keeper.of(file).run(name, anchor).filter(SlaClock::isOpen).ifPresent(run -> {
            String reason = String.valueOf(current.get("reason"));
            EventIdentity cause = current.identity();
            decide(file, Adjustment.ACKNOWLEDGED, name, reason);
            keeper.of(file)
                    .acknowledged(run, clock.instant(), new CaseClocks.Cause(cause.source(), cause.id(), reason));
        });
    }

    /** Pauses, resumes or waives a clock, as the event at hand says. */
    public void adjust(DelegateExecution execution) {
        CaseFile file = file(execution);
        String what = String.valueOf(current.get("step"));
        String name = String.valueOf(current.get("clock"));
        decide(file, what, name, String.valueOf(current.get("reason")));
    }

    /** The clock need not be kept any more; the reason is that of the event at hand. */
    public void waive(DelegateExecution execution, String clockName) {
        decide(file(execution), Adjustment.WAIVED, clockName, String.valueOf(current.get("reason")));
    }

    /** The lower bound of a window need not be kept; the reason is that of the event at hand. */
    public void waiveEarliest(DelegateExecution execution, String clockName) {
        decide(file(execution), Adjustment.EARLIEST_WAIVED, clockName, String.valueOf(current.get("reason")));
    }

    private void decide(CaseFile file, String what, String clockName, String reason) {
        EventIdentity cause = current.identity();
        file.earn(Milestone.told(file.id(), what, current.time(), clock.instant(), cause.source(), cause.id())
                .about(clockName, reason));
    }

    private CaseFile file(DelegateExecution execution) {
        return files.of(new CaseId(execution.getProcessBusinessKey()));
    }
}
