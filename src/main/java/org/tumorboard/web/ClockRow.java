package org.tumorboard.web;

import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.tumorboard.event.CaseId;
import org.tumorboard.event.Urgency;
import org.tumorboard.sla.ClockState;
import org.tumorboard.sla.OpenClock;
import org.tumorboard.sla.SlaClock;
import org.tumorboard.sla.Standing;
import org.tumorboard.sla.Threshold;

/**
 * A running clock in a list.
 *
 * @param department the group that owns it
 * @param nextThreshold the nearest ahead; null where none is, or while it is paused
 * @param secondsLeft to the limit, negative once it is behind; it stands still while the clock is paused
 */
record ClockRow(
        CaseId caseId,
        String patientRef,
        String clock,
        ClockState state,
        Standing standing,
        Urgency urgency,
        String department,
        String phase,
        Instant startedAt,
        @Nullable Instant earliestAt,
        Instant latestAt,
        @Nullable String nextThreshold,
        @Nullable Instant nextThresholdAt,
        long secondsLeft,
        int policyVersion) {

    static ClockRow of(OpenClock open, Instant now) {
        SlaClock clock = open.clock();
        Optional<Threshold> next = open.next(now);
        return new ClockRow(
                clock.caseId(),
                open.patientRef(),
                clock.clock(),
                open.state(now),
                open.standing(now),
                clock.urgency(),
                clock.department(),
                open.phase(),
                clock.startedAt(),
                clock.earliestAt(),
                clock.latestAt(),
                next.map(Threshold::name).orElse(null),
                next.map(Threshold::at).orElse(null),
                open.left(now).toSeconds(),
                clock.policyVersion());
    }
}
