package org.tumorboard.web;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.tumorboard.entry.WaitingEntry;

/**
 * An entry that waits for a second person, as that person must see it: all that it says.
 *
 * @param caseId null if only the patient was named
 * @param isOwn whether whoever looks has entered it
 */
record WaitingEntryView(
        String id,
        String type,
        @Nullable String caseId,
        Instant occurredAt,
        List<Said> says,
        String enteredBy,
        Instant enteredAt,
        boolean isOwn) {

    /** @param field its place in the data: {@code corrects.id} */
    record Said(String field, String value) {}

    static WaitingEntryView of(WaitingEntry entry, String viewer) {
        List<Said> says = new ArrayList<>();
        flatten("", entry.data(), says);
        return new WaitingEntryView(
                entry.id().toString(),
                entry.type().name(),
                entry.caseId() == null ? null : entry.caseId().value(),
                entry.occurredAt(),
                says,
                entry.enteredBy(),
                entry.enteredAt(),
                entry.enteredBy().equals(viewer));
    }

    private static void flatten(String prefix, JsonNode data, List<Said> says) {
        data.properties().forEach(field -> {
            if (field.getValue().isObject()) {
                flatten(prefix + field.getKey() + ".", field.getValue(), says);
            } else {
                says.add(new Said(prefix + field.getKey(), text(field.getValue())));
            }
        });
    }

    private static String text(JsonNode value) {
        if (!value.isArray()) {
            return value.asText();
        }
        List<String> items = new ArrayList<>();
        value.forEach(item -> items.add(item.asText()));
        return String.join(", ", items);
    }
}
