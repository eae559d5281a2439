package org.tumorboard.web;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.tumorboard.event.Outcome;
import org.tumorboard.inbox.InboxEntry;

/**
 * An event as pages and API show it.
 *
 * @param time when it clinically happened; null where that could not be read
 * @param reason why parked and what releases it, why refused or failed, what was already done; and what was odd of the
 *     record
 * @param step which step, where the event is a {@code step-completed}
 * @param disagrees it was already done, but with another time or value
 * @param amends id of the event that this one corrects or takes back
 * @param correctedBy id of the event with the correction that counts
 * @param retractedBy id of the event that took it back
 * @param amendmentReason reason code of that correction or retraction
 * @param task in which coordination is to decide about it, because it has waited too long
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
        boolean disagrees,
        @Nullable String amends,
        @Nullable String correctedBy,
        @Nullable String retractedBy,
        @Nullable String amendmentReason,
        @Nullable String task) {

    /** @param amendment the correction or retraction that counts; null if there is none */
    static EventView of(InboxEntry entry, @Nullable InboxEntry amendment, @Nullable String task) {
        boolean retracts = amendment != null
                && amendment.data() != null
                && amendment.data().has("retracts");
        return new EventView(
                entry.source(),
                entry.id(),
                entry.type(),
                entry.department(),
                entry.time(),
                entry.receivedAt(),
                entry.outcome(),
                reason(entry),
                entry.caseId(),
                entry.data() != null && entry.data().hasNonNull("step")
                        ? entry.data().get("step").asText()
                        : null,
                entry.disagrees(),
                amends(entry),
                amendment == null || retracts ? null : amendment.id(),
                retracts ? amendment.id() : null,
                amendment == null || amendment.data() == null
                        ? null
                        : amendment.data().path("reason").asText(),
                task);
    }

    /** What became of it, and what is noted beside that. */
    private static @Nullable String reason(InboxEntry entry) {
        String noted = entry.remarks().told();
        return entry.reason() == null ? noted : noted == null ? entry.reason() : entry.reason() + "; " + noted;
    }

    /** What a form names it by. */
    @JsonIgnore
    public String key() {
        return EventKey.of(source, id);
    }

    /** Whether it may be tried again. */
    @JsonIgnore
    public boolean isWaiting() {
        return outcome == Outcome.PARKED || outcome == Outcome.FAILED;
    }

    private static @Nullable String amends(InboxEntry entry) {
        if (entry.data() == null) {
            return null;
        }
        JsonNode target = entry.data().has("retracts")
                ? entry.data().path("retracts")
                : entry.data().path("corrects");
        return target.hasNonNull("id") ? target.get("id").asText() : null;
    }
}
