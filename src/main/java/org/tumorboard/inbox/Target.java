package org.tumorboard.inbox;

import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.tumorboard.event.CaseId;
import org.tumorboard.event.EventIdentity;
import org.tumorboard.event.EventType;
import org.tumorboard.event.InboundEvent;
import org.tumorboard.event.Outcome;

/**
 * The event that a correction or retraction is about, as it was sent.
 *
 * @param department slug of the department on whose topic it came
 * @param outcome null for an event that has just come and is not decided about
 * @param event null where it was refused and so could not be read
 */
record Target(
        EventIdentity identity,
        String department,
        boolean isUnitWide,
        @Nullable String patientRef,
        @Nullable CaseId caseId,
        @Nullable Outcome outcome,
        @Nullable InboundEvent event) {

    static Target justCome(InboundEvent event, boolean isUnitWide) {
        return new Target(
                event.identity(),
                event.type().department().slug(),
                isUnitWide,
                event.patientRef(),
                event.subject(),
                null,
                event);
    }

    static Target of(InboxEntry entry) {
        String caseId = entry.caseId() == null ? entry.subject() : entry.caseId();
        return new Target(
                entry.identity(),
                entry.department(),
                entry.unit() != null,
                entry.patientRef(),
                caseId == null ? null : new CaseId(caseId),
                entry.outcome(),
                entry.outcome() == Outcome.REFUSED ? null : InboxTable.event(entry));
    }

    Optional<EventType> type() {
        return Optional.ofNullable(event).map(InboundEvent::type);
    }

    /** Whether no case has heard of it yet. */
    boolean isWaiting() {
        return outcome == null || outcome == Outcome.PARKED || outcome == Outcome.FAILED;
    }
}
