package org.tumorboard.event;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;

/**
 * Leaves out what a schema closes itself against: a department may send more than we know, and its next version will. What
 * stands under an open map keeps to the map's own rules.
 */
final class UnknownFields {

    private static final LinearPattern PLAIN_NAME = LinearPattern.of("[A-Za-z][A-Za-z0-9]{0,39}");

    private int count;
    private final List<String> names = new ArrayList<>();

    private UnknownFields() {}

    /** @param data what is left */
    record Known(JsonNode data, Reading.Dropped dropped) {}

    static Known leftOut(JsonNode schema, JsonNode data) {
        UnknownFields unknown = new UnknownFields();
        JsonNode kept = unknown.kept(schema, data);
        return new Known(kept, new Reading.Dropped(unknown.count, List.copyOf(unknown.names)));
    }

    private JsonNode kept(JsonNode schema, JsonNode value) {
        if (value.isObject()) {
            return keptOfObject(schema, value);
        }
        if (value.isArray() && schema.has("items")) {
            ArrayNode items = JsonNodeFactory.instance.arrayNode(value.size());
            value.forEach(item -> items.add(kept(schema.get("items"), item)));
            return items;
        }
        return value;
    }

    private ObjectNode keptOfObject(JsonNode schema, JsonNode value) {
        JsonNode known = schema.path("properties");
        boolean isClosed = !schema.path("additionalProperties").asBoolean(true);
        ObjectNode kept = JsonNodeFactory.instance.objectNode();
        value.properties().forEach(field -> {
            String name = field.getKey();
            if (isClosed && !known.has(name)) {
                drop(name);
            } else {
                kept.set(name, kept(known.path(name), field.getValue()));
            }
        });
        return kept;
    }

    private void drop(String name) {
        count++;
        if (names.size() < Reading.Dropped.MOST_NAMES && isPlain(name)) {
            names.add(name);
        }
    }

    /** Whether it may be shown: what is no plain word may say more than a field's name. */
    static boolean isPlain(String name) {
        return PLAIN_NAME.matches(name);
    }
}
