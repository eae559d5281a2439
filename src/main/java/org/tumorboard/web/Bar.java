package org.tumorboard.web;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A run of a clock as a line of {@value #LENGTH} units, from its start to its limit, or to where it stands if that is
 * further.
 *
 * @param opens where it stops being too early; null without lower bound
 * @param closes its limit
 * @param at now, or where it stopped, ended or paused
 * @param marks warnings and further limits
 */
record Bar(@Nullable Integer opens, int closes, int at, List<Integer> marks) {

    static final int LENGTH = 1000;

    /** How much longer than up to its limit a run may be drawn, so that its bounds can still be told apart. */
    private static final int LONGEST = 4;

    static Bar of(ClockView clock, Instant now) {
        Instant at = Stream.of(clock.stoppedAt(), clock.endedAt(), clock.waivedAt(), clock.pausedAt())
                .filter(end -> end != null)
                .findFirst()
                .orElse(now);
        Instant from = Stream.concat(
                        Stream.of(clock.startedAt()),
                        clock.thresholds().stream().map(ClockView.ThresholdView::at))
                .min(Instant::compareTo)
                .orElseThrow();
        Duration toLimit = Duration.between(from, clock.latestAt());
        Instant furthest = from.plus(toLimit.multipliedBy(LONGEST));
        Instant to = Stream.of(clock.latestAt(), at.isAfter(furthest) ? furthest : at)
                .max(Instant::compareTo)
                .orElseThrow();
        Scale scale = new Scale(from, Math.max(1, Duration.between(from, to).toSeconds()));
        return new Bar(
                clock.earliestAt() == null ? null : scale.place(clock.earliestAt()),
                scale.place(clock.latestAt()),
                scale.place(at),
                clock.thresholds().stream()
                        .map(ClockView.ThresholdView::at)
                        .filter(mark -> !mark.equals(clock.latestAt()) && !mark.isAfter(to))
                        .map(scale::place)
                        .toList());
    }

    /** From the limit to where it stands; 0 while it is in time. */
    public int over() {
        return Math.max(0, at - closes);
    }

    /** From the start to where it stands, up to the limit. */
    public int spent() {
        return Math.min(at, closes);
    }

    private record Scale(Instant from, long seconds) {

        int place(Instant instant) {
            long place = Duration.between(from, instant).toSeconds() * LENGTH / seconds;
            return (int) Math.max(0, Math.min(LENGTH, place));
        }
    }
}
