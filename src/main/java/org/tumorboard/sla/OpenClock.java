package org.tumorboard.sla;

import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.Optional;
import org.tumorboard.event.CaseStatus;

/**
 * An open run together with what is known of its case.
 *
 * @param clock a run that is neither stopped nor ended nor waived
 * @param patientRef keyed pseudonym
 * @param phase process id of the phase that the case is in
 */
public record OpenClock(SlaClock clock, String patientRef, CaseStatus status, String phase) {

    public ClockState state(Instant now) {
        return clock.state(now);
    }

    public Standing standing(Instant now) {
        return clock.standing(now)
                .orElseThrow(() -> new IllegalStateException(
                        "expected an open clock of case %s, but %s is over".formatted(clock.caseId(), clock.clock())));
    }

    /** Until the limit; negative once it is behind, and standing still while the clock is paused. */
    public Duration left(Instant now) {
        return Duration.between(clock.pausedAt() == null ? now : clock.pausedAt(), clock.latestAt());
    }

    /** The nearest threshold ahead of which nothing is on record; empty while the clock is paused. */
    public Optional<Threshold> next(Instant now) {
        return clock.thresholds().stream()
                .filter(threshold -> clock.pausedAt() == null && threshold.outcome() == null)
                .filter(threshold -> !clock.isPassed(threshold.at(), now))
                .min(Comparator.comparing(Threshold::at));
    }
}
