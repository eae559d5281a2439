package org.tumorboard.web;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.DecimalNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/**
 * A field of an event as a form asks for it.
 *
 * @param path where it stands in the event's data: {@code corrects.id}
 * @param schema its JSON Schema
 */
record EntryField(String path, JsonNode schema, boolean isRequired) {

    enum Kind {
        CHOICE,
        YES_NO,
        NUMBER,
        TIME,
        DATE,
        LIST,
        VALUES,
        TEXT
    }

    /** The parameter of the form. */
    public String name() {
        return "data." + path;
    }

    public Kind kind() {
        return switch (schema.path("type").asText()) {
            case "boolean" -> Kind.YES_NO;
            case "integer", "number" -> Kind.NUMBER;
            case "array" -> Kind.LIST;
            case "object" -> Kind.VALUES;
            default -> ofText();
        };
    }

    private Kind ofText() {
        if (schema.has("enum")) {
            return Kind.CHOICE;
        }
        return switch (schema.path("format").asText()) {
            case "date-time" -> Kind.TIME;
            case "date" -> Kind.DATE;
            default -> Kind.TEXT;
        };
    }

    /** The values among which to choose. */
    public List<String> choices() {
        JsonNode values = kind() == Kind.LIST ? schema.path("items").path("enum") : schema.path("enum");
        return StreamSupport.stream(values.spliterator(), false)
                .map(JsonNode::asText)
                .toList();
    }

    public String description() {
        return schema.path("description").asText().replace("`", "");
    }

    public @Nullable String least() {
        return schema.has("minimum")
                ? schema.get("minimum").asText()
                : schema.has("exclusiveMinimum")
                        ? schema.get("exclusiveMinimum").asText()
                        : null;
    }

    public @Nullable String most() {
        return schema.has("maximum") ? schema.get("maximum").asText() : null;
    }

    /** By how much a number may go up. */
    public String step() {
        return schema.path("type").asText().equals("integer")
                ? schema.path("multipleOf").asText("1")
                : "any";
    }

    /**
     * What was typed as JSON; null if it is nothing.
     *
     * @throws IllegalArgumentException that says what was expected
     */
    @Nullable
    JsonNode read(String typed) {
        if (kind() == Kind.LIST && (isRequired || !typed.isBlank())) {
            return list(typed);
        }
        if (kind() == Kind.VALUES && (isRequired || !typed.isBlank())) {
            return values(typed);
        }
        if (typed.isBlank()) {
            return null;
        }
        return switch (kind()) {
            case YES_NO -> BooleanNode.valueOf(typed.equals("true"));
            case NUMBER -> number(typed.strip());
            case TIME -> TextNode.valueOf(utc(typed.strip()).toString());
            default -> TextNode.valueOf(typed.strip());
        };
    }

    /** A time as a form sends it, which is in UTC. */
    static Instant utc(String typed) {
        try {
            return typed.endsWith("Z")
                    ? Instant.parse(typed)
                    : LocalDateTime.parse(typed).toInstant(ZoneOffset.UTC);
        } catch (DateTimeException e) {
            throw new IllegalArgumentException("expected a date and time in UTC, like 2025-03-05T19:00", e);
        }
    }

    private static JsonNode number(String typed) {
        try {
            return DecimalNode.valueOf(new BigDecimal(typed));
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("expected a number", e);
        }
    }

    private static ArrayNode list(String typed) {
        ArrayNode list = JsonNodeFactory.instance.arrayNode();
        Stream.of(typed.split("[,\\n]"))
                .map(String::strip)
                .filter(item -> !item.isEmpty())
                .forEach(list::add);
        return list;
    }

    private static ObjectNode values(String typed) {
        ObjectNode values = JsonNodeFactory.instance.objectNode();
        for (String line :
                typed.lines().map(String::strip).filter(one -> !one.isEmpty()).toList()) {
            int equals = line.indexOf('=');
            if (equals < 1) {
                throw new IllegalArgumentException(
                        "expected lines like choice = CONFIRM, but got '%s'".formatted(line));
            }
            values.set(
                    line.substring(0, equals).strip(),
                    value(line.substring(equals + 1).strip()));
        }
        return values;
    }

    private static JsonNode value(String typed) {
        if (Arrays.asList("true", "false").contains(typed)) {
            return BooleanNode.valueOf(typed.equals("true"));
        }
        if (typed.contains(",")) {
            return list(typed);
        }
        return typed.matches("-?\\d{1,6}(\\.\\d{1,9})?") ? number(typed) : TextNode.valueOf(typed);
    }
}
