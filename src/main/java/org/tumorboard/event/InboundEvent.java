package org.tumorboard.event;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A department's event that passed the edge: known type, right department, valid data.
 *
 * @param identity source and id, for ever unique
 * @param type what happened, and who says so
 * @param subject the case it names, if it names one
 * @param patientRef the patient's pseudonym; null only for events about a whole Gamma Knife unit
 * @param time when it clinically happened
 * @param data the schema-checked payload
 * @param correlationId the sender's correlation, passed on with what the event causes
 * @param traceParent W3C trace context, passed on likewise
 */
public record InboundEvent(
        EventIdentity identity,
        EventType type,
        @Nullable CaseId subject,
        @Nullable String patientRef,
        Instant time,
        JsonNode data,
        @Nullable String correlationId,
        @Nullable String traceParent) {

    /** The same event, about a patient who goes by another pseudonym now; what it said stays as it was sent. */
    public InboundEvent of(String survivingPatientRef) {
        return new InboundEvent(identity, type, subject, survivingPatientRef, time, data, correlationId, traceParent);
    }

    /** The same event, with the case that it names written as that case is. */
    public InboundEvent about(CaseId caseId) {
        return new InboundEvent(identity, type, caseId, patientRef, time, data, correlationId, traceParent);
    }

    /** The same event as the edge reads it today: one form of each number and UUID. */
    public InboundEvent normal() {
        return new InboundEvent(
                identity,
                type,
                subject == null ? null : new CaseId(UuidText.canonical(subject.value())),
                patientRef,
                time,
                EventData.normal(data),
                correlationId,
                traceParent);
    }

    /** The unit an event without patient is about. */
    public String unit() {
        return data.path("unit").asText();
    }

    /** The field as text, null if absent. */
    public @Nullable String text(String field) {
        JsonNode value = data.get(field);
        return value == null || value.isNull() ? null : value.asText();
    }
}
