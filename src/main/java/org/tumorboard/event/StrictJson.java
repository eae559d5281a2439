package org.tumorboard.event;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The one way in which JSON of others is read: one document in UTF-8, each key once, numbers that can be reckoned with. What
 * is wrong is told by its field; the rest is read all the same, so that a refusal can say what it is about.
 */
final class StrictJson {

    private static final int DEEPEST = 64;

    /** Of a number as it is written: sign, digits, point and exponent. */
    private static final int LONGEST_NUMBER = 2 * EventData.MOST_DIGITS;

    private static final int SHOWN = 40;
    private static final char BYTE_ORDER_MARK = '\uFEFF';

    /** Numbers are measured here, where their field is known. */
    private static final JsonFactory FACTORY = JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNumberLength(Integer.MAX_VALUE)
                    .build())
            .build();

    private final JsonParser parser;
    private final String top;
    private @Nullable String flaw;

    private StrictJson(JsonParser parser, String top) {
        this.parser = parser;
        this.top = top;
    }

    /**
     * @param root null if it is no JSON; else without keys that are given twice with other values, and numbers that are none for us
     * @param flaw what is wrong: why it is no JSON, or a sentence that begins with the field; null if nothing
     */
    record Document(@Nullable JsonNode root, @Nullable String flaw) {

        boolean isJson() {
            return root != null;
        }
    }

    /** @param top what sentences call the document: {@code data}; empty for an event, whose fields go by their own names */
    static Document read(byte[] body, String top) {
        try (JsonParser parser = FACTORY.createParser(text(body))) {
            return new StrictJson(parser, top).document();
        } catch (CharacterCodingException e) {
            return new Document(null, "it is no UTF-8");
        } catch (JacksonException e) {
            return new Document(null, "it is no JSON" + at(e.getLocation()));
        } catch (IOException e) {
            return new Document(null, "it is no JSON");
        }
    }

    /** Where, and not what: what cannot be read may be a name. */
    private static String at(@Nullable JsonLocation place) {
        return place == null ? "" : " at line %d, column %d".formatted(place.getLineNr(), place.getColumnNr());
    }

    private static String text(byte[] body) throws CharacterCodingException {
        // unlike a string's constructor, a decoder refuses what is none
        String text = UTF_8.newDecoder().decode(ByteBuffer.wrap(body)).toString();
        return !text.isEmpty() && text.charAt(0) == BYTE_ORDER_MARK ? text.substring(1) : text;
    }

    private Document document() throws IOException {
        JsonToken first = parser.nextToken();
        if (first == null) {
            return new Document(null, "it is empty");
        }
        JsonNode root = value(first);
        if (isFollowed()) {
            note(() -> (top.isEmpty() ? "body" : top) + ": expected one JSON document, but more follows it");
        }
        return new Document(root, flaw);
    }

    private boolean isFollowed() throws IOException {
        try {
            return parser.nextToken() != null;
        } catch (JacksonException noJsonEither) {
            return true;
        }
    }

    private JsonNode value(JsonToken token) throws IOException {
        return switch (token) {
            case START_OBJECT, START_ARRAY -> nested(token);
            case VALUE_STRING -> TextNode.valueOf(parser.getText());
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> number();
            case VALUE_TRUE, VALUE_FALSE -> BooleanNode.valueOf(token == JsonToken.VALUE_TRUE);
            default -> NullNode.getInstance();
        };
    }

    private JsonNode nested(JsonToken token) throws IOException {
        if (parser.getParsingContext().getNestingDepth() > DEEPEST) {
            note(() -> place() + ": expected at most %d levels, but it is nested deeper".formatted(DEEPEST));
            parser.skipChildren();
            return NullNode.getInstance();
        }
        return token == JsonToken.START_OBJECT ? object() : array();
    }

    private ObjectNode object() throws IOException {
        ObjectNode object = JsonNodeFactory.instance.objectNode();
        Set<String> doubled = new HashSet<>();
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            String name = parser.currentName();
            JsonNode value = value(parser.nextToken());
            if (object.has(name)) {
                note(() -> place() + ": expected once, but it is given twice");
                if (!value.equals(object.get(name))) {
                    doubled.add(name);
                }
            }
            object.set(name, value);
        }
        return object.remove(doubled);
    }

    private ArrayNode array() throws IOException {
        ArrayNode array = JsonNodeFactory.instance.arrayNode();
        JsonToken token = parser.nextToken();
        while (token != JsonToken.END_ARRAY) {
            array.add(value(token));
            token = parser.nextToken();
        }
        return array;
    }

    private JsonNode number() throws IOException {
        BigDecimal number = parser.getTextLength() > LONGEST_NUMBER ? null : decimal(parser.getText());
        if (number == null || !EventData.isBounded(number)) {
            String written = StorableText.shown(parser.getText(), SHOWN);
            note(() -> "%s: %s, but got %s".formatted(place(), EventData.expectedNumber(), written));
            return NullNode.getInstance();
        }
        return EventData.number(number);
    }

    /** Null if its exponent is larger than any number's. */
    private static @Nullable BigDecimal decimal(String written) {
        try {
            return new BigDecimal(written);
        } catch (NumberFormatException e) {
            return null;
        }
    }

    /** Only the first flaw is told; to say where each of thousands lies would take longer than to read them all. */
    private void note(Supplier<String> complaint) {
        if (flaw == null) {
            flaw = complaint.get();
        }
    }

    private static boolean isIndex(String name) {
        return name.length() < 10 && name.chars().allMatch(Character::isDigit);
    }

    /** A name that is no plain word may be somebody's. */
    private String place() {
        String path = Arrays.stream(
                        parser.getParsingContext().pathAsPointer().toString().split("/"))
                .map(name -> name.isEmpty() || UnknownFields.isPlain(name) || isIndex(name) ? name : "…")
                .collect(Collectors.joining("."));
        return top.isEmpty() && path.startsWith(".") ? path.substring(1) : top + path;
    }
}
