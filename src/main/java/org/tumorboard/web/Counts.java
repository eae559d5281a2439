package org.tumorboard.web;

import java.time.Instant;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.tumorboard.sla.OpenClock;
import org.tumorboard.sla.Standing;

/**
 * How many running clocks stand how, in all and under each name.
 *
 * @param rows by name, in the order in which people read them; names without clocks are left out
 */
record Counts(Map<Standing, Integer> all, Map<String, Map<Standing, Integer>> rows) {

    /** @param order names in reading order; others follow as they come */
    static Counts of(List<OpenClock> open, Function<OpenClock, String> name, List<String> order, Instant now) {
        Map<Standing, Integer> all = none();
        Map<String, Map<Standing, Integer>> rows = new LinkedHashMap<>();
        order.forEach(each -> rows.put(each, none()));
        for (OpenClock clock : open) {
            Standing standing = clock.standing(now);
            all.merge(standing, 1, Integer::sum);
            rows.computeIfAbsent(name.apply(clock), each -> none()).merge(standing, 1, Integer::sum);
        }
        rows.values().removeIf(row -> sum(row) == 0);
        return new Counts(all, rows);
    }

    private static Map<Standing, Integer> none() {
        Map<Standing, Integer> none = new EnumMap<>(Standing.class);
        for (Standing standing : Standing.values()) {
            none.put(standing, 0);
        }
        return none;
    }

    private static int sum(Map<Standing, Integer> row) {
        return row.values().stream().mapToInt(Integer::intValue).sum();
    }

    public int total() {
        return sum(all);
    }

    public int total(String name) {
        return sum(rows.getOrDefault(name, Map.of()));
    }
}
