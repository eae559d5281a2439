package org.tumorboard.inbox;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.tumorboard.event.CaseId;
import org.tumorboard.event.Department;
import org.tumorboard.event.EventIdentity;
import org.tumorboard.event.EventSchemas;
import org.tumorboard.event.EventType;
import org.tumorboard.event.Fact;
import org.tumorboard.event.InboundEvent;
import org.tumorboard.event.Outcome;
import org.tumorboard.event.Reading.Claim;
import org.tumorboard.event.Topics;
import org.tumorboard.outbox.OutboundMessage;
import org.tumorboard.pathway.CaseRow;

/**
 * A treatment, a stop or a death that is refused or fails has happened all the same. It must not vanish among dead letters:
 * its sender and coordination are told at once, and it stands on the page of each case that it may be about.
 */
@Component
final class FactsNotTaken {

    private static final String TYPE = "org.tumorboard.notification.event-not-taken.v1";
    private static final String DEATH = "patient-deceased";

    private final EventSchemas schemas;
    private final ObjectMapper json;

    FactsNotTaken(EventSchemas schemas, ObjectMapper json) {
        this.schemas = schemas;
        this.json = json;
    }

    /** Whether nobody may overlook that it was not taken. */
    static boolean matters(@Nullable Claim claim) {
        return claim != null
                && (claim.fact() == Fact.TREATMENT
                        || claim.fact() == Fact.STOP
                        || claim.type().name().equals(DEATH));
    }

    boolean matters(InboundEvent event) {
        return matters(claim(event));
    }

    Claim claim(InboundEvent event) {
        return new Claim(event.type(), schemas.fact(event.type(), event.data()), event.patientRef(), event.subject());
    }

    /**
     * Tells its sender and coordination.
     *
     * @param place where the record stands; null for an event that had waited
     * @param cases of the patient, or the one that it names; empty if none is known
     */
    List<OutboundMessage> tell(
            EventIdentity event,
            Claim claim,
            Outcome outcome,
            @Nullable String place,
            Collection<CaseId> cases,
            Instant now) {
        List<OutboundMessage> messages = new ArrayList<>();
        for (Department reader : Stream.of(claim.type().department(), Department.COORDINATION)
                .distinct()
                .toList()) {
            if (cases.isEmpty()) {
                messages.add(message(event, claim, outcome, place, null, reader, now));
            }
            cases.forEach(caseId -> messages.add(message(event, claim, outcome, place, caseId, reader, now)));
        }
        return messages;
    }

    /** Of the cases at hand, those that it may be about: the one that it names, else all of the patient. */
    static List<CaseId> about(Claim claim, Collection<CaseRow> cases) {
        if (claim.patientRef() == null) {
            return cases.stream()
                    .map(CaseRow::caseId)
                    .filter(caseId -> caseId.equals(claim.subject()))
                    .toList();
        }
        List<CaseId> ofPatient = cases.stream()
                .filter(row -> row.patientRef().equals(claim.patientRef()))
                .map(CaseRow::caseId)
                .toList();
        return claim.subject() != null && ofPatient.contains(claim.subject()) ? List.of(claim.subject()) : ofPatient;
    }

    private OutboundMessage message(
            EventIdentity event,
            Claim claim,
            Outcome outcome,
            @Nullable String place,
            @Nullable CaseId caseId,
            Department reader,
            Instant now) {
        ObjectNode payload = json.createObjectNode();
        if (caseId != null) {
            payload.put("caseId", caseId.value());
        }
        if (claim.patientRef() != null) {
            payload.put("patientRef", claim.patientRef());
        }
        payload.put("occurredAt", now.toString())
                .put("event", claim.type().shortName())
                .put("outcome", outcome.name());
        return new OutboundMessage(
                id(event, outcome, place, caseId, reader),
                Topics.notifications(reader),
                key(claim.type(), claim.patientRef(), caseId),
                TYPE,
                now,
                null,
                event.id(),
                null,
                payload,
                null);
    }

    /** Whoever is told twice of one record knows it by the id. */
    private static UUID id(
            EventIdentity event, Outcome outcome, @Nullable String place, @Nullable CaseId caseId, Department reader) {
        return UUID.nameUUIDFromBytes(String.join(
                        "\n",
                        "not taken",
                        event.source(),
                        event.id(),
                        outcome.name(),
                        String.valueOf(caseId),
                        reader.slug(),
                        String.valueOf(place))
                .getBytes(UTF_8));
    }

    private static String key(EventType type, @Nullable String patientRef, @Nullable CaseId caseId) {
        return caseId != null
                ? caseId.value()
                : patientRef != null ? patientRef : type.department().slug();
    }
}
