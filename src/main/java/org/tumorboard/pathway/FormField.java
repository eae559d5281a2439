package org.tumorboard.pathway;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.tumorboard.event.LinearPattern;

/**
 * A field of a Camunda Form.
 *
 * @param key the event's data field that it stands for, or {@code occurredAt}
 * @param type the form component's type, e.g. {@code datetime}
 * @param options the accepted values of a select, radio or checklist; empty for free entry
 * @param list the list field of the event that a ticked checkbox adds {@code item} to; null for a field of its own
 * @param item what a ticked checkbox adds to {@code list}
 * @param limits its validation, as the form states it: required, min, max, pattern, …
 */
record FormField(
        String key,
        String label,
        String type,
        List<String> options,
        @Nullable String list,
        @Nullable String item,
        JsonNode limits) {

    /** The field of the event's data that it stands for. */
    String eventField() {
        return list == null ? key : list;
    }

    /** What is wrong with a value, naming the field and what was expected; null if nothing. */
    @Nullable
    String complaint(@Nullable JsonNode value) {
        if (value == null || value.isNull() || value.asText().isBlank() && !value.isArray()) {
            return limits.path("required").asBoolean() ? label + ": expected a value, but it is empty" : null;
        }
        List<JsonNode> items = new ArrayList<>();
        if (value.isArray()) {
            value.forEach(items::add);
        } else {
            items.add(value);
        }
        if (items.isEmpty() && limits.path("required").asBoolean()) {
            return label + ": expected at least one, but none is chosen";
        }
        return items.stream()
                .map(this::itemComplaint)
                .filter(complaint -> complaint != null)
                .findFirst()
                .orElse(null);
    }

    private @Nullable String itemComplaint(JsonNode item) {
        if (!options.isEmpty() && !options.contains(item.asText())) {
            return "%s: expected one of %s, but got '%s'".formatted(label, options, item.asText());
        }
        if (limits.hasNonNull("min") && item.asDouble() < limits.get("min").asDouble()) {
            return "%s: expected at least %s, but got %s"
                    .formatted(label, limits.get("min").asText(), item.asText());
        }
        if (limits.hasNonNull("max") && item.asDouble() > limits.get("max").asDouble()) {
            return "%s: expected at most %s, but got %s"
                    .formatted(label, limits.get("max").asText(), item.asText());
        }
        if (limits.hasNonNull("pattern")
                && !LinearPattern.of(limits.get("pattern").asText()).matches(item.asText())) {
            return "%s: expected the form %s, but got '%s'"
                    .formatted(label, limits.get("pattern").asText(), item.asText());
        }
        return null;
    }
}
