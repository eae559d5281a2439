package org.tumorboard.sla;

import java.time.Instant;
import org.tumorboard.event.CaseId;

/**
 * A named clinical instant of a case. Milestones are only ever added.
 *
 * @param name as in the pathway, e.g. {@code srs-delivered}
 * @param at when it clinically happened
 * @param recordedAt when the engine learned of it
 * @param source the causing event's source, or {@code user:<name>}
 * @param eventId the causing event's id, or the completed task's
 */
public record Milestone(CaseId caseId, String name, Instant at, Instant recordedAt, String source, String eventId) {

    /** Whether the same event says of the same case that the same happened at the same instant. */
    public boolean saysTheSame(Milestone other) {
        return caseId.equals(other.caseId)
                && name.equals(other.name)
                && at.equals(other.at)
                && source.equals(other.source)
                && eventId.equals(other.eventId);
    }
}
