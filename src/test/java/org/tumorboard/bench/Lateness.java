package org.tumorboard.bench;

import java.util.List;
import java.util.Locale;

/** How late some announcements were, in ms, by nearest rank. */
record Lateness(double median, double p99, double worst, int count) {

    static Lateness of(List<Double> millis) {
        List<Double> sorted = millis.stream().sorted().toList();
        return new Lateness(rank(sorted, 0.5), rank(sorted, 0.99), sorted.get(sorted.size() - 1), sorted.size());
    }

    private static double rank(List<Double> sorted, double share) {
        return sorted.get((int) Math.ceil(share * sorted.size()) - 1);
    }

    @Override
    public String toString() {
        return String.format(Locale.ROOT, "P50 %,8.0f   P99 %,8.0f   max %,8.0f ms of %,d", median, p99, worst, count);
    }
}
