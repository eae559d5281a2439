package org.tumorboard.channel;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.tumorboard.event.CaseId;

/**
 * A notification on its way through a channel.
 *
 * @param seq its place in the outbox
 * @param messageId its CloudEvents id, the same as on the topic and at every try
 * @param attempts how often it has been tried before
 * @param since when it was told
 */
record Delivery(
        long seq,
        UUID messageId,
        String type,
        CaseId caseId,
        Instant occurredAt,
        Instant since,
        @Nullable String correlationId,
        @Nullable String causationId,
        JsonNode payload,
        int attempts) {}
