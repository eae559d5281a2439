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
public record Milestone(CaseId caseId, String name, Instant at, Instant recordedAt, String source, String eventId) {}
