package org.tumorboard.sla;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.tumorboard.event.CaseId;

/** What a clock says at and around its bounds: both are inclusive, and an instant is passed only after it. */
class SlaClockTest {

    private static final Instant T0 = Instant.parse("2026-03-02T08:00:00Z");
    private static final Instant OPENS = T0.plus(Duration.ofHours(24));
    private static final Instant CLOSES = T0.plus(Duration.ofHours(48));
    private static final CaseId CASE = new CaseId("case-1");

    private final SlaClock window = ClockRows.aWindow(CASE, T0);
    private final SlaClock triage = ClockRows.aClock(CASE, "triage", "neurosurgery", T0, Duration.ofHours(4));

    @Test
    void isTooEarlyUntilTheWindowOpensAndOnTrackFromItsFirstInstant() {
        assertThat(window.standing(OPENS.minusNanos(1))).contains(Standing.TOO_EARLY);
        assertThat(window.standing(OPENS)).contains(Standing.ON_TRACK);
        assertThat(window.state(OPENS.minusNanos(1))).isEqualTo(ClockState.RUNNING);
    }

    @Test
    void isBreachedOnlyAfterTheLastInstantOfTheWindow() {
        assertThat(window.state(CLOSES)).isEqualTo(ClockState.WARNED);
        assertThat(window.standing(CLOSES)).contains(Standing.AT_RISK);
        assertThat(window.state(CLOSES.plusNanos(1))).isEqualTo(ClockState.BREACHED);
        assertThat(window.standing(CLOSES.plusNanos(1))).contains(Standing.OVERDUE);
    }

    @Test
    void warnsOnlyAfterTheInstantOfTheWarning() {
        Instant warns = T0.plus(Duration.ofHours(2));

        assertThat(triage.state(warns)).isEqualTo(ClockState.RUNNING);
        assertThat(triage.state(warns.plusNanos(1))).isEqualTo(ClockState.WARNED);
    }

    @Test
    void isMetAtBothBoundsAndNotBesideThem() {
        assertThat(stateWhenStopped(OPENS.minusNanos(1))).isEqualTo(ClockState.MET_EARLY);
        assertThat(stateWhenStopped(OPENS)).isEqualTo(ClockState.MET);
        assertThat(stateWhenStopped(CLOSES)).isEqualTo(ClockState.MET);
        assertThat(stateWhenStopped(CLOSES.plusNanos(1))).isEqualTo(ClockState.MET_LATE);
    }

    @Test
    void keepsTheVerdictOfTheStopHoweverLateItIsAsked() {
        SlaClock stopped = ClockRows.stopped(triage, T0.plus(Duration.ofHours(3)));

        assertThat(stopped.state(CLOSES)).isEqualTo(ClockState.MET);
        assertThat(stopped.standing(CLOSES)).isEmpty();
        assertThat(stopped.elapsed()).isEqualTo(Duration.ofHours(3));
    }

    @Test
    void standsStillWhilePausedUnlessItWasBreachedBefore() {
        SlaClock paused = ClockRows.paused(triage, triage.latestAt(), "PATIENT_REQUEST");
        SlaClock pausedTooLate = ClockRows.paused(triage, triage.latestAt().plusNanos(1), "PATIENT_REQUEST");

        assertThat(paused.standing(CLOSES)).contains(Standing.PAUSED);
        assertThat(paused.state(CLOSES)).isEqualTo(ClockState.PAUSED);
        assertThat(pausedTooLate.standing(CLOSES)).contains(Standing.OVERDUE);
    }

    @Test
    void asksForNothingOnceItIsWaived() {
        SlaClock waived = ClockRows.waived(triage, T0.plusSeconds(60), "NOT_INDICATED");

        assertThat(waived.state(CLOSES)).isEqualTo(ClockState.WAIVED);
        assertThat(waived.standing(CLOSES)).isEmpty();
    }

    private ClockState stateWhenStopped(Instant at) {
        return ClockRows.stopped(window, at).state(Instant.MAX);
    }
}
