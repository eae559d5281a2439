package org.tumorboard.sla;

import java.time.Duration;
import java.time.format.DateTimeParseException;
import org.jspecify.annotations.Nullable;

/** Durations of the policy: ISO 8601, days of 24 hours. */
final class Durations {

    private Durations() {}

    static Duration parse(String field, String text) {
        try {
            return Duration.parse(text);
        } catch (DateTimeParseException e) {
            throw new IllegalArgumentException(
                    "%s: expected a duration such as PT4H or P7D, but got '%s'".formatted(field, text), e);
        }
    }

    static @Nullable Duration parseOptional(String field, @Nullable String text) {
        return text == null || text.isBlank() ? null : parse(field, text.trim());
    }
}
