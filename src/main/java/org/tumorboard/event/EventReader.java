package org.tumorboard.event;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
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

    private static final String TOO_DEEP = "expected an event, but it is too deep or too long to be read";

    private final EventSchemas schemas;

    EventReader(EventSchemas schemas) {
        this.schemas = schemas;
    }

    /**
     * @param sender the department whose topic the record stands on
     * @param now the present, against which the clinical time is held
     */
    public Reading read(Department sender, Headers headers, byte @Nullable [] value, Instant now) {
        Envelope envelope = Envelope.unreadable(TOO_DEEP);
        try {
            envelope = EnvelopeReading.of(headers, value);
            return judged(sender, envelope, now);
        } catch (StackOverflowError e) {
            // the record's own doing, and the stack is whole again here; it must not end whoever reads records
            return refused(sender, envelope, TOO_DEEP);
        }
    }

    /** The same for an event that did not come over Kafka: headers as the Kafka binding names them. */
    public Reading read(Department sender, Map<String, byte[]> headers, byte @Nullable [] value, Instant now) {
        RecordHeaders said = new RecordHeaders();
        headers.forEach(said::add);
        return read(sender, said, value, now);
    }

    private Reading judged(Department sender, Envelope envelope, Instant now) {
        return EnvelopeRules.complaint(envelope)
                .or(() -> foreign(sender, envelope))
                .or(() -> EnvelopeRules.complaint(envelope, now))
                .or(() -> Optional.ofNullable(envelope.dataFlaw()))
                .map(complaint -> refused(sender, envelope, complaint))
                .orElseGet(() -> withData(sender, envelope, now));
    }

    /** Whether the department may not say this at all, or not by this name. */
    private Optional<String> foreign(Department sender, Envelope envelope) {
        String wireType = String.valueOf(envelope.attribute(Envelope.TYPE));
        Optional<EventType> type = EventType.onTheWire(wireType).filter(schemas::knows);
        if (type.isEmpty()) {
            return Optional.of("type: expected a type of the vocabulary, but got '%s'".formatted(wireType));
        }
        if (type.get().department() != sender) {
            return Optional.of("type: expected an event of %s on its topic, but got %s".formatted(sender, type.get()));
        }
        String source = String.valueOf(envelope.attribute(Envelope.SOURCE));
        return departmentOf(source)
                .filter(claimed -> claimed != sender)
                .map(claimed -> "source: expected one of %s on its topic, but got '%s'".formatted(sender, source));
    }

    /**
     * The department that a source names in its last part: nobody may take another's identities, under which that one's own
     * events would count as duplicates.
     */
    private static Optional<Department> departmentOf(String source) {
        return Department.of(source.substring(source.lastIndexOf('/') + 1));
    }

    private Reading withData(Department sender, Envelope envelope, Instant now) {
        JsonNode said = envelope.data();
        if (said == null || !said.isObject()) {
            return refused(
                    sender,
                    envelope,
                    "data: expected a JSON object, but got " + (said == null ? "none" : said.getNodeType()));
        }
        EventType type = type(sender, envelope).orElseThrow();
        UnknownFields.Known known = schemas.known(type, said);
        JsonNode data = EventData.normal(known.data());
        List<String> complaints = schemas.complaints(type, data, now);
        if (!complaints.isEmpty()) {
            return refused(sender, envelope, String.join("; ", complaints));
        }
        String subject = envelope.attribute(Envelope.SUBJECT);
        if (subject != null && !subject.isBlank() && caseId(subject) == null) {
            return refused(sender, envelope, "subject: " + CaseId.expectation(subject));
        }
        return new Reading.Accepted(event(envelope, type, data), known.dropped());
    }

    private static InboundEvent event(Envelope envelope, EventType type, JsonNode data) {
        return new InboundEvent(
                Objects.requireNonNull(envelope.identity()),
                type,
                caseId(envelope.attribute(Envelope.SUBJECT)),
                data.hasNonNull("patientRef") ? data.get("patientRef").asText() : null,
                EnvelopeRules.time(Objects.requireNonNull(envelope.attribute(Envelope.TIME))),
                data,
                envelope.attribute(EnvelopeRules.CORRELATION),
                envelope.attribute(EnvelopeRules.TRACE));
    }

    private static @Nullable CaseId caseId(@Nullable String subject) {
        return subject == null || !CaseId.isOne(subject) ? null : new CaseId(UuidText.canonical(subject));
    }

    /** A type that this department may send, if it names one. */
    private Optional<EventType> type(Department sender, Envelope envelope) {
        return Optional.ofNullable(envelope.attribute(Envelope.TYPE))
                .flatMap(EventType::onTheWire)
                .filter(schemas::knows)
                .filter(type -> type.department() == sender);
    }

    private Reading refused(Department sender, Envelope envelope, String reason) {
        EventIdentity identity = envelope.identity();
        return new Reading.Refused(
                identity != null && EnvelopeRules.isSeen(identity.source() + identity.id()) ? identity : null,
                envelope.attribute(Envelope.TYPE),
                reason,
                type(sender, envelope).map(type -> claim(type, envelope)).orElse(null));
    }

    /** Whatever is wrong with it otherwise: people must hear of a treatment of which we cannot take the news. */
    private Reading.Claim claim(EventType type, Envelope envelope) {
        JsonNode data = envelope.dataOrNothing();
        String patientRef = data.path("patientRef").asText();
        return new Reading.Claim(
                type,
                schemas.fact(type, data),
                PatientRef.isOne(patientRef) ? UuidText.canonical(patientRef) : null,
                caseId(envelope.attribute(Envelope.SUBJECT)));
    }
}
