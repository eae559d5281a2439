package org.tumorboard.outbox;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.time.Instant;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.tumorboard.event.CaseId;

/**
 * A notification to a department.
 *
 * @param seq its place in the outbox
 * @param department its name, as in the topic
 * @param name {@code work-requested}
 * @param toldAt when it was written
 * @param payload as it stands on the topic
 * @param acknowledgeBy when a person must have acknowledged it; null if nobody need do so
 * @param escalatedLevel up to which level it was told that nobody had: 0 if none
 * @param isOpen whether a person is still to acknowledge it
 */
public record Told(
        long seq,
        String department,
        CaseId caseId,
        String name,
        Instant toldAt,
        JsonNode payload,
        @Nullable Instant acknowledgeBy,
        @Nullable Instant acknowledgedAt,
        @Nullable String acknowledgedBy,
        int escalatedLevel,
        boolean isOpen) {

    /** The step, clock or resource it is about; empty if it is about the case as a whole. */
    public String about() {
        return Stream.of("step", "clock", "resource", "event")
                .map(field -> payload.path(field).asText())
                .filter(text -> !text.isEmpty())
                .findFirst()
                .orElse("");
    }

    /** Whether the case is known that it is about: an event may be refused before there is one. */
    public boolean isAboutCase() {
        return payload.isEmpty() || payload.has("caseId");
    }

    /** How long a person has to acknowledge it; zero if nobody need do so. */
    public Duration within() {
        return acknowledgeBy == null ? Duration.ZERO : Duration.between(toldAt, acknowledgeBy);
    }
}
