package org.tumorboard.web;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.tumorboard.report.RunChart;

/**
 * A run chart laid out: across in per cent of the width, down in pixels, so that it fits every width and its words stay
 * as large as the page's.
 *
 * @param centreY of the centre line
 * @param floor the share at the bottom, from 0 to 1
 */
record WeekDrawing(List<Line> lines, List<Dot> dots, List<Mark> marks, List<Tick> ticks, String centreY, double floor) {

    static final int HEIGHT = 240;

    private static final int TOP = 18;
    private static final int BOTTOM = 210;
    private static final double LEFT = 3;
    private static final double RIGHT = 98.5;
    private static final int WORDS = 6;

    /** @param kind share, limit */
    record Line(String kind, String x1, String y1, String x2, String y2) {}

    record Dot(String x, String y, RunChart.Point point) {}

    /** A share on the scale at the left. */
    record Mark(String y, double share) {}

    /** @param isMinor left out on narrow screens */
    record Tick(String x, RunChart.Point point, boolean isMinor) {}

    static @Nullable WeekDrawing of(RunChart chart) {
        if (chart.centre() == null) {
            return null;
        }
        double floor = floor(chart);
        return new WeekDrawing(
                lines(chart.points(), floor),
                dots(chart.points(), floor),
                marks(floor),
                ticks(chart.points()),
                y(chart.centre(), floor),
                floor);
    }

    /** The scale starts at a whole tenth below everything drawn. */
    private static double floor(RunChart chart) {
        double least = chart.points().stream()
                .flatMap(point -> Stream.of(point.share(), point.low()))
                .filter(Objects::nonNull)
                .mapToDouble(share -> share)
                .min()
                .orElse(0);
        return Math.max(0, Math.min(.9, Math.floor(least * 10 - .2) / 10));
    }

    private static List<Line> lines(List<RunChart.Point> points, double floor) {
        List<Line> lines = new ArrayList<>();
        int before = -1;
        for (int i = 0; i < points.size(); i++) {
            RunChart.Point point = points.get(i);
            if (point.share() == null || point.low() == null || point.high() == null) {
                continue;
            }
            for (double limit : new double[] {point.low(), point.high()}) {
                String y = y(limit, floor);
                lines.add(new Line("limit", x(i - .5, points), y, x(i + .5, points), y));
            }
            if (before >= 0) {
                Double last = points.get(before).share();
                lines.add(new Line(
                        "share",
                        x(before, points),
                        y(last == null ? 0 : last, floor),
                        x(i, points),
                        y(point.share(), floor)));
            }
            before = i;
        }
        return lines;
    }

    private static List<Dot> dots(List<RunChart.Point> points, double floor) {
        List<Dot> dots = new ArrayList<>();
        for (int i = 0; i < points.size(); i++) {
            Double share = points.get(i).share();
            if (share != null) {
                dots.add(new Dot(x(i, points), y(share, floor), points.get(i)));
            }
        }
        return dots;
    }

    private static List<Mark> marks(double floor) {
        double step = floor >= .8 ? .05 : floor >= .5 ? .1 : .25;
        List<Mark> marks = new ArrayList<>();
        for (double share = 1; share > floor - 1e-9; share -= step) {
            marks.add(new Mark(y(share, floor), share));
        }
        return marks;
    }

    private static List<Tick> ticks(List<RunChart.Point> points) {
        int every = Math.max(1, (points.size() + 2 * WORDS - 1) / (2 * WORDS));
        List<Tick> ticks = new ArrayList<>();
        for (int i = 0; i < points.size(); i += every) {
            ticks.add(new Tick(x(i, points), points.get(i), i / every % 3 != 0));
        }
        return ticks;
    }

    private static String x(double index, List<RunChart.Point> points) {
        return Figures.svg(LEFT + (RIGHT - LEFT) * (index + .5) / points.size()) + "%";
    }

    private static String y(double share, double floor) {
        return Figures.svg(BOTTOM - (BOTTOM - TOP) * (share - floor) / (1 - floor));
    }
}
