package org.tumorboard.report;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.tumorboard.event.Urgency;

/**
 * Which decided runs are counted.
 *
 * @param from first instant of the period, by {@link DecidedRun#decidedAt}
 * @param to first instant after it
 * @param department the group that owns the clock; null for all
 */
public record RunFilter(
        Instant from, Instant to, @Nullable String department, @Nullable Urgency urgency, @Nullable String clock) {

    public RunFilter {
        if (!from.isBefore(to)) {
            throw new IllegalArgumentException(
                    "expected a period, but it ends at %s and starts at %s".formatted(to, from));
        }
    }

    /** The period of the same length just before. */
    public RunFilter previous() {
        return between(from.minus(Duration.between(from, to)), from);
    }

    public RunFilter between(Instant start, Instant end) {
        return new RunFilter(start, end, department, urgency, clock);
    }

    /** Whether a run of the period fits; the window of resection is counted for all departments and clocks together. */
    boolean takes(DecidedRun decided) {
        return holds(decided.decidedAt())
                && (clock == null || clock.equals(decided.run().clock()))
                && (department == null || department.equals(decided.run().department()));
    }

    boolean holds(Instant at) {
        return !at.isBefore(from) && at.isBefore(to);
    }
}
