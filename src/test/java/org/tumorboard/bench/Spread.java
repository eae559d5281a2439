package org.tumorboard.bench;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.DoubleStream;

/** The median of some runs and their range. */
public record Spread(double median, double least, double most) {

    public static Spread of(DoubleStream values) {
        List<Double> sorted = values.sorted().boxed().collect(Collectors.toList());
        int middle = sorted.size() / 2;
        double median = sorted.size() % 2 == 1 ? sorted.get(middle) : (sorted.get(middle - 1) + sorted.get(middle)) / 2;
        return new Spread(median, sorted.get(0), sorted.get(sorted.size() - 1));
    }

    /** {@code 980 (789–1,072)} */
    public String with(int digits) {
        String number = "%,." + digits + "f";
        return String.format(Locale.ROOT, "%s (%s–%s)".formatted(number, number, number), median, least, most);
    }
}
