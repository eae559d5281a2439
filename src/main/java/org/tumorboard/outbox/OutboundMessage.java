package org.tumorboard.outbox;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A CloudEvent of ours on its way to a topic.
 *
 * @param messageId its CloudEvents id, the same for every re-send
 * @param key the Kafka key: the case id (for dead letters the key of the refused record)
 * @param type its wire type
 * @param occurredAt clinical time of what caused it
 * @param correlationId passed on from the causing event
 * @param causationId id of the causing event
 * @param traceParent W3C trace context passed on from the causing event
 * @param acknowledgeBy when a person must have acknowledged it; null if nobody need do so
 */
public record OutboundMessage(
        UUID messageId,
        String topic,
        String key,
        String type,
        Instant occurredAt,
        @Nullable String correlationId,
        @Nullable String causationId,
        @Nullable String traceParent,
        JsonNode payload,
        @Nullable Instant acknowledgeBy) {}
