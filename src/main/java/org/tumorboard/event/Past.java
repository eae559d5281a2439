package org.tumorboard.event;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** The bounds of every time that is said to have been: the clinical time of an event, and what its data tell of the past. */
public final class Past {

    /** How far ahead of now it may be, for clocks that differ a little. */
    static final Duration CLOCK_DIFFERENCE = Duration.ofMinutes(5);

    /** What is earlier comes from a clock that was never set. */
    static final Instant EARLIEST = Instant.parse("2000-01-01T00:00:00Z");

    private Past() {}

    /**
     * @param field what sentences call it
     * @return a sentence that says what was expected; empty if it lies within bounds
     */
    public static Optional<String> complaint(String field, Instant time, Instant now) {
        Instant latest = now.plus(CLOCK_DIFFERENCE);
        if (time.isAfter(latest)) {
            return Optional.of("%s: expected at most %s (%d min ahead of now), but got %s"
                    .formatted(field, latest, CLOCK_DIFFERENCE.toMinutes(), time));
        }
        return time.isBefore(EARLIEST)
                ? Optional.of("%s: expected %s or later, but got %s".formatted(field, EARLIEST, time))
                : Optional.empty();
    }
}
