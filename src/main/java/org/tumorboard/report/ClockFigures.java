package org.tumorboard.report;

import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * How one clock did in a period. Shares are from 0 to 1, durations in seconds.
 *
 * @param n decided runs: met, early and breached
 * @param onTimeRate met of n; null without runs
 * @param low of the 95 % interval
 * @param high of the 95 % interval
 * @param target what the policy wants
 * @param previousRate of the period of the same length before
 * @param p50 from start to stop, of the runs that were stopped; by nearest rank
 */
public record ClockFigures(
        String clock,
        int n,
        int met,
        int early,
        int breached,
        @Nullable Double onTimeRate,
        @Nullable Double low,
        @Nullable Double high,
        double target,
        @Nullable Double previousRate,
        int previousN,
        @Nullable Long p50,
        @Nullable Long p90,
        @Nullable Long max) {

    static ClockFigures of(String clock, List<DecidedRun> runs, OnTime previous, double target) {
        if (target < 0 || target > 1) {
            throw new IllegalStateException(
                    "expected the target of %s to be a share from 0 to 1, but it is %s".formatted(clock, target));
        }
        OnTime counts = OnTime.of(runs);
        Interval interval = counts.interval();
        Percentiles elapsed = Percentiles.of(runs.stream()
                .map(decided -> decided.run().elapsed())
                .filter(Objects::nonNull)
                .toList());
        return new ClockFigures(
                clock,
                counts.n(),
                counts.met(),
                counts.early(),
                counts.breached(),
                counts.rate(),
                interval == null ? null : interval.low(),
                interval == null ? null : interval.high(),
                target,
                previous.rate(),
                previous.n(),
                Percentiles.seconds(elapsed.p50()),
                Percentiles.seconds(elapsed.p90()),
                Percentiles.seconds(elapsed.max()));
    }
}
