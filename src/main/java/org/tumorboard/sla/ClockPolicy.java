package org.tumorboard.sla;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.tumorboard.event.Groups;
import org.tumorboard.event.Urgency;

/**
 * A row of DMN {@code sla-policy}: what one clock demands of a case of one urgency.
 *
 * @param from what starts a run: of each list one of its milestones is needed, and the latest of the lists counts
 * @param to the milestones any of which meets it
 * @param until the milestones that end a run without a verdict, whichever comes first, besides the end of the case
 * @param earliest stopping before it is too early; counted from the start, like all others here
 * @param due when the step should be done, where that is before the limit
 * @param latest the limit
 * @param steps by time
 * @param owner the group of level 0
 * @param lead the groups of level 1
 * @param mayPause whether it may be paused
 * @param target share of runs that should be on time, in per cent
 */
public record ClockPolicy(
        String clock,
        Urgency urgency,
        List<List<String>> from,
        List<String> to,
        List<String> until,
        Mode mode,
        @Nullable Duration earliest,
        @Nullable Duration due,
        Duration latest,
        @Nullable Duration outOfProtocol,
        List<PolicyStep> steps,
        String owner,
        List<String> lead,
        boolean mayPause,
        double target) {

    private static List<String> names(@Nullable String text) {
        return text == null ? List.of() : List.of(text.trim().split("\\s+"));
    }

    private static List<String> alternatives(String text) {
        return List.of(text.split("\\|"));
    }

    /** How starts and stops make pairs. */
    public enum Mode {
        /** A run for each start; work done ahead of the start meets it. */
        EACH,
        /** As {@link #EACH}, but nothing before the start meets it. */
        STRICT,
        /** What meets a run starts the next. */
        AGAIN,
        /** The start is a due date, which may lie ahead: the n-th due date goes with the n-th stop. */
        DUE
    }

    /**
     * Reads what the table answered.
     *
     * @throws IllegalArgumentException naming the column and what was expected
     */
    public static ClockPolicy read(String clock, Urgency urgency, Map<String, @Nullable Object> row) {
        Duration latest = Durations.parse("latest", required("latest", row));
        Duration outOfProtocol = Durations.parseOptional("outOfProtocol", text("outOfProtocol", row));
        return new ClockPolicy(
                clock,
                urgency,
                names(required("from", row)).stream()
                        .map(ClockPolicy::alternatives)
                        .toList(),
                alternatives(required("to", row)),
                names(text("until", row)),
                mode(required("mode", row)),
                Durations.parseOptional("earliest", text("earliest", row)),
                Durations.parseOptional("due", text("due", row)),
                latest,
                outOfProtocol,
                Arrays.stream(required("steps", row).split(";"))
                        .map(step -> PolicyStep.parse(step, latest, outOfProtocol))
                        .toList(),
                group("owner", required("owner", row)),
                Arrays.stream(required("lead", row).split(","))
                        .map(name -> group("lead", name.trim()))
                        .toList(),
                Boolean.TRUE.equals(row.get("mayPause")),
                target(row.get("target")));
    }

    /** The groups that an announcement of this level reaches: its own and those below. */
    public List<String> groups(int level) {
        return java.util.stream.IntStream.rangeClosed(0, level)
                .boxed()
                .flatMap(each -> switch (each) {
                    case 0 -> java.util.stream.Stream.of(owner);
                    case 1 -> lead.stream();
                    case 2 -> java.util.stream.Stream.of(Groups.COORDINATION, Groups.BOARD_CHAIR);
                    default -> java.util.stream.Stream.of(Groups.MEDICAL_DIRECTION);
                })
                .distinct()
                .toList();
    }

    /** From the start of a run to when its steps should be done. */
    public Duration deadline() {
        return due == null ? latest : due;
    }

    private static Mode mode(String text) {
        return Arrays.stream(Mode.values())
                .filter(mode -> mode.name().equalsIgnoreCase(text))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(
                        "mode: expected each, strict, again or due, but got '%s'".formatted(text)));
    }

    private static String group(String column, String name) {
        if (!Groups.all().contains(name)) {
            throw new IllegalArgumentException(
                    "%s: expected a group such as neurosurgery, but got '%s'".formatted(column, name));
        }
        return name;
    }

    private static double target(@Nullable Object value) {
        if (!(value instanceof Number number) || number.doubleValue() <= 0 || number.doubleValue() > 100) {
            throw new IllegalArgumentException("target: expected per cent above 0 and up to 100, but got " + value);
        }
        return number.doubleValue();
    }

    private static String required(String column, Map<String, @Nullable Object> row) {
        String text = text(column, row);
        if (text == null) {
            throw new IllegalArgumentException(column + ": expected a value, but it is empty");
        }
        return text;
    }

    private static @Nullable String text(String column, Map<String, @Nullable Object> row) {
        Object value = row.get(column);
        return value == null || value.toString().isBlank()
                ? null
                : value.toString().trim();
    }
}
