package org.tumorboard.report;

import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A weekly p-chart: the share of each week around the share of all weeks, with limits three standard errors away, wider
 * the fewer runs a week has. What lies between them is chance; what is signalled wants an explanation.
 *
 * @param centre the share of all weeks together, from 0 to 1; null without runs
 */
public record RunChart(@Nullable Double centre, List<Point> points) {

    /** So many weeks in a row on one side of the centre are no chance. */
    static final int LONG_RUN = 8;

    private static final int SIGMAS = 3;

    /** What a week says. */
    public enum Signal {
        NONE,
        /** Outside the control limits. */
        OUTSIDE,
        /** One of eight or more in a row on the same side; weeks without runs or on the centre neither count nor break. */
        ONE_SIDE
    }

    /** What happened in a week, which starts on Monday in the zone of the statistics. */
    public record Week(LocalDate week, Instant from, Instant to, int hits, int n) {}

    /**
     * @param to end of the week, or now
     * @param share null in a week without runs, as are the limits
     * @param low lower control limit, not below 0
     * @param high upper control limit, not above 1
     */
    public record Point(
            LocalDate week,
            Instant from,
            Instant to,
            int n,
            int hits,
            @Nullable Double share,
            @Nullable Double centre,
            @Nullable Double low,
            @Nullable Double high,
            Signal signal) {}

    public static RunChart of(List<Week> weeks) {
        int n = weeks.stream().mapToInt(Week::n).sum();
        int hits = weeks.stream().mapToInt(Week::hits).sum();
        Double centre = n == 0 ? null : (double) hits / n;
        boolean[] oneSided = oneSided(weeks, hits, n);
        List<Point> points = new ArrayList<>();
        for (int i = 0; i < weeks.size(); i++) {
            points.add(point(weeks.get(i), centre, oneSided[i]));
        }
        return new RunChart(centre, points);
    }

    private static Point point(Week week, @Nullable Double centre, boolean oneSided) {
        if (centre == null || week.n() == 0) {
            return new Point(week.week(), week.from(), week.to(), 0, 0, null, centre, null, null, Signal.NONE);
        }
        double reach = SIGMAS * Math.sqrt(centre * (1 - centre) / week.n());
        double low = Math.max(0, centre - reach);
        double high = Math.min(1, centre + reach);
        double share = (double) week.hits() / week.n();
        Signal signal = share < low || share > high ? Signal.OUTSIDE : oneSided ? Signal.ONE_SIDE : Signal.NONE;
        return new Point(week.week(), week.from(), week.to(), week.n(), week.hits(), share, centre, low, high, signal);
    }

    private static boolean[] oneSided(List<Week> weeks, int hits, int n) {
        boolean[] flagged = new boolean[weeks.size()];
        List<Integer> run = new ArrayList<>();
        int side = 0;
        for (int i = 0; i < weeks.size(); i++) {
            Week week = weeks.get(i);
            int here = week.n() == 0 ? 0 : Long.compare((long) week.hits() * n, (long) hits * week.n());
            if (here == 0) {
                continue;
            }
            if (here != side) {
                run.clear();
                side = here;
            }
            run.add(i);
            if (run.size() >= LONG_RUN) {
                run.forEach(at -> flagged[at] = true);
            }
        }
        return flagged;
    }
}
