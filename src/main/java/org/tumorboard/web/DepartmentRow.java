package org.tumorboard.web;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.tumorboard.inbox.DepartmentPulse;

/**
 * How a department is heard, as page and API show it.
 *
 * @param lastByHandAt when one of its steps was last completed by hand; null if none was of late
 * @param usualSilence seconds: the longest silence of a usual day; null if it has no regular rhythm
 * @param silence seconds since its last event; null if none was ever received
 * @param awaitedSteps open steps that its events would close
 * @param untakenEvents on its topic; null if the broker does not say
 * @param delay seconds: the age of the oldest of them
 */
record DepartmentRow(
        String department,
        DepartmentPulse.Standing standing,
        @Nullable Instant lastEventAt,
        @Nullable Instant lastByHandAt,
        @Nullable Long usualSilence,
        @Nullable Long silence,
        int awaitedSteps,
        int overdueSteps,
        @Nullable Long untakenEvents,
        @Nullable Long delay) {

    static DepartmentRow of(DepartmentPulse pulse, Instant now) {
        return new DepartmentRow(
                pulse.department(),
                pulse.standing(now),
                pulse.lastEventAt(),
                pulse.lastByHandAt(),
                seconds(pulse.usually()),
                seconds(pulse.silence(now)),
                pulse.awaited(),
                pulse.overdue(),
                pulse.untaken(),
                seconds(pulse.delay()));
    }

    private static @Nullable Long seconds(@Nullable Duration duration) {
        return duration == null ? null : duration.toSeconds();
    }
}
