package org.tumorboard.inbox;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.Base64;
import java.util.UUID;
import org.springframework.stereotype.Component;
import org.tumorboard.event.Topics;
import org.tumorboard.outbox.OutboundMessage;

/** Puts a refused record, whole, into a message for the dead-letter topic, with the reason for the refusal. */
@Component
class DeadLetters {

    private static final String TYPE = "org.tumorboard.notification.dead-letter.v1";

    private final ObjectMapper json;

    DeadLetters(ObjectMapper json) {
        this.json = json;
    }

    OutboundMessage of(Arrival arrival, String reason, Instant now) {
        ObjectNode letter = json.createObjectNode()
                .put("topic", arrival.topic())
                .put("partition", arrival.partition())
                .put("offset", arrival.offset())
                .put("key", arrival.key())
                .put("reason", reason);
        ObjectNode headers = letter.putObject("headers");
        arrival.headers()
                .forEach(header ->
                        headers.put(header.key(), header.value() == null ? null : new String(header.value(), UTF_8)));
        letter.put(
                "valueBase64",
                arrival.value() == null ? null : Base64.getEncoder().encodeToString(arrival.value()));
        return new OutboundMessage(
                UUID.randomUUID(),
                Topics.DEAD_LETTERS,
                arrival.key() == null ? arrival.topic() : arrival.key(),
                TYPE,
                now,
                null,
                null,
                null,
                letter);
    }
}
