package org.tumorboard.inbox;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.tumorboard.event.CaseId;
import org.tumorboard.event.EventIdentity;
import org.tumorboard.event.InboundEvent;
import org.tumorboard.event.Outcome;
import org.tumorboard.event.Reading.Claim;

/**
 * A row of the inbox.
 *
 * @param type short type, or the claimed wire type of a refused event
 * @param time clinical time
 * @param reason why parked and what releases it, why refused or failed, what was already done
 * @param disagrees it was already done, but with another time or value
 * @param awaitsTurn parked and not tried since its patient's case last moved
 * @param remarks what is noted beside what became of it
 */
public record InboxEntry(
        String source,
        String id,
        String type,
        String department,
        @Nullable String subject,
        @Nullable String patientRef,
        @Nullable String unit,
        @Nullable String caseId,
        @Nullable Instant time,
        Instant receivedAt,
        Outcome outcome,
        @Nullable String reason,
        boolean disagrees,
        boolean awaitsTurn,
        Instant decidedAt,
        @Nullable String correlationId,
        @Nullable String traceParent,
        @Nullable JsonNode data,
        Remarks remarks) {

    static InboxEntry of(InboundEvent event, boolean isUnitWide, Verdict verdict, Remarks remarks, Instant now) {
        return new InboxEntry(
                event.identity().source(),
                event.identity().id(),
                event.type().shortName(),
                event.type().department().slug(),
                event.subject() == null ? null : event.subject().value(),
                event.patientRef(),
                isUnitWide ? event.unit() : null,
                verdict.caseId() == null ? null : verdict.caseId().value(),
                event.time(),
                now,
                verdict.outcome(),
                verdict.reason(),
                verdict.disagrees(),
                verdict.awaitsTurn(),
                now,
                event.correlationId(),
                event.traceParent(),
                event.data(),
                remarks.ofFactNotTaken(verdict.factNotTaken()));
    }

    static InboxEntry refused(
            Arrival arrival,
            EventIdentity identity,
            @Nullable String type,
            String reason,
            @Nullable Claim claim,
            Instant now) {
        CaseId subject = claim == null ? null : claim.subject();
        return new InboxEntry(
                identity.source(),
                identity.id(),
                type == null ? "unknown" : type,
                arrival.sender().slug(),
                subject == null ? null : subject.value(),
                claim == null ? null : claim.patientRef(),
                null,
                null,
                null,
                now,
                Outcome.REFUSED,
                reason,
                false,
                false,
                now,
                null,
                null,
                null,
                Remarks.NONE.ofFactNotTaken(FactsNotTaken.matters(claim)));
    }

    public EventIdentity identity() {
        return new EventIdentity(source, id);
    }
}
