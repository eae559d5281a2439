package org.tumorboard.report;

import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * How long a leg of the way took in the cases that reached its end in the period. Durations in seconds, by nearest rank.
 *
 * @param n cases
 */
public record Leg(String start, String end, int n, @Nullable Long p50, @Nullable Long p90, @Nullable Long max) {

    private static final List<List<String>> LEGS = List.of(
            List.of("detected", "board-decided"),
            List.of("board-decided", "srs-delivered"),
            List.of("srs-delivered", "incision"),
            List.of("detected", "incision"));

    static List<Leg> of(Collection<Course> courses, RunFilter period) {
        return LEGS.stream()
                .map(leg -> of(leg.get(0), leg.get(1), courses, period))
                .toList();
    }

    private static Leg of(String start, String end, Collection<Course> courses, RunFilter period) {
        Percentiles took = Percentiles.of(courses.stream()
                .filter(course -> ends(course, end, period))
                .map(course -> course.between(start, end))
                .flatMap(Optional::stream)
                .toList());
        return new Leg(
                start,
                end,
                took.n(),
                Percentiles.seconds(took.p50()),
                Percentiles.seconds(took.p90()),
                Percentiles.seconds(took.max()));
    }

    /** Whether the case reached the end in the period. */
    static boolean ends(Course course, String end, RunFilter period) {
        return course.reached().containsKey(end)
                && period.holds(course.reached().get(end));
    }
}
