package org.tumorboard.pathway;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Objects;
import org.camunda.bpm.engine.delegate.VariableScope;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Arithmetic on clinical times for expressions of the models: {@code ${clinical.plus(srsDeliveredAt, 'PT24H')}}. */
@Component("clinical")
public final class Clinical {

    private final CurrentEvent current;

    Clinical(CurrentEvent current) {
        this.current = current;
    }

    /** The latest of the instants in the named variables (names separated by blanks), null if none is set. */
    public @Nullable String latest(VariableScope scope, String names) {
        return Arrays.stream(names.trim().split("\\s+"))
                .map(scope::getVariable)
                .filter(Objects::nonNull)
                .map(String::valueOf)
                .map(Times::instant)
                .max(Comparator.naturalOrder())
                .map(Instant::toString)
                .orElse(null);
    }

    /** Hours from one instant to the other, negative if it lies before; null if either is missing. */
    public @Nullable Double hoursBetween(@Nullable String from, @Nullable String to) {
        return from == null || to == null
                ? null
                : Duration.between(Times.instant(from), Times.instant(to)).toSeconds() / 3600.0;
    }

    /**
     * Full days from the instant to the clinical time of what moves the case now, so that a late report is judged as a
     * punctual one; null if it is missing.
     */
    public @Nullable Long daysSince(@Nullable String from) {
        return from == null
                ? null
                : Duration.between(Times.instant(from), current.time()).toDays();
    }

    /** The instant plus an ISO-8601 duration; null if either is missing. */
    public @Nullable String plus(@Nullable String from, @Nullable String duration) {
        return from == null || duration == null
                ? null
                : Times.instant(from).plus(Duration.parse(duration)).toString();
    }

    /** The day of the instant in UTC, as {@code 2026-05-04}; null if it is missing. */
    public @Nullable String dateOf(@Nullable String instant) {
        return instant == null
                ? null
                : Times.instant(instant).atOffset(ZoneOffset.UTC).toLocalDate().toString();
    }

    public @Nullable String plusHours(@Nullable String from, @Nullable Number hours) {
        return from == null || hours == null
                ? null
                : Times.instant(from)
                        .plusSeconds(Math.round(hours.doubleValue() * 3600))
                        .toString();
    }

    /** The instant plus calendar months, in UTC. */
    public @Nullable String plusMonths(@Nullable String from, @Nullable Number months) {
        return from == null || months == null
                ? null
                : Times.instant(from)
                        .atOffset(ZoneOffset.UTC)
                        .plusMonths(months.longValue())
                        .toInstant()
                        .toString();
    }
}
