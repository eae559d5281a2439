package org.tumorboard.faults;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What the records say of each case at the end, as far as it must be the same whatever went wrong on the way. */
final class Evidence {

    /**
     * Each aspect as rows of case and words. Left out because it tells when and by whom something was taken, and not what
     * happened: times of recording, ids of tasks, which event completed what is joined from several, the instant of what a
     * timer brought about, and which of the cases that wait for news of a unit took it first.
     */
    private static final Map<String, String> ASPECTS = Map.of(
            "status",
            "select case_id, concat_ws(' ', status, urgency, phase, opened_at, closed_at is not null) from tumor_case",
            "milestone",
            """
            select case_id, concat_ws(' ', name,
              case when event_id not like 'timer-%' then at end,
              case when joined <> '[]' then 'joined' when source like 'user:%' then source
                when event_id like 'timer-%' then 'timer' else source || ' ' || event_id end,
              clock, reason, amendment_id, retracted)
            from milestone
            """,
            "clock",
            """
            select case_id, concat_ws(' ', clock, urgency, started_by, started_at, 'earliest', earliest_at, 'latest',
              latest_at, 'stopped', stopped_at, 'verdict', verdict, earliest_waived, reason)
            from sla_clock
            """,
            "booking",
            "select case_id, concat_ws(' ', kind, ref, starts_at, ends_at, state) from resource_booking",
            "event",
            """
            select case_id, concat_ws(' ', type, source, id, outcome) from inbox_event
            where outcome <> 'REFUSED' and case_id is not null and unit is null
            """);

    private final Map<String, Map<String, List<String>>> byCase;

    private Evidence(Map<String, Map<String, List<String>>> byCase) {
        this.byCase = byCase;
    }

    static Evidence of(Records records) {
        Map<String, Map<String, List<String>>> byCase = new TreeMap<>();
        ASPECTS.forEach((aspect, sql) -> read(records.jdbc(), aspect, sql, byCase));
        byCase.values().forEach(aspects -> aspects.values().forEach(rows -> rows.sort(null)));
        return new Evidence(byCase);
    }

    private static void read(
            JdbcClient jdbc, String aspect, String sql, Map<String, Map<String, List<String>>> byCase) {
        jdbc.sql(sql).query(row -> {
            byCase.computeIfAbsent(row.getString(1), id -> new TreeMap<>())
                    .computeIfAbsent(aspect, name -> new ArrayList<>())
                    .add(row.getString(2));
        });
    }

    int cases() {
        return byCase.size();
    }

    /** Each row that only one of the two has. */
    List<String> differencesFrom(Evidence calm) {
        List<String> differences = new ArrayList<>();
        Map<String, Map<String, List<String>>> all = new TreeMap<>(calm.byCase);
        byCase.forEach(all::putIfAbsent);
        for (String caseId : all.keySet()) {
            for (String aspect : ASPECTS.keySet()) {
                List<String> here = rows(caseId, aspect);
                List<String> there = calm.rows(caseId, aspect);
                minus(here, there)
                        .forEach(row ->
                                differences.add("case %s, %s only under faults: %s".formatted(caseId, aspect, row)));
                minus(there, here)
                        .forEach(row ->
                                differences.add("case %s, %s only without faults: %s".formatted(caseId, aspect, row)));
            }
        }
        return differences;
    }

    private List<String> rows(String caseId, String aspect) {
        return byCase.getOrDefault(caseId, Map.of()).getOrDefault(aspect, List.of());
    }

    private static List<String> minus(List<String> these, List<String> those) {
        List<String> left = new ArrayList<>(these);
        those.forEach(left::remove);
        return left;
    }
}
