package org.tumorboard.web;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.web.util.UriUtils;
import org.tumorboard.report.Histogram;
import org.tumorboard.report.RunChart;
import org.tumorboard.report.RunFilter;
import org.tumorboard.report.WindowFigures;

/**
 * Where the numbers of the statistics lead: to the runs or cases that they count. The period is written out in instants,
 * so that the list still fits the number when it is opened later.
 */
record DrillLinks(RunFilter filter) {

    private static final String RUNS = "/dashboard/runs";
    private static final String WAYS = "/dashboard/ways";
    private static final String OCCURRENCES = "/dashboard/occurrences";

    /** @param verdict MET, EARLY or BREACHED; null for all */
    public String clock(String clock, @Nullable String verdict) {
        return link(RUNS, filter, clock, filter.department(), "verdict", verdict);
    }

    public String previous(String clock) {
        return link(RUNS, filter.previous(), clock, filter.department());
    }

    public String all(@Nullable String verdict) {
        return link(RUNS, filter, filter.clock(), filter.department(), "verdict", verdict);
    }

    public String department(String department, @Nullable String verdict) {
        return link(RUNS, filter, filter.clock(), department, "verdict", verdict);
    }

    public String hour(String hour, @Nullable String verdict) {
        return link(RUNS, filter, filter.clock(), filter.department(), "hour", hour, "verdict", verdict);
    }

    public String weekday(String weekday, @Nullable String verdict) {
        return link(RUNS, filter, filter.clock(), filter.department(), "weekday", weekday, "verdict", verdict);
    }

    public String week(RunChart.Point week, @Nullable String verdict) {
        RunFilter inside = filter.between(week.from(), week.to());
        return link(RUNS, inside, filter.clock(), filter.department(), "verdict", verdict);
    }

    public String windowWeek(RunChart.Point week, @Nullable String verdict) {
        RunFilter inside = filter.between(week.from(), week.to());
        return link(RUNS, inside, WindowFigures.CLOCK, null, "verdict", verdict);
    }

    /** @param whole all windows of which the share is one */
    public String window(WindowFigures.Share share, boolean whole) {
        boolean protocol = share.verdict().startsWith("within");
        return link(
                RUNS,
                filter,
                WindowFigures.CLOCK,
                null,
                "verdict",
                whole || protocol ? null : verdict(share.verdict()),
                "protocol",
                protocol ? (whole ? "CERTAIN" : "KEPT") : null);
    }

    public String bin(Histogram.Bin bin, @Nullable String verdict) {
        return link(
                RUNS,
                filter,
                WindowFigures.CLOCK,
                null,
                "fromHours",
                bin.fromHours() == 0 ? null : String.valueOf(bin.fromHours()),
                "toHours",
                bin.toHours() == null ? null : String.valueOf(bin.toHours()),
                "verdict",
                verdict);
    }

    public String leg(String start, String end) {
        return link(WAYS, filter, null, null, "start", start, "end", end);
    }

    public String handOver(String start, String end, boolean late) {
        return link(WAYS, filter, null, null, "start", start, "end", end, "late", String.valueOf(late));
    }

    /** @param kind a table of what happened off the main path, {@code results} or {@code re-entries} */
    public String occurrences(String kind, String name) {
        return occurrences(filter, kind, name);
    }

    public String previousOccurrences(String kind, String name) {
        return occurrences(filter.previous(), kind, name);
    }

    private static String occurrences(RunFilter period, String kind, String name) {
        return link(OCCURRENCES, period, null, null, "kind", kind, "name", name);
    }

    public String csv(String table) {
        return link("/api/sla/tables/" + table, filter, filter.clock(), filter.department(), "format", "csv");
    }

    private static String verdict(String share) {
        return switch (share) {
            case "early" -> "EARLY";
            case "inside" -> "MET";
            default -> "BREACHED";
        };
    }

    private static String link(
            String path,
            RunFilter period,
            @Nullable String clock,
            @Nullable String department,
            @Nullable String... further) {
        List<String> query = new ArrayList<>();
        add(query, "from", period.from().toString());
        add(query, "to", period.to().toString());
        add(query, "clock", clock);
        add(query, "department", department);
        add(query, "urgency", period.urgency() == null ? null : period.urgency().name());
        for (int i = 0; i < further.length; i += 2) {
            add(query, String.valueOf(further[i]), further[i + 1]);
        }
        return path + "?" + String.join("&", query);
    }

    private static void add(List<String> query, String name, @Nullable String value) {
        if (value != null) {
            query.add(name + "=" + UriUtils.encode(value, UTF_8));
        }
    }
}
