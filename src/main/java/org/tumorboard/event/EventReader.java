package org.tumorboard.event;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.cloudevents.CloudEvent;
import io.cloudevents.core.message.MessageReader;
import io.cloudevents.kafka.KafkaMessageFactory;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * The edge: turns a record of a department's topic into an event, or into a refusal that names the field.
 * Binary ({@code ce_} headers) and structured ({@code application/cloudevents+json}) CloudEvents 1.0 are read.
 */
@Component
public final class EventReader {

    /** How far ahead of now a clinical time may be, for clocks that differ a little. */
    static final Duration CLOCK_DIFFERENCE = Duration.ofMinutes(5);

    /** Before it nobody was irradiated; and a database cannot hold every year. */
    private static final Instant EARLIEST = Instant.parse("1900-01-01T00:00:00Z");

    private static final Pattern JSON_TYPE =
            Pattern.compile("\\s*application/([\\w.-]+\\+)?json\\s*(;.*)?", Pattern.CASE_INSENSITIVE);
    private static final String CORRELATION = "correlationid";
    private static final String TRACE = "traceparent";
    private static final int LONGEST_EXTENSION = 200;

    private final ObjectMapper json = new ObjectMapper();
    private final EventSchemas schemas;

    EventReader(EventSchemas schemas) {
        this.schemas = schemas;
    }

    /**
     * @param sender the department whose topic the record stands on
     * @param now the present, against which the clinical time is held
     */
    public Reading read(Department sender, Headers headers, byte @Nullable [] value, Instant now) {
        CloudEvent event;
        try {
            MessageReader reader = KafkaMessageFactory.createReader(headers, value);
            event = reader.toEvent();
        } catch (RuntimeException e) {
            return new Reading.Refused(
                    identity(headers), text(headers, "ce_type"), "expected a CloudEvent 1.0, but " + rootMessage(e));
        }
        return read(sender, event, now);
    }

    /** The same for an event that did not come over Kafka: headers as the Kafka binding names them. */
    public Reading read(Department sender, Map<String, byte[]> headers, byte @Nullable [] value, Instant now) {
        RecordHeaders said = new RecordHeaders();
        headers.forEach(said::add);
        return read(sender, said, value, now);
    }

    private Reading read(Department sender, CloudEvent event, Instant now) {
        EventIdentity identity = new EventIdentity(event.getSource().toString(), event.getId());
        if (!identity.isPlain()) {
            return refused(
                    identity,
                    event,
                    "id, source: expected at most %d and %d characters, none of them a control character"
                            .formatted(EventIdentity.LONGEST_ID, EventIdentity.LONGEST_SOURCE));
        }
        Optional<EventType> type = EventType.onTheWire(event.getType()).filter(schemas::knows);
        if (type.isEmpty()) {
            return refused(
                    identity,
                    event,
                    "type: expected a type of the vocabulary, but got '%s'".formatted(event.getType()));
        }
        if (type.get().department() != sender) {
            return refused(
                    identity,
                    event,
                    "type: expected an event of %s on its topic, but got %s".formatted(sender, type.get()));
        }
        Optional<Department> claimed = departmentOf(identity.source());
        if (claimed.isPresent() && claimed.get() != sender) {
            return refused(
                    identity,
                    event,
                    "source: expected one of %s on its topic, but got '%s'".formatted(sender, identity.source()));
        }
        if (event.getTime() == null) {
            return refused(identity, event, "time: expected the clinical time, but it is missing");
        }
        Instant time = event.getTime().toInstant();
        if (isAhead(time, now)) {
            return refused(
                    identity,
                    event,
                    "time: expected at most %s (5 min ahead of now), but got %s"
                            .formatted(now.plus(CLOCK_DIFFERENCE), time));
        }
        if (time.isBefore(EARLIEST)) {
            return refused(identity, event, "time: expected %s or later, but got %s".formatted(EARLIEST, time));
        }
        for (String extension : List.of(CORRELATION, TRACE)) {
            if (!StorableText.isPlain(extension(event, extension), LONGEST_EXTENSION)) {
                return refused(
                        identity,
                        event,
                        "%s: expected at most %d characters, none of them a control character"
                                .formatted(extension, LONGEST_EXTENSION));
            }
        }
        String contentType = event.getDataContentType();
        if (contentType != null && !JSON_TYPE.matcher(contentType).matches()) {
            return refused(
                    identity,
                    event,
                    "datacontenttype: expected application/json, but got '%s'"
                            .formatted(StorableText.shown(contentType, 80)));
        }
        return withData(identity, type.get(), event, time);
    }

    private Reading withData(EventIdentity identity, EventType type, CloudEvent event, Instant time) {
        JsonNode data;
        try {
            data = data(event);
        } catch (IOException e) {
            return refused(identity, event, "data: expected JSON, but " + rootMessage(e));
        }
        if (data == null || !data.isObject()) {
            return refused(
                    identity,
                    event,
                    "data: expected a JSON object, but got " + (data == null ? "none" : data.getNodeType()));
        }
        List<String> complaints = schemas.complaints(type, data);
        if (!complaints.isEmpty()) {
            return refused(identity, event, String.join("; ", complaints));
        }
        CaseId subject;
        try {
            subject =
                    event.getSubject() == null || event.getSubject().isBlank() ? null : new CaseId(event.getSubject());
        } catch (IllegalArgumentException e) {
            return refused(identity, event, "subject: " + e.getMessage());
        }
        String patientRef =
                data.hasNonNull("patientRef") ? data.get("patientRef").asText() : null;
        return new Reading.Accepted(new InboundEvent(
                identity,
                type,
                subject,
                patientRef,
                time,
                data,
                extension(event, CORRELATION),
                extension(event, TRACE)));
    }

    /**
     * The department that a source names in its last part: nobody may take another's identities, under which that one's own
     * events would count as duplicates.
     */
    private static Optional<Department> departmentOf(String source) {
        return Department.of(source.substring(source.lastIndexOf('/') + 1));
    }

    /** Whether a clinical time lies further in the future than clocks may differ. */
    public static boolean isAhead(Instant time, Instant now) {
        return time.isAfter(now.plus(CLOCK_DIFFERENCE));
    }

    private static @Nullable String extension(CloudEvent event, String name) {
        Object value = event.getExtension(name);
        return value == null ? null : value.toString();
    }

    private @Nullable JsonNode data(CloudEvent event) throws IOException {
        if (event.getData() == null) {
            return null;
        }
        return json.readTree(event.getData().toBytes());
    }

    private static Reading refused(EventIdentity identity, CloudEvent event, String reason) {
        return new Reading.Refused(identity, event.getType(), reason);
    }

    private static @Nullable EventIdentity identity(Headers headers) {
        String source = text(headers, "ce_source");
        String id = text(headers, "ce_id");
        return source == null || id == null ? null : new EventIdentity(source, id);
    }

    private static @Nullable String text(Headers headers, String name) {
        Header header = headers.lastHeader(name);
        return header == null || header.value() == null
                ? null
                : new String(header.value(), java.nio.charset.StandardCharsets.UTF_8);
    }

    private static String rootMessage(Throwable e) {
        Throwable root = e;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        return root instanceof JacksonException jackson
                ? "it is no JSON: " + jackson.getOriginalMessage()
                : String.valueOf(root.getMessage());
    }
}
