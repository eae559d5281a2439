package org.tumorboard.report;

import static java.util.stream.Collectors.groupingBy;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/**
 * How often something happened in a period.
 *
 * @param name what is counted
 * @param n times
 * @param cases to how many cases
 * @param previousN times in the period of the same length just before
 */
public record Tally(String name, int n, int cases, int previousN) {

    /** What happened most often first. */
    static List<Tally> of(List<Occurrence> current, List<Occurrence> previous) {
        Map<String, List<Occurrence>> now = current.stream().collect(groupingBy(Occurrence::name));
        Map<String, List<Occurrence>> before = previous.stream().collect(groupingBy(Occurrence::name));
        TreeSet<String> names = new TreeSet<>(now.keySet());
        names.addAll(before.keySet());
        return names.stream()
                .map(name -> of(name, now.getOrDefault(name, List.of()), before.getOrDefault(name, List.of())))
                .sorted(Comparator.comparing(Tally::n).reversed().thenComparing(Tally::name))
                .toList();
    }

    private static Tally of(String name, List<Occurrence> now, List<Occurrence> before) {
        return new Tally(name, now.size(), cases(now), before.size());
    }

    static int cases(List<Occurrence> occurrences) {
        return (int) occurrences.stream().map(Occurrence::caseId).distinct().count();
    }
}
