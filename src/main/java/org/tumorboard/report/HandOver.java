package org.tumorboard.report;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What one hand-over took in the cases whose way from detection to incision was late, and in those on time. Medians in
 * seconds, by nearest rank, of what the hand-over added after everything before it was done.
 *
 * @param lateN late cases that reached both ends
 * @param difference late less on time; null unless there are both
 */
public record HandOver(
        String start,
        String end,
        int lateN,
        @Nullable Long lateMedian,
        int onTimeN,
        @Nullable Long onTimeMedian,
        @Nullable Long difference) {

    /** The clock whose verdict says which cases were late. */
    public static final String CLOCK = "detection-to-incision";

    /** What ate most time first. */
    static List<HandOver> of(Collection<Course> late, Collection<Course> onTime) {
        List<HandOver> handOvers = new ArrayList<>();
        for (int i = 1; i < Course.WAY.size(); i++) {
            handOvers.add(of(Course.WAY.get(i - 1), Course.WAY.get(i), late, onTime));
        }
        handOvers.sort(
                Comparator.comparing(HandOver::difference, Comparator.nullsLast(Comparator.<Long>reverseOrder())));
        return handOvers;
    }

    private static HandOver of(String start, String end, Collection<Course> late, Collection<Course> onTime) {
        Percentiles lates = added(start, end, late);
        Percentiles others = added(start, end, onTime);
        Long lateMedian = Percentiles.seconds(lates.p50());
        Long onTimeMedian = Percentiles.seconds(others.p50());
        Long difference = lateMedian == null || onTimeMedian == null ? null : lateMedian - onTimeMedian;
        return new HandOver(start, end, lates.n(), lateMedian, others.n(), onTimeMedian, difference);
    }

    private static Percentiles added(String start, String end, Collection<Course> courses) {
        return Percentiles.of(courses.stream()
                .map(course -> course.added(start, end))
                .flatMap(Optional::stream)
                .toList());
    }
}
