package org.tumorboard.entry;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.tumorboard.event.CaseId;
import org.tumorboard.event.EventType;

/**
 * An entry that nobody has confirmed yet.
 *
 * @param id of the event that it becomes
 * @param caseId null if only the patient was named
 * @param occurredAt when it clinically happened
 * @param data of the event
 */
public record WaitingEntry(
        UUID id,
        EventType type,
        @Nullable CaseId caseId,
        Instant occurredAt,
        JsonNode data,
        String enteredBy,
        Instant enteredAt) {}
