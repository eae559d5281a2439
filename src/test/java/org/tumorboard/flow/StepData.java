package org.tumorboard.flow;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Random;
import java.util.Set;

/** What the schema of {@code step-completed} asks of a step. */
final class StepData {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Path SCHEMA = Path.of("src/main/resources/schemas/events/any.step-completed.json");
    private static final JsonNode RULES = read();

    private StepData() {}

    /** Adds what is required of the step and is not there. */
    static void complete(String step, ObjectNode data, Instant at, Random random) {
        Set<String> required = new LinkedHashSet<>();
        Map<String, JsonNode> fields = new LinkedHashMap<>();
        collect(RULES.at("/properties/data"), required, fields);
        for (JsonNode rule : RULES.path("allOf")) {
            JsonNode named = rule.at("/if/properties/step");
            if (named.path("const").asText().equals(step) || contains(named.path("enum"), step)) {
                collect(rule.at("/then/properties/data"), required, fields);
            }
        }
        required.stream()
                .filter(field -> !data.has(field))
                .forEach(field -> data.set(field, value(fields.getOrDefault(field, JSON.nullNode()), at, random)));
    }

    private static void collect(JsonNode schema, Set<String> required, Map<String, JsonNode> fields) {
        schema.path("required").forEach(field -> required.add(field.asText()));
        schema.path("properties")
                .properties()
                .forEach(field -> fields.merge(
                        field.getKey(), field.getValue(), (known, further) -> further.has("enum") ? further : known));
    }

    private static boolean contains(JsonNode names, String step) {
        for (JsonNode name : names) {
            if (name.asText().equals(step)) {
                return true;
            }
        }
        return false;
    }

    private static JsonNode value(JsonNode schema, Instant at, Random random) {
        if (schema.has("enum")) {
            return schema.get("enum").get(random.nextInt(schema.get("enum").size()));
        }
        if (schema.path("format").asText().equals("date-time")) {
            return JSON.valueToTree(at.toString());
        }
        return switch (schema.path("type").asText()) {
            case "boolean" -> JSON.valueToTree(true);
            case "number", "integer" -> JSON.valueToTree(schema.path("minimum").asInt(1));
            default -> JSON.valueToTree("OTHER");
        };
    }

    private static JsonNode read() {
        try {
            return JSON.readTree(Files.readString(SCHEMA));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
