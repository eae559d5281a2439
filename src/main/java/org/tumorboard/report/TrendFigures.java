package org.tumorboard.report;

import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.temporal.TemporalAdjusters;
import java.util.ArrayList;
import java.util.List;

/**
 * Week by week, at least half a year back.
 *
 * @param onTime of the runs asked for
 * @param insideWindow resections inside their window, of all departments and clocks together
 */
public record TrendFigures(RunChart onTime, RunChart insideWindow) {

    private static final int WEEKS = 26;

    /** The Monday with which the trend of a period starts. */
    static Instant start(RunFilter filter, ZoneId zone) {
        LocalDate back = filter.to().atZone(zone).toLocalDate().minusWeeks(WEEKS - 1);
        LocalDate from = filter.from().atZone(zone).toLocalDate();
        LocalDate first = from.isBefore(back) ? from : back;
        return first.with(TemporalAdjusters.previousOrSame(DayOfWeek.MONDAY))
                .atStartOfDay(zone)
                .toInstant();
    }

    static TrendFigures of(List<DecidedRun> decided, RunFilter filter, ZoneId zone) {
        RunFilter whole = filter.between(start(filter, zone), filter.to());
        List<DecidedRun> windows = decided.stream()
                .filter(run -> whole.holds(run.decidedAt()) && run.run().clock().equals(WindowFigures.CLOCK))
                .toList();
        List<DecidedRun> runs = decided.stream().filter(whole::takes).toList();
        return new TrendFigures(RunChart.of(weeks(runs, whole, zone)), RunChart.of(weeks(windows, whole, zone)));
    }

    private static List<RunChart.Week> weeks(List<DecidedRun> runs, RunFilter whole, ZoneId zone) {
        List<RunChart.Week> weeks = new ArrayList<>();
        LocalDate monday = whole.from().atZone(zone).toLocalDate();
        int next = 0;
        for (Instant start = whole.from(); start.isBefore(whole.to()); monday = monday.plusWeeks(1)) {
            Instant end = earlier(monday.plusWeeks(1).atStartOfDay(zone).toInstant(), whole.to());
            int first = next;
            while (next < runs.size() && runs.get(next).decidedAt().isBefore(end)) {
                next++;
            }
            OnTime counts = OnTime.of(runs.subList(first, next));
            weeks.add(new RunChart.Week(monday, start, end, counts.met(), counts.n()));
            start = end;
        }
        return weeks;
    }

    private static Instant earlier(Instant one, Instant other) {
        return one.isBefore(other) ? one : other;
    }
}
