package org.tumorboard.pathway;

import static java.util.stream.Collectors.toMap;
import static java.util.stream.Collectors.toUnmodifiableSet;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.tumorboard.event.EventData;
import org.tumorboard.event.InboundEvent;

/**
 * What an event's data must hold so that an element takes it: {@code purpose=PERFUSION,PET; version=${planVersion}}.
 * It keeps look-alikes apart: purposes of imaging, scopes of consent, versions of a plan. With
 * {@code time>${unitHeardAt}} the event must have happened after the instant in that variable.
 *
 * @param after the variable with that instant; without a value, or null, any time will do
 */
public record Match(List<Condition> conditions, @Nullable String after) {

    static final Match ANYTHING = new Match(List.of(), null);

    private static final String AFTER = "time>";

    /**
     * @param field of the event's data; {@code data.clock} is a field of what a completed step found
     * @param values the accepted values; empty if {@code variable} is given
     * @param variable the process variable that holds the accepted value
     */
    record Condition(String field, List<String> values, @Nullable String variable) {

        boolean accepts(JsonNode data, UnaryOperator<@Nullable String> variables) {
            String actual = value(data);
            return variable == null ? values.contains(actual) : actual.equals(variables.apply(variable));
        }

        private String value(JsonNode data) {
            // data that waited since before numbers had one form may still say 1.0
            return EventData.normal(data.at("/" + field.replace('.', '/'))).asText();
        }
    }

    static Match parse(@Nullable String text) {
        if (text == null || text.isBlank()) {
            return ANYTHING;
        }
        List<Condition> conditions = new ArrayList<>();
        String after = null;
        for (String part : text.split(";")) {
            if (part.trim().startsWith(AFTER)) {
                after = variable(part.trim().substring(AFTER.length()).trim());
                continue;
            }
            String[] sides = part.split("=", 2);
            if (sides.length != 2) {
                throw new IllegalArgumentException("expected field=value or field=${variable}, but got '" + part + "'");
            }
            String value = sides[1].trim();
            String variable = variable(value);
            conditions.add(new Condition(
                    sides[0].trim(),
                    variable != null
                            ? List.of()
                            : Arrays.stream(value.split(",")).map(String::trim).toList(),
                    variable));
        }
        return new Match(List.copyOf(conditions), after);
    }

    private static @Nullable String variable(String value) {
        return value.startsWith("${") && value.endsWith("}")
                ? value.substring(2, value.length() - 1).trim()
                : null;
    }

    /** Whether all conditions hold. */
    boolean accepts(InboundEvent event, UnaryOperator<@Nullable String> variables) {
        return isAfter(event.time(), after == null ? null : variables.apply(after))
                && conditions.stream().allMatch(condition -> condition.accepts(event.data(), variables));
    }

    private static boolean isAfter(Instant time, @Nullable String earliest) {
        return earliest == null || time.isAfter(Times.instant(earliest));
    }

    /** Whether the conditions that name no variable hold: the event is of the kind that the element takes. */
    boolean literalsAccept(JsonNode data) {
        return conditions.stream()
                .filter(condition -> condition.variable() == null)
                .allMatch(condition -> condition.values().contains(condition.value(data)));
    }

    /** The literal values of that field that the element takes; empty if it takes any. */
    List<String> literals(String field) {
        return conditions.stream()
                .filter(condition ->
                        condition.variable() == null && condition.field().equals(field))
                .flatMap(condition -> condition.values().stream())
                .toList();
    }

    Set<String> variables() {
        return Stream.concat(
                        conditions.stream()
                                .filter(condition -> condition.variable() != null)
                                .map(Condition::variable),
                        Stream.ofNullable(after))
                .collect(toUnmodifiableSet());
    }

    /** What a person need not enter, since only one value would be accepted. */
    Map<String, String> implied(UnaryOperator<@Nullable String> variables) {
        return conditions.stream()
                .filter(condition -> condition.variable() != null
                        ? variables.apply(condition.variable()) != null
                        : condition.values().size() == 1)
                .collect(toMap(
                        Condition::field,
                        condition -> condition.variable() != null
                                ? variables.apply(condition.variable())
                                : condition.values().get(0)));
    }
}
