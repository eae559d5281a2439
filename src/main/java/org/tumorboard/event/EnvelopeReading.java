package org.tumorboard.event;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.util.Base64;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.jspecify.annotations.Nullable;

/**
 * Reads an envelope as the Kafka binding of CloudEvents has it: its attributes from {@code ce_} headers and its data from
 * the value, or all from one JSON document.
 */
final class EnvelopeReading {

    private static final String PREFIX = "ce_";
    private static final String CONTENT_TYPE = "content-type";
    private static final String DATA = "data";
    private static final String BASE64 = "data_base64";
    private static final Set<String> TEXTS = Set.of(
            Envelope.SPECVERSION,
            Envelope.ID,
            Envelope.SOURCE,
            Envelope.TYPE,
            Envelope.TIME,
            Envelope.SUBJECT,
            Envelope.DATA_CONTENT_TYPE,
            "dataschema");
    private static final int SHOWN = 80;

    private final Map<String, String> attributes = new LinkedHashMap<>();
    private @Nullable String flaw;

    private EnvelopeReading() {}

    static Envelope of(Headers headers, byte @Nullable [] value) {
        return new EnvelopeReading().read(headers, value);
    }

    private Envelope read(Headers headers, byte @Nullable [] value) {
        Map<String, String> said = texts(headers);
        String contentType = said.remove(CONTENT_TYPE);
        MediaType media = MediaType.of(contentType == null ? "" : contentType);
        if (media.isStructured()) {
            return structured(value);
        }
        if (media.isOtherMode()) {
            note("%s: expected %s, or the data of an event with ce_ headers, but got '%s'"
                    .formatted(CONTENT_TYPE, MediaType.STRUCTURED, StorableText.shown(contentType, SHOWN)));
        }
        said.forEach((name, text) -> attributes.put(name.substring(PREFIX.length()), text));
        if (contentType != null) {
            attributes.put(Envelope.DATA_CONTENT_TYPE, contentType);
        }
        return binary(value);
    }

    /** Those of the binding by their names in lower case, {@code ce_} included. */
    private Map<String, String> texts(Headers headers) {
        Map<String, String> texts = new LinkedHashMap<>();
        Set<String> seen = new HashSet<>();
        for (Header header : headers) {
            String name = header.key().toLowerCase(Locale.ROOT);
            if (!name.startsWith(PREFIX) && !name.equals(CONTENT_TYPE)) {
                continue;
            }
            if (!seen.add(name)) {
                note(name + ": expected once, but it is given twice");
                texts.remove(name);
            } else if (header.value() != null) {
                String text = text(name, header.value());
                if (text != null) {
                    texts.put(name, text);
                }
            }
        }
        return texts;
    }

    /** Null if it is none: what a replacement character stood for, nobody could tell any more. */
    private @Nullable String text(String name, byte[] value) {
        try {
            return UTF_8.newDecoder().decode(ByteBuffer.wrap(value)).toString();
        } catch (CharacterCodingException e) {
            note(name + ": expected UTF-8, but it has bytes that are none");
            return null;
        }
    }

    private Envelope binary(byte @Nullable [] value) {
        if (value == null || value.length == 0) {
            return new Envelope(attributes, flaw, null, null);
        }
        StrictJson.Document data = StrictJson.read(value, DATA);
        return new Envelope(attributes, flaw, data.root(), dataFlaw(data));
    }

    private static @Nullable String dataFlaw(StrictJson.Document data) {
        return data.isJson() ? data.flaw() : "data: expected JSON, but " + data.flaw();
    }

    private Envelope structured(byte @Nullable [] value) {
        StrictJson.Document event = StrictJson.read(value == null ? new byte[0] : value, "");
        if (!event.isJson()) {
            return Envelope.unreadable("expected a CloudEvent 1.0, but " + event.flaw());
        }
        if (!(event.root() instanceof ObjectNode fields)) {
            return Envelope.unreadable("expected a CloudEvent 1.0, but it is no JSON object: "
                    + event.root().getNodeType());
        }
        if (event.flaw() != null) {
            note(event.flaw());
        }
        fields.properties().forEach(field -> put(field.getKey(), field.getValue()));
        return withData(fields);
    }

    private void put(String name, JsonNode value) {
        if (name.equals(DATA) || name.equals(BASE64) || value.isNull()) {
            return;
        }
        boolean isText = TEXTS.contains(name);
        if (value.isTextual() || !isText && (value.isBoolean() || value.isInt())) {
            attributes.put(name, value.asText());
        } else {
            note("%s: expected %s, but got %s"
                    .formatted(name, isText ? "text" : "text, a boolean or a whole number", value.getNodeType()));
        }
    }

    private Envelope withData(ObjectNode fields) {
        JsonNode encoded = fields.path(BASE64);
        if (encoded.isMissingNode() || encoded.isNull()) {
            return new Envelope(attributes, flaw, fields.get(DATA), null);
        }
        if (fields.has(DATA)) {
            note("data: expected either data or data_base64, but got both");
        }
        byte[] decoded = decoded(encoded);
        if (decoded == null) {
            note("data_base64: expected Base64");
            return new Envelope(attributes, flaw, null, null);
        }
        return binary(decoded);
    }

    private static byte @Nullable [] decoded(JsonNode encoded) {
        try {
            return encoded.isTextual() ? Base64.getDecoder().decode(encoded.textValue()) : null;
        } catch (IllegalArgumentException e) {
            return null;
        }
    }

    private void note(String complaint) {
        flaw = flaw == null ? complaint : flaw;
    }
}
