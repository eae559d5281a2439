package org.tumorboard.report;

import java.util.Collection;
import org.jspecify.annotations.Nullable;

/**
 * How many decided runs were on time. Early is not on time: a window has two bounds.
 *
 * @param met stopped between the bounds, both inclusive
 * @param early stopped before the earliest moment
 * @param breached stopped late, or not at all
 */
public record OnTime(int met, int early, int breached) {

    static OnTime of(Collection<DecidedRun> runs) {
        int[] counts = new int[DecidedRun.Verdict.values().length];
        runs.forEach(run -> counts[run.verdict().ordinal()]++);
        return new OnTime(
                counts[DecidedRun.Verdict.MET.ordinal()],
                counts[DecidedRun.Verdict.EARLY.ordinal()],
                counts[DecidedRun.Verdict.BREACHED.ordinal()]);
    }

    public int n() {
        return met + early + breached;
    }

    /** From 0 to 1; null where nothing was decided. */
    public @Nullable Double rate() {
        return n() == 0 ? null : (double) met / n();
    }

    public @Nullable Interval interval() {
        return Interval.wilson(met, n());
    }
}
