package org.tumorboard.pathway;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.tumorboard.event.CaseId;

/**
 * How a step ended.
 *
 * @param eventType short type of the event that closes such a step
 * @param clinicalAt when it happened; null for a withdrawn step
 * @param closedAt when the engine closed it
 * @param source the event's source or {@code user:<name>}
 * @param facts what was said on closing; for a withdrawn step, what its event would have had to say
 */
public record StepClosing(
        CaseId caseId,
        String step,
        String elementId,
        String eventType,
        How how,
        @Nullable Instant clinicalAt,
        Instant closedAt,
        String source,
        String eventId,
        JsonNode facts) {

    public enum How {
        EVENT,
        HAND,
        WITHDRAWN
    }
}
