package org.tumorboard.report;

import static java.util.stream.Collectors.groupingBy;

import java.time.Instant;
import java.time.ZoneId;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/** What the decided runs of a period say, beside the period before; told from the runs alone. */
public final class PeriodFigures {

    private static final Comparator<String> WINDOW_FIRST = Comparator.<String, Boolean>comparing(
                    clock -> !clock.equals(WindowFigures.CLOCK))
            .thenComparing(Comparator.naturalOrder());

    private final List<DecidedRun> runs;
    private final List<DecidedRun> before;
    private final List<DecidedRun> windows;
    private final ZoneId zone;
    private final Instant now;

    /**
     * @param decided runs of the period and of the one before
     * @param now as of when the runs were read
     */
    PeriodFigures(List<DecidedRun> decided, RunFilter filter, ZoneId zone, Instant now) {
        RunFilter previous = filter.previous();
        this.runs = decided.stream().filter(filter::takes).toList();
        this.before = decided.stream().filter(previous::takes).toList();
        this.windows = decided.stream()
                .filter(run ->
                        filter.holds(run.decidedAt()) && run.run().clock().equals(WindowFigures.CLOCK))
                .toList();
        this.zone = zone;
        this.now = now;
    }

    public OnTime all() {
        return OnTime.of(runs);
    }

    /** Each clock that had runs in this period or the one before, the resection window first. */
    public List<ClockFigures> clocks(Targets targets) {
        Map<String, List<DecidedRun>> current =
                runs.stream().collect(groupingBy(run -> run.run().clock()));
        Map<String, List<DecidedRun>> previous =
                before.stream().collect(groupingBy(run -> run.run().clock()));
        TreeSet<String> clocks = new TreeSet<>(WINDOW_FIRST);
        clocks.addAll(current.keySet());
        clocks.addAll(previous.keySet());
        return clocks.stream()
                .map(clock -> ClockFigures.of(
                        clock,
                        current.getOrDefault(clock, List.of()),
                        OnTime.of(previous.getOrDefault(clock, List.of())),
                        targets.of(clock)))
                .toList();
    }

    /** Of all departments and clocks together, whatever is asked for otherwise. */
    public WindowFigures window() {
        return WindowFigures.of(windows, now);
    }

    public Histogram histogram() {
        return Histogram.of(windows);
    }

    public List<Breaches> byClock() {
        return Breaches.by(runs, run -> run.run().clock());
    }

    public List<Breaches> byDepartment() {
        return Breaches.by(runs, run -> run.run().department());
    }

    public List<Breaches> byHour() {
        return Breaches.byHour(runs, zone);
    }

    public List<Breaches> byWeekday() {
        return Breaches.byWeekday(runs, zone);
    }
}
