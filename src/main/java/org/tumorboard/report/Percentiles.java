package org.tumorboard.report;

import java.time.Duration;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How long things took, by nearest rank: each figure is a duration that really occurred, the smallest that at least that
 * share does not exceed. Of an even number the median is thus the lower of the two in the middle.
 *
 * @param n how many durations
 * @param p50 the median; null, like the others, where there is none
 */
public record Percentiles(int n, @Nullable Duration p50, @Nullable Duration p90, @Nullable Duration max) {

    public static Percentiles of(Collection<Duration> durations) {
        if (durations.isEmpty()) {
            return new Percentiles(0, null, null, null);
        }
        List<Duration> sorted = durations.stream().sorted().toList();
        return new Percentiles(sorted.size(), at(sorted, 50), at(sorted, 90), sorted.get(sorted.size() - 1));
    }

    private static Duration at(List<Duration> sorted, int percent) {
        int rank = (sorted.size() * percent + 99) / 100;
        return sorted.get(rank - 1);
    }

    static @Nullable Long seconds(@Nullable Duration duration) {
        return duration == null ? null : duration.toSeconds();
    }
}
