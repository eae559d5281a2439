package org.tumorboard.sla;

import java.time.Instant;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.tumorboard.event.Urgency;

/**
 * Which open clocks are asked for; null asks for all.
 *
 * @param department the group that owns the clock
 * @param urgency the class whose limits count
 * @param phase process id of the phase that the case is in
 */
public record ClockFilter(
        @Nullable ClockState state,
        @Nullable Standing standing,
        @Nullable String clock,
        @Nullable String department,
        @Nullable Urgency urgency,
        @Nullable String phase) {

    public static final ClockFilter ALL = new ClockFilter(null, null, null, null, null, null);

    Predicate<OpenClock> asOf(Instant now) {
        return open -> (clock == null || clock.equals(open.clock().clock()))
                && (department == null || department.equals(open.clock().department()))
                && (urgency == null || urgency == open.clock().urgency())
                && (phase == null || phase.equals(open.phase()))
                && (state == null || state == open.state(now))
                && (standing == null || standing == open.standing(now));
    }
}
