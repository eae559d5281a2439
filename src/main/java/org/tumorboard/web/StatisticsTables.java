package org.tumorboard.web;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.springframework.stereotype.Component;
import org.tumorboard.report.Occurrence.Kind;
import org.tumorboard.report.Statistics;
import org.tumorboard.report.Targets;

/** The tables of the statistics by name: what the page shows, and what the API gives as JSON and CSV, row for row. */
@Component
final class StatisticsTables {

    private final Map<String, Function<Statistics, List<?>>> tables = new LinkedHashMap<>();

    StatisticsTables(Targets targets) {
        tables.put("clocks", all -> all.period().clocks(targets));
        tables.put("window", all -> all.period().window().shares());
        tables.put("histogram", all -> all.period().histogram().bins());
        tables.put("legs", all -> all.ways().legs());
        tables.put("breaches-by-clock", all -> all.period().byClock());
        tables.put("breaches-by-department", all -> all.period().byDepartment());
        tables.put("breaches-by-hour", all -> all.period().byHour());
        tables.put("breaches-by-weekday", all -> all.period().byWeekday());
        tables.put("hand-overs", all -> all.ways().handOvers());
        tables.put("results", all -> all.offPath().results().rows());
        tables.put("exceptions", all -> all.offPath().of(Kind.EXCEPTIONS).stream()
                .map(PathTally::of)
                .toList());
        for (Kind kind : List.of(Kind.SLOT_LOSSES, Kind.PLAN_FAILURES, Kind.DEFERRALS, Kind.GATE_RED)) {
            tables.put(kind.slug(), all -> all.offPath().of(kind));
        }
        tables.put("weeks", all -> all.trend().onTime().points());
        tables.put("window-weeks", all -> all.trend().insideWindow().points());
    }

    List<?> rows(String table, Statistics all) {
        Function<Statistics, List<?>> rows = tables.get(table);
        if (rows == null) {
            throw new NotFoundException("there is no table " + table + ", only " + String.join(", ", tables.keySet()));
        }
        return rows.apply(all);
    }

    /** All of them, by name. */
    Map<String, List<?>> rows(Statistics all) {
        Map<String, List<?>> rows = new LinkedHashMap<>();
        tables.forEach((name, read) -> rows.put(name, read.apply(all)));
        return rows;
    }
}
