package org.tumorboard.pathway;

import java.time.Duration;
import java.time.Instant;
import java.time.Period;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Objects;
import org.camunda.bpm.engine.delegate.VariableScope;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Arithmetic on clinical times for expressions of the models: {@code ${clinical.plus(srsDeliveredAt, 'PT24H')}}. */
@Component("clinical")
public final class Clinical {

    /** The latest of the instants in the named variables (names separated by blanks), null if none is set. */
    public @Nullable String latest(VariableScope scope, String names) {
        return Arrays.stream(names.trim().split("\\s+"))
                .map(scope::getVariable)
                .filter(Objects::nonNull)
                .map(String::valueOf)
                .filter(text -> !isMissing(text))
                .map(Times::instant)
                .max(Comparator.naturalOrder())
                .map(Instant::toString)
                .orElse(null);
    }

    /** Hours from one instant to the other, negative if it lies before; null if either is missing. */
    public @Nullable Double hoursBetween(@Nullable String from, @Nullable String to) {
        return isMissing(from) || isMissing(to)
                ? null
                : Duration.between(Times.instant(from), Times.instant(to)).toSeconds() / 3600.0;
    }

    /**
     * The instant plus an ISO-8601 duration; null if either is missing.
     *
     * @param duration of hours ({@code PT24H}), or of days, weeks, months and years ({@code P2M}) of the UTC calendar
     */
    public @Nullable String plus(@Nullable String from, @Nullable String duration) {
        if (isMissing(from) || isMissing(duration)) {
            return null;
        }
        Instant start = Times.instant(from);
        return duration.contains("T")
                ? start.plus(Duration.parse(duration)).toString()
                : start.atOffset(ZoneOffset.UTC)
                        .plus(Period.parse(duration))
                        .toInstant()
                        .toString();
    }

    /** The day of the instant in UTC, as {@code 2026-05-04}; null if it is missing. */
    public @Nullable String dateOf(@Nullable String instant) {
        return isMissing(instant)
                ? null
                : Times.instant(instant).atOffset(ZoneOffset.UTC).toLocalDate().toString();
    }

    /** When the day of the instant ends in UTC; null if it is missing. */
    public @Nullable String endOfDay(@Nullable String instant) {
        return isMissing(instant)
                ? null
                : Times.instant(instant)
                        .truncatedTo(ChronoUnit.DAYS)
                        .plus(1, ChronoUnit.DAYS)
                        .toString();
    }

    /** Whether the instant lies in the last span that began: at or after {@code from}, and before it ended. */
    public boolean isWithin(@Nullable String instant, @Nullable String from, @Nullable String to) {
        if (isMissing(instant) || isMissing(from) || Times.instant(instant).isBefore(Times.instant(from))) {
            return false;
        }
        boolean hasEnded = !isMissing(to) && Times.instant(to).isAfter(Times.instant(from));
        return !hasEnded || Times.instant(instant).isBefore(Times.instant(to));
    }

    /** Expressions hand over a missing text as an empty one. */
    private static boolean isMissing(@Nullable String text) {
        return text == null || text.isBlank();
    }
}
