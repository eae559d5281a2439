package org.tumorboard.report;

import static java.util.stream.Collectors.groupingBy;

import java.time.DayOfWeek;
import java.time.ZoneId;
import java.util.Comparator;
import java.util.List;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Breaches of one clock, department, hour of day or weekday; the hour is that in which the limit passed.
 *
 * @param breached how many of the decided runs
 * @param n decided runs; an hour's are those that were decided in it
 */
public record Breaches(String name, int breached, int n) {

    /** Those that breached most first. */
    static List<Breaches> by(List<DecidedRun> runs, Function<DecidedRun, String> name) {
        return runs.stream().collect(groupingBy(name)).entrySet().stream()
                .map(entry -> of(entry.getKey(), entry.getValue()))
                .sorted(Comparator.comparing(Breaches::breached).reversed().thenComparing(Breaches::name))
                .toList();
    }

    /** All 24 hours, named 0 to 23. */
    static List<Breaches> byHour(List<DecidedRun> runs, ZoneId zone) {
        var hours = runs.stream().collect(groupingBy(run -> hour(run, zone)));
        return IntStream.range(0, 24)
                .mapToObj(hour -> of(String.valueOf(hour), hours.getOrDefault(hour, List.of())))
                .toList();
    }

    /** All seven days from Monday, named in capitals. */
    static List<Breaches> byWeekday(List<DecidedRun> runs, ZoneId zone) {
        var days = runs.stream().collect(groupingBy(run -> weekday(run, zone)));
        return Stream.of(DayOfWeek.values())
                .map(day -> of(day.name(), days.getOrDefault(day, List.of())))
                .toList();
    }

    static int hour(DecidedRun run, ZoneId zone) {
        return run.decidedAt().atZone(zone).getHour();
    }

    static DayOfWeek weekday(DecidedRun run, ZoneId zone) {
        return run.decidedAt().atZone(zone).getDayOfWeek();
    }

    private static Breaches of(String name, List<DecidedRun> runs) {
        OnTime counts = OnTime.of(runs);
        return new Breaches(name, counts.breached(), counts.n());
    }
}
