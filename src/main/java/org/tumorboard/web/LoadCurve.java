package org.tumorboard.web;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.tumorboard.sla.OpenClock;
import org.tumorboard.sla.SlaClock;

/**
 * How many limits lie ahead in each of the next 24 hours. What is paused or overdue has none ahead.
 *
 * @param hours from the hour at hand on
 * @param total of all hours
 */
record LoadCurve(List<Hour> hours, int total) {

    static final int HOURS = 24;

    /** Height of the drawing, which the fullest hour takes up. */
    static final int HEIGHT = 100;

    /**
     * @param from its first instant, on the full hour of UTC
     * @param height of its column
     */
    record Hour(Instant from, int count, int height) {}

    static LoadCurve of(List<OpenClock> open, Instant now) {
        Instant first = now.truncatedTo(ChronoUnit.HOURS);
        int[] counts = new int[HOURS];
        open.stream()
                .map(OpenClock::clock)
                .filter(clock -> clock.pausedAt() == null && !clock.latestAt().isBefore(now))
                .map(SlaClock::latestAt)
                .mapToLong(latest -> Duration.between(first, latest).toHours())
                .filter(hour -> hour < HOURS)
                .forEach(hour -> counts[(int) hour]++);
        int most = Math.max(1, IntStream.of(counts).max().orElse(0));
        List<Hour> hours = IntStream.range(0, HOURS)
                .mapToObj(hour ->
                        new Hour(first.plus(Duration.ofHours(hour)), counts[hour], counts[hour] * HEIGHT / most))
                .toList();
        return new LoadCurve(hours, IntStream.of(counts).sum());
    }

    /** The fullest hour, the first one of several; null if no limit lies ahead. */
    public @Nullable Hour peak() {
        return total == 0
                ? null
                : hours.stream()
                        .max(Comparator.comparing(Hour::count)
                                .thenComparing(Comparator.comparing(Hour::from).reversed()))
                        .orElseThrow();
    }
}
