package org.tumorboard.report;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.mapping;
import static java.util.stream.Collectors.toSet;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.tumorboard.event.CaseId;

/**
 * What the clocks say afterwards: results, causes and trends of a period, and the runs and cases behind each number. Every
 * number is counted from runs whose verdict is certain, see {@link DecidedRun}.
 */
@Component
public final class ClockStatistics {

    private final DecidedRuns table;
    private final Courses courses;
    private final Occurrences occurrences;
    private final ZoneId zone;

    ClockStatistics(DecidedRuns table, Courses courses, Occurrences occurrences, StatisticsProperties properties) {
        this.table = table;
        this.courses = courses;
        this.occurrences = occurrences;
        this.zone = properties.zone();
    }

    /** In which hours, days and weeks are told. */
    public ZoneId zone() {
        return zone;
    }

    /** Result, cause and trend together, from one reading of the runs, and what happened off the main path. */
    public Statistics all(RunFilter filter, Instant now) {
        Instant start = TrendFigures.start(filter, zone);
        Instant before = filter.previous().from();
        List<DecidedRun> decided =
                table.between(start.isBefore(before) ? start : before, filter.to(), filter.urgency(), now);
        return new Statistics(
                new PeriodFigures(decided, filter, zone, now),
                ways(decided, filter),
                TrendFigures.of(decided, filter, zone),
                occurrences.figures(filter));
    }

    /** Result and cause, as far as they are told from the runs alone. */
    public PeriodFigures period(RunFilter filter, Instant now) {
        Instant before = filter.previous().from();
        return new PeriodFigures(table.between(before, filter.to(), filter.urgency(), now), filter, zone, now);
    }

    private WayFigures ways(List<DecidedRun> decided, RunFilter filter) {
        Map<Boolean, Set<CaseId>> byLate = byLate(decided, filter);
        Set<CaseId> late = byLate.getOrDefault(true, Set.of());
        Set<CaseId> onTime = byLate.getOrDefault(false, Set.of());
        Map<CaseId, Course> found = courses.of(union(late, onTime), filter);
        return new WayFigures(
                Leg.of(found.values(), filter),
                HandOver.of(chosen(found, late), chosen(found, onTime)),
                late.size(),
                onTime.size());
    }

    /** The runs behind a number, those decided last first. */
    public List<RunRow> runs(RunFilter filter, RunSelection selection, Instant now) {
        List<DecidedRun> decided = decided(filter, now).stream()
                .filter(filter::takes)
                .filter(run -> selection.takes(run, zone, now))
                .sorted(Comparator.comparing(DecidedRun::decidedAt).reversed())
                .toList();
        Map<CaseId, String> patients =
                table.patients(decided.stream().map(run -> run.run().caseId()).toList());
        return decided.stream().map(run -> RunRow.of(run, patients)).toList();
    }

    /**
     * The cases behind a leg, or behind a hand-over, those that took longest first.
     *
     * @param late of a hand-over, whether of late cases or of those on time; null for a leg
     */
    public List<WayRow> cases(RunFilter filter, String start, String end, @Nullable Boolean late, Instant now) {
        if (late == null) {
            Collection<Course> all = courses.of(Set.of(), filter).values();
            List<Course> ending =
                    all.stream().filter(course -> Leg.ends(course, end, filter)).toList();
            return rows(ending, start, end, course -> course.between(start, end));
        }
        Set<CaseId> chosen = byLate(decided(filter, now), filter).getOrDefault(late, Set.of());
        Map<CaseId, Course> found = courses.of(chosen, filter);
        return rows(chosen(found, chosen), start, end, course -> course.added(start, end));
    }

    /** Whether two milestones lie on the way in this order. */
    public boolean isWay(String start, String end) {
        return Course.WAY.contains(start) && Course.WAY.indexOf(start) < Course.WAY.indexOf(end);
    }

    private List<WayRow> rows(
            List<Course> chosen, String start, String end, Function<Course, Optional<Duration>> measure) {
        Map<CaseId, String> patients =
                table.patients(chosen.stream().map(Course::caseId).toList());
        return chosen.stream()
                .flatMap(course -> measure.apply(course).stream()
                        .map(took -> new WayRow(
                                course.caseId(),
                                patients.getOrDefault(course.caseId(), ""),
                                start,
                                end,
                                course.reached().get(start),
                                course.reached().get(end),
                                took.toSeconds())))
                .sorted(Comparator.comparing(WayRow::took).reversed().thenComparing(WayRow::caseId))
                .toList();
    }

    private List<DecidedRun> decided(RunFilter filter, Instant now) {
        return table.between(filter.from(), filter.to(), filter.urgency(), now);
    }

    private static Map<Boolean, Set<CaseId>> byLate(List<DecidedRun> decided, RunFilter filter) {
        return decided.stream()
                .filter(run -> filter.holds(run.decidedAt()))
                .filter(run -> run.run().clock().equals(HandOver.CLOCK))
                .collect(groupingBy(
                        run -> run.is(DecidedRun.Verdict.BREACHED),
                        mapping(run -> run.run().caseId(), toSet())));
    }

    private static List<Course> chosen(Map<CaseId, Course> found, Set<CaseId> cases) {
        return cases.stream().map(found::get).filter(Objects::nonNull).toList();
    }

    private static Set<CaseId> union(Set<CaseId> one, Set<CaseId> other) {
        return Stream.concat(one.stream(), other.stream()).collect(toSet());
    }
}
