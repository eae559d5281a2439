package org.tumorboard.sla;

import com.fasterxml.jackson.annotation.JsonIgnore;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.tumorboard.event.CaseId;
import org.tumorboard.event.Urgency;

/**
 * One run of an SLA clock of a case. Its state is told against now, by {@link #state}, and never stored while it is
 * open.
 *
 * @param anchor source and id of the event whose milestone started it: its identity, also after a correction
 * @param urgency the class whose limits count: at the stop, or now
 * @param policyVersion version of {@code sla-policy} in force when it started
 * @param department the group that owns it: level 0
 * @param startedAt clinical time of the starting milestone, or the due date it runs towards
 * @param startedBy name of the starting milestone
 * @param recordedAt when the engine learned that it had started
 * @param earliestAt before it, stopping is too early; null without lower bound
 * @param latestAt last instant at which it is met, both bounds inclusive; shifted by pauses that have ended
 * @param thresholds by time
 * @param stoppedAt clinical time of the milestone that met it, in time or not
 * @param stoppedBy name, source and id of that milestone
 * @param endedAt when it ended without being met
 * @param pausedAt since when it is paused
 * @param earliestWaived the lower bound need not be kept
 * @param reason code given by whoever paused or waived it
 */
public record SlaClock(
        CaseId caseId,
        String clock,
        String anchor,
        Urgency urgency,
        int policyVersion,
        String department,
        Instant startedAt,
        String startedBy,
        Instant recordedAt,
        @Nullable Instant earliestAt,
        Instant latestAt,
        @Nullable Instant outOfProtocolAt,
        List<Threshold> thresholds,
        @Nullable Instant stoppedAt,
        @Nullable String stoppedBy,
        @Nullable Instant endedAt,
        @Nullable Instant pausedAt,
        @Nullable Instant waivedAt,
        boolean earliestWaived,
        @Nullable String reason) {

    /** What to know a run by within its case. */
    public record Key(String clock, String anchor) {}

    public Key key() {
        return new Key(clock, anchor);
    }

    /** The state as of now. An instant is passed when now, or the stop, lies after it; the bounds are inclusive. */
    public ClockState state(Instant now) {
        if (waivedAt != null) {
            return ClockState.WAIVED;
        }
        if (stoppedAt != null) {
            if (earliestAt != null && stoppedAt.isBefore(earliestAt)) {
                return ClockState.MET_EARLY;
            }
            return stoppedAt.isAfter(latestAt) ? ClockState.MET_LATE : ClockState.MET;
        }
        if (endedAt != null) {
            return isPassed(latestAt, now) ? ClockState.BREACHED : ClockState.CANCELLED;
        }
        if (isPassed(latestAt, now)) {
            return ClockState.BREACHED;
        }
        if (pausedAt != null) {
            return ClockState.PAUSED;
        }
        return thresholds.stream().anyMatch(t -> t.kind() == Threshold.Kind.WARNING && isPassed(t.at(), now))
                ? ClockState.WARNED
                : ClockState.RUNNING;
    }

    /** How it looks while it is open; empty once it is stopped, ended or waived. */
    public Optional<Standing> standing(Instant now) {
        if (!isOpen()) {
            return Optional.empty();
        }
        return Optional.of(
                switch (state(now)) {
                    case BREACHED -> Standing.OVERDUE;
                    case PAUSED -> Standing.PAUSED;
                    default -> isTooEarly(now)
                            ? Standing.TOO_EARLY
                            : state(now) == ClockState.WARNED ? Standing.AT_RISK : Standing.ON_TRACK;
                });
    }

    @JsonIgnore
    public boolean isOpen() {
        return stoppedAt == null && endedAt == null && waivedAt == null;
    }

    public boolean isTooEarly(Instant now) {
        return earliestAt != null && !earliestWaived && now.isBefore(earliestAt);
    }

    /** From the start to the stop; null unless it was stopped. */
    public @Nullable Duration elapsed() {
        return stoppedAt == null ? null : Duration.between(startedAt, stoppedAt);
    }

    /** Whether an instant of this run lies behind: as of the stop, the end, the pause, or now. */
    public boolean isPassed(Instant at, Instant now) {
        return at.isBefore(horizon(now));
    }

    private Instant horizon(Instant now) {
        if (stoppedAt != null) {
            return stoppedAt;
        }
        Instant horizon = now;
        for (Instant end : new Instant[] {endedAt, waivedAt, pausedAt}) {
            horizon = end != null && end.isBefore(horizon) ? end : horizon;
        }
        return horizon;
    }

    /** The thresholds that are passed and not on record, by time. */
    List<Threshold> due(Instant now) {
        return thresholds.stream()
                .filter(threshold -> !threshold.isOnRecord() && isPassed(threshold.at(), now))
                .toList();
    }

    /** The nearest threshold that is not on record though it is passed, or will be unless something happens. */
    Optional<Threshold> nextToAnnounce() {
        return thresholds.stream()
                .filter(threshold -> !threshold.isOnRecord() && isPassed(threshold.at(), Instant.MAX))
                .min(Comparator.comparing(Threshold::at));
    }

    /** Whether it was over by then. */
    boolean isOver(Instant at) {
        return !horizon(Instant.MAX).isAfter(at);
    }

    /** What started it was taken back: it ends before anything of it was passed, without a verdict. */
    SlaClock withoutStart() {
        Instant end = thresholds.stream()
                .map(Threshold::at)
                .filter(startedAt::isAfter)
                .findFirst()
                .orElse(startedAt);
        return copy(thresholds, null, null, end, null);
    }

    /** As it was when nothing but its start was known. */
    SlaClock asStarted() {
        return copy(thresholds, null, null, null, null);
    }

    SlaClock with(List<Threshold> changed) {
        return copy(changed, stoppedAt, stoppedBy, endedAt, waivedAt);
    }

    private SlaClock copy(
            List<Threshold> newThresholds,
            @Nullable Instant newStop,
            @Nullable String newStoppedBy,
            @Nullable Instant newEnd,
            @Nullable Instant newWaiver) {
        return new SlaClock(
                caseId,
                clock,
                anchor,
                urgency,
                policyVersion,
                department,
                startedAt,
                startedBy,
                recordedAt,
                earliestAt,
                latestAt,
                outOfProtocolAt,
                newThresholds,
                newStop,
                newStoppedBy,
                newEnd,
                pausedAt,
                newWaiver,
                earliestWaived,
                reason);
    }
}
