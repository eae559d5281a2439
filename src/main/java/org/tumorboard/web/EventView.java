package org.tumorboard.web;

import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.tumorboard.event.Outcome;
import org.tumorboard.inbox.InboxEntry;

/**
 * An event as pages and API show it.
 *
 * @param time when it clinically happened; null where that could not be read
 * @param reason why parked and what releases it, why refused or failed, what was already done
 * @param step which step, where the event is a {@code step-completed}
 * @param disagrees it was already done, but with another time or value
 */
record EventView(
        String source,
        String id,
        String type,
        String department,
        @Nullable Instant time,
        Instant receivedAt,
        Outcome outcome,
        @Nullable String reason,
        @Nullable String caseId,
        @Nullable String step,
        boolean disagrees) {

    static EventView of(InboxEntry entry) {
        return new EventView(
                entry.source(),
                entry.id(),
                entry.type(),
                entry.department(),
                entry.time(),
                entry.receivedAt(),
                entry.outcome(),
                entry.reason(),
                entry.caseId(),
                entry.data() != null && entry.data().hasNonNull("step")
                        ? entry.data().get("step").asText()
                        : null,
                entry.disagrees());
    }
}
