package org.tumorboard.report;

import org.jspecify.annotations.Nullable;

/**
 * Between which shares the true one lies, with 95 % confidence.
 *
 * @param low from 0
 * @param high to 1
 */
public record Interval(double low, double high) {

    /** The normal distribution's 97.5 % point. */
    private static final double Z = 1.959963984540054;

    /**
     * Wilson's score interval: sensible for few runs too, and never outside 0 to 1.
     *
     * @return null where nothing was counted
     */
    public static @Nullable Interval wilson(int hits, int n) {
        if (hits < 0 || hits > n) {
            throw new IllegalArgumentException("expected 0 to %d hits, but got %d".formatted(n, hits));
        }
        if (n == 0) {
            return null;
        }
        double share = (double) hits / n;
        double shrink = 1 + Z * Z / n;
        double centre = (share + Z * Z / (2 * n)) / shrink;
        double half = Z * Math.sqrt(share * (1 - share) / n + Z * Z / (4.0 * n * n)) / shrink;
        return new Interval(hits == 0 ? 0 : Math.max(0, centre - half), hits == n ? 1 : Math.min(1, centre + half));
    }
}
