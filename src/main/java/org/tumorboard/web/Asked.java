package org.tumorboard.web;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.web.util.UriComponentsBuilder;
import org.tumorboard.event.Department;
import org.tumorboard.event.Groups;
import org.tumorboard.event.Urgency;
import org.tumorboard.sla.ClockFilter;
import org.tumorboard.sla.ClockNames;
import org.tumorboard.sla.ClockState;
import org.tumorboard.sla.Standing;

/**
 * What a request for clocks may ask for, as text; Spring fills it from the address. Empty means all.
 *
 * @param period how far the figures about the past reach back; of no effect on running clocks
 */
record Asked(
        @Nullable String state,
        @Nullable String standing,
        @Nullable String clock,
        @Nullable String department,
        @Nullable String urgency,
        @Nullable String phase,
        @Nullable String period) {

    static final List<String> PERIODS = List.of("7d", "30d", "90d", "365d");

    /** Phases in the order of the pathway: the process ids of their models. */
    static final List<String> PHASES = List.of(
            "recurrence-pathway",
            "case-preparation",
            "tumor-board",
            "treatment-coordination",
            "gamma-knife",
            "resection",
            "result-review",
            "follow-up");

    /** The groups that own clocks. */
    static final List<String> OWNERS = Stream.concat(
                    Stream.of(Department.values()).map(Department::slug), Stream.of(Groups.BOARD_CHAIR))
            .toList();

    /**
     * The same in the spelling of the code, blanks as null.
     *
     * @throws UnknownValueException naming the field and what it may be
     */
    Asked known() {
        return new Asked(
                known("state", state, List.of(ClockState.values())),
                known("standing", standing, List.of(Standing.values())),
                known("clock", clock, ClockNames.all()),
                known("department", department, OWNERS),
                known("urgency", urgency, List.of(Urgency.values())),
                known("phase", phase, PHASES),
                known("period", period, PERIODS));
    }

    private static @Nullable String known(String field, @Nullable String asked, List<?> allowed) {
        if (asked == null || asked.isBlank()) {
            return null;
        }
        return allowed.stream()
                .map(Object::toString)
                .filter(asked.strip()::equalsIgnoreCase)
                .findFirst()
                .orElseThrow(() -> new UnknownValueException(field, allowed, asked));
    }

    ClockFilter filter() {
        return new ClockFilter(
                state == null ? null : ClockState.valueOf(state),
                standing == null ? null : Standing.valueOf(standing),
                clock,
                department,
                urgency == null ? null : Urgency.valueOf(urgency),
                phase);
    }

    /** What every section of the dashboard shares: without state, standing and phase. */
    public Asked shared() {
        return new Asked(null, null, clock, department, urgency, null, period);
    }

    /** An address that asks for the same. */
    public String link(String path) {
        return link(path, Map.of());
    }

    /** An address that asks for the same, but with another value in one field. */
    public String link(String path, String field, Object value) {
        return link(path, Map.of(field, value));
    }

    /** An address that asks for the same, but with other values in two fields. */
    public String link(String path, String field, Object value, String second, Object secondValue) {
        return link(path, Map.of(field, value, second, secondValue));
    }

    private String link(String path, Map<String, Object> others) {
        Map<String, @Nullable Object> fields = new LinkedHashMap<>();
        fields.put("state", state);
        fields.put("standing", standing);
        fields.put("clock", clock);
        fields.put("department", department);
        fields.put("urgency", urgency);
        fields.put("phase", phase);
        fields.put("period", period);
        fields.putAll(others);
        UriComponentsBuilder address = UriComponentsBuilder.fromPath(path);
        fields.forEach((name, value) -> {
            if (value != null) {
                address.queryParam(name, value);
            }
        });
        return address.build().toUriString();
    }
}
