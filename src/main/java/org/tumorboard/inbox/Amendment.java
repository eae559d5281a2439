package org.tumorboard.inbox;

import static java.util.Comparator.comparing;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.tumorboard.event.EventIdentity;
import org.tumorboard.event.EventType;
import org.tumorboard.event.InboundEvent;

/**
 * What a department says about an event that it sent earlier: other values, another time, or that it never happened.
 *
 * @param event the correction or retraction itself
 * @param target the event it is about
 */
record Amendment(InboundEvent event, EventIdentity target, boolean retracts) {

    /** In the order in which they were made, whenever they arrived. */
    static final Comparator<Amendment> AS_MADE = comparing(
                    (Amendment amendment) -> amendment.event().time())
            .thenComparing(amendment -> amendment.event().identity().id())
            .thenComparing(amendment -> amendment.event().identity().source());

    private static final String CORRECTED = "event-corrected";
    private static final String RETRACTED = "event-retracted";
    private static final String STEP_COMPLETED = "step-completed";

    static boolean isOne(EventType type) {
        return type.name().equals(CORRECTED) || type.name().equals(RETRACTED);
    }

    static Amendment of(InboundEvent event) {
        boolean retracts = event.type().name().equals(RETRACTED);
        JsonNode target = event.data().path(retracts ? "retracts" : "corrects");
        return new Amendment(
                event,
                new EventIdentity(
                        target.path("source").asText(), target.path("id").asText()),
                retracts);
    }

    EventIdentity identity() {
        return event.identity();
    }

    @Nullable
    Instant occurredAt() {
        String text = event.text("occurredAt");
        return text == null ? null : OffsetDateTime.parse(text).toInstant();
    }

    /** The values that were wrong, as they should be. */
    JsonNode values() {
        return event.data().path("data");
    }

    boolean isNewerThan(Amendment other) {
        return AS_MADE.compare(this, other) > 0;
    }

    /** The event as these corrections together tell it. */
    static InboundEvent applied(List<Amendment> corrections, InboundEvent said) {
        InboundEvent form = said;
        for (Amendment correction :
                corrections.stream().sorted(AS_MADE).filter(a -> !a.retracts()).toList()) {
            form = correction.on(form);
        }
        return form;
    }

    private InboundEvent on(InboundEvent said) {
        ObjectNode data = said.data().deepCopy();
        // what a step found lies one level down, and a correction names it flatly like every other value
        ObjectNode found = said.type().name().equals(STEP_COMPLETED) ? (ObjectNode) data.get("data") : data;
        values().properties()
                .forEach(value -> (data.has(value.getKey()) ? data : found).set(value.getKey(), value.getValue()));
        Instant occurredAt = occurredAt();
        return new InboundEvent(
                said.identity(),
                said.type(),
                said.subject(),
                said.patientRef(),
                occurredAt == null ? said.time() : occurredAt,
                data,
                said.correlationId(),
                said.traceParent());
    }
}
