package org.tumorboard.inbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.tumorboard.inbox.DepartmentPulse.Standing;

/** When a department is called silent, and when not. */
class DepartmentPulseTest {

    private static final Instant NOW = Instant.parse("2026-03-02T08:00:00Z");

    @Test
    void isSilentOnlyBeyondItsOwnRhythm() {
        assertThat(pulse(6, 6L, 2, 0, null).standing(NOW)).isEqualTo(Standing.HEARD);
        assertThat(pulse(7, 6L, 2, 0, null).standing(NOW)).isEqualTo(Standing.SILENT_WHILE_AWAITED);
        assertThat(pulse(7, 6L, 0, 0, null).standing(NOW)).isEqualTo(Standing.SILENT);
    }

    @Test
    void isNeverSilentForLessThanTheFloor() {
        assertThat(pulse(4, 1L, 3, 1, null).standing(NOW)).isEqualTo(Standing.HEARD);
        assertThat(pulse(5, 1L, 3, 1, null).standing(NOW)).isEqualTo(Standing.SILENT_WHILE_AWAITED);
    }

    @Test
    void raisesNoAlarmWithoutARhythmUnlessAStepIsOverdue() {
        assertThat(pulse(400, null, 0, 0, null).standing(NOW)).isEqualTo(Standing.NOTHING_TO_SAY);
        assertThat(pulse(400, null, 3, 0, null).standing(NOW)).isEqualTo(Standing.NOTHING_TO_SAY);
        assertThat(pulse(400, null, 3, 1, 3).standing(NOW)).isEqualTo(Standing.HEARD);
        assertThat(pulse(400, null, 3, 1, 5).standing(NOW)).isEqualTo(Standing.SILENT_WHILE_AWAITED);
        assertThat(pulse(2, null, 3, 1, 5).standing(NOW)).isEqualTo(Standing.HEARD);
        assertThat(pulse(null, null, 1, 1, 5).standing(NOW)).isEqualTo(Standing.SILENT_WHILE_AWAITED);
    }

    @Test
    void countsWorkByHandForADepartmentWithoutRhythm() {
        DepartmentPulse byHand = new DepartmentPulse(
                "ward", null, ago(1), null, 2, 1, ago(9), 0L, Duration.ZERO, hours(4), Duration.ofMinutes(5));

        assertThat(byHand.standing(NOW)).isEqualTo(Standing.HEARD);
    }

    @Test
    void isDelayedAndNotSilentWhileItsEventsWait() {
        DepartmentPulse behind = new DepartmentPulse(
                "ward",
                ago(40),
                null,
                hours(6),
                2,
                1,
                ago(9),
                12L,
                Duration.ofMinutes(6),
                hours(6),
                Duration.ofMinutes(5));

        assertThat(behind.standing(NOW)).isEqualTo(Standing.DELAYED);
        assertThat(behind.standing(NOW).isRisk()).isTrue();
        assertThat(Standing.NOTHING_TO_SAY.isRisk()).isFalse();
    }

    /** Times in hours ago; the floor is 4 h. */
    private static DepartmentPulse pulse(
            @Nullable Integer heard, @Nullable Long usually, int awaited, int overdue, @Nullable Integer overdueSince) {
        Duration rhythm = usually == null ? null : hours(usually);
        return new DepartmentPulse(
                "radiology",
                heard == null ? null : ago(heard),
                null,
                rhythm,
                awaited,
                overdue,
                overdueSince == null ? null : ago(overdueSince),
                0L,
                Duration.ZERO,
                rhythm == null || rhythm.compareTo(hours(4)) < 0 ? hours(4) : rhythm,
                Duration.ofMinutes(5));
    }

    private static Instant ago(int hours) {
        return NOW.minus(hours(hours));
    }

    private static Duration hours(long hours) {
        return Duration.ofHours(hours);
    }
}
