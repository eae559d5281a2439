package org.tumorboard.inbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
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
                "ward", null, ago(1), null, 2, 1, ago(9), waiting(0, 0), hours(4), Duration.ofMinutes(5));

        assertThat(byHand.standing(NOW)).isEqualTo(Standing.HEARD);
    }

    @Test
    void isDelayedAndNotSilentWhileItsEventsWait() {
        assertThat(silentWith(waiting(12, 6)).standing(NOW)).isEqualTo(Standing.DELAYED);
        assertThat(silentWith(waiting(12, 6)).standing(NOW).isRisk()).isTrue();
        assertThat(Standing.NOTHING_TO_SAY.isRisk()).isFalse();
    }

    @Test
    void isNotSilentWhileATransactionOfItsOwnHoldsBackWhatItSent() {
        assertThat(silentWith(withheld(4)).standing(NOW)).isEqualTo(Standing.SILENT_WHILE_AWAITED);
        assertThat(silentWith(withheld(6)).standing(NOW)).isEqualTo(Standing.WITHHELD);
        assertThat(Standing.WITHHELD.isRisk()).isTrue();
    }

    /** The sender's word counts between what was seen here: it waits since then at least, and was not there before. */
    @Test
    void isAsLateAsBothClocksLetItBe() {
        assertThat(oldest(-60, 10, null)).isEqualTo(Duration.ofMinutes(10));
        assertThat(oldest(60, 0, 1)).isEqualTo(Duration.ofMinutes(1));
        assertThat(oldest(60, 0, null)).isEqualTo(Duration.ofMinutes(60));
        assertThat(oldest(7, 6, 8)).isEqualTo(Duration.ofMinutes(7));
        assertThat(oldest(-60, 0, 1)).isZero();
    }

    private static Duration oldest(long sentAgo, long seenFor, @Nullable Integer atMost) {
        return TopicState.Waiting.of(
                        1,
                        Duration.ofMinutes(sentAgo),
                        Duration.ofMinutes(seenFor),
                        atMost == null ? null : Duration.ofMinutes(atMost))
                .oldest();
    }

    private static DepartmentPulse silentWith(TopicState topic) {
        return new DepartmentPulse(
                "ward", ago(40), null, hours(6), 2, 1, ago(9), topic, hours(6), Duration.ofMinutes(5));
    }

    private static TopicState waiting(long untaken, long minutes) {
        Duration age = Duration.ofMinutes(minutes);
        return new TopicState(6, List.of(), TopicState.Waiting.of(untaken, age, age, null), null);
    }

    private static TopicState withheld(long minutes) {
        return new TopicState(
                6, List.of(), TopicState.Waiting.NOTHING, new TopicState.Withheld(3, Duration.ofMinutes(minutes)));
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
                waiting(0, 0),
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
