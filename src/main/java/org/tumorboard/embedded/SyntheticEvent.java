package org.tumorboard.embedded;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.tumorboard.event.EventType;
import org.tumorboard.event.Topics;

/**
 * What a demonstration department says of an invented patient.
 *
 * @param id unique within the department's source
 * @param key the Kafka key: patient or unit
 * @param subject the case it names, if it names one
 * @param time when it clinically happened
 */
public record SyntheticEvent(
        EventType type, String id, String key, @Nullable String subject, Instant time, JsonNode data) {

    public String topic() {
        return Topics.events(type.department());
    }

    public String source() {
        return "//hospital.example/" + type.department().slug();
    }

    /** The same event, clinically at another time. */
    public SyntheticEvent at(Instant otherTime) {
        return new SyntheticEvent(type, id, key, subject, otherTime, data);
    }

    /** The headers of the binary CloudEvents form; its value is {@link #data()}. */
    public Map<String, byte[]> headers() {
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put("ce_specversion", "1.0");
        headers.put("ce_id", id);
        headers.put("ce_source", source());
        headers.put("ce_type", type.wireType());
        headers.put("ce_time", time.toString());
        if (subject != null) {
            headers.put("ce_subject", subject);
        }
        headers.put("content-type", "application/json");
        Map<String, byte[]> bytes = new LinkedHashMap<>();
        headers.forEach((name, value) -> bytes.put(name, value.getBytes(UTF_8)));
        return bytes;
    }

    /** The structured CloudEvents form. */
    public ObjectNode structured() {
        ObjectNode event = JsonNodeFactory.instance
                .objectNode()
                .put("specversion", "1.0")
                .put("id", id)
                .put("source", source())
                .put("type", type.wireType())
                .put("time", time.toString())
                .put("datacontenttype", "application/json");
        if (subject != null) {
            event.put("subject", subject);
        }
        event.set("data", data);
        return event;
    }
}
