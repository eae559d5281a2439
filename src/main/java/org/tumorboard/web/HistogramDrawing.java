package org.tumorboard.web;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.tumorboard.report.Histogram;

/**
 * A histogram laid out: across in per cent of the width, down in pixels.
 *
 * @param bounds of the window, in order
 * @param windowX where the ground of the window starts
 */
record HistogramDrawing(List<Bar> bars, List<Bound> bounds, String windowX, String windowWidth) {

    static final int HEIGHT = 240;

    private static final int TOP = 40;
    private static final int BOTTOM = 210;
    private static final int MAJOR_HOURS = 12;

    /**
     * @param pieces from the bottom
     * @param middle of the bar
     */
    record Bar(
            Histogram.Bin bin,
            String x,
            String width,
            String middle,
            String top,
            boolean isMajor,
            List<Piece> pieces) {}

    /** @param verdict early, inside or late */
    record Piece(String verdict, String y, String height) {}

    record Bound(String x, double hours) {}

    static @Nullable HistogramDrawing of(Histogram histogram) {
        Histogram.Bounds bounds = histogram.bounds();
        if (bounds == null) {
            return null;
        }
        int most = histogram.bins().stream().mapToInt(Histogram.Bin::n).max().orElse(1);
        double each = 100.0 / histogram.bins().size();
        double hours = histogram.bins().get(1).fromHours();
        List<Bar> bars = new ArrayList<>();
        for (int i = 0; i < histogram.bins().size(); i++) {
            bars.add(bar(histogram.bins().get(i), i * each, each, most));
        }
        double from = bounds.earliest() == null ? 0 : bounds.earliest() / hours * each;
        double to = bounds.latest() / hours * each;
        List<Bound> drawn = new ArrayList<>();
        if (bounds.earliest() != null) {
            drawn.add(new Bound(percent(from), bounds.earliest()));
        }
        drawn.add(new Bound(percent(to), bounds.latest()));
        return new HistogramDrawing(bars, drawn, percent(from), percent(to - from));
    }

    private static Bar bar(Histogram.Bin bin, double x, double width, int most) {
        List<Piece> pieces = new ArrayList<>();
        int below = 0;
        for (Object[] part : new Object[][] {{"early", bin.early()}, {"inside", bin.inside()}, {"late", bin.late()}}) {
            int count = (int) part[1];
            if (count > 0) {
                below += count;
                pieces.add(new Piece((String) part[0], y(below, most), Figures.svg(height(count, most))));
            }
        }
        return new Bar(
                bin,
                percent(x + width * .08),
                percent(width * .84),
                percent(x + width / 2),
                Figures.svg(BOTTOM - height(below, most) - 5),
                bin.fromHours() % MAJOR_HOURS == 0,
                pieces);
    }

    private static double height(int count, int most) {
        return (double) (BOTTOM - TOP) * count / Math.max(1, most);
    }

    private static String y(int count, int most) {
        return Figures.svg(BOTTOM - height(count, most));
    }

    private static String percent(double value) {
        return Figures.svg(value) + "%";
    }
}
