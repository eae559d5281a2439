package org.tumorboard.report;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.tumorboard.sla.SlaClock;

/**
 * When resections began, measured from the end of radiosurgery. Of a window that closed without an incision the verdict is
 * late, so that a resection that never came is not left out.
 *
 * @param n decided windows: early, inside and late
 * @param late after the window, or past it without an incision
 * @param within168h began before the protocol no longer held (168 h)
 * @param decided168h of how many it is certain whether they did
 */
public record WindowFigures(int n, int early, int inside, int late, int within168h, int decided168h) {

    /** The clock that measures it. */
    public static final String CLOCK = "resection-window";

    /**
     * A line of the table that shows these figures.
     *
     * @param verdict early, inside, late or within-168-h
     * @param share of n, from 0 to 1; null without windows
     * @param low of the 95 % interval
     * @param high of the 95 % interval
     */
    public record Share(
            String verdict, int count, int n, @Nullable Double share, @Nullable Double low, @Nullable Double high) {

        static Share of(String verdict, int count, int n) {
            Interval interval = Interval.wilson(count, n);
            return interval == null
                    ? new Share(verdict, count, n, null, null, null)
                    : new Share(verdict, count, n, (double) count / n, interval.low(), interval.high());
        }
    }

    static WindowFigures of(List<DecidedRun> windows, Instant now) {
        OnTime counts = OnTime.of(windows);
        int within = 0;
        int decided = 0;
        for (DecidedRun window : windows) {
            Boolean kept = keptProtocol(window.run(), now);
            decided += kept == null ? 0 : 1;
            within += Boolean.TRUE.equals(kept) ? 1 : 0;
        }
        return new WindowFigures(counts.n(), counts.early(), counts.met(), counts.breached(), within, decided);
    }

    /** Null while it is not certain yet, or without such a limit. */
    static @Nullable Boolean keptProtocol(SlaClock run, Instant now) {
        if (run.outOfProtocolAt() == null) {
            return null;
        }
        if (run.stoppedAt() != null) {
            return !run.stoppedAt().isAfter(run.outOfProtocolAt());
        }
        return run.isPassed(run.outOfProtocolAt(), now) ? false : null;
    }

    public List<Share> shares() {
        return List.of(
                Share.of("early", early, n),
                Share.of("inside", inside, n),
                Share.of("late", late, n),
                Share.of("within-168-h", within168h, decided168h));
    }
}
