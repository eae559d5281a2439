package org.tumorboard.inbox;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.Base64;
import java.util.UUID;
import org.springframework.stereotype.Component;
import org.tumorboard.event.InboundEvent;
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
        return message(arrival.key() == null ? arrival.topic() : arrival.key(), letter, now);
    }

    /** The same for an event that was refused only after it had waited; where it stood is not known any more. */
    OutboundMessage of(InboundEvent event, String reason, Instant now) {
        ObjectNode letter = json.createObjectNode()
                .put("topic", Topics.events(event.type().department()))
                .put("key", event.patientRef())
                .put("reason", reason);
        letter.putObject("headers")
                .put("ce_specversion", "1.0")
                .put("ce_id", event.identity().id())
                .put("ce_source", event.identity().source())
                .put("ce_type", event.type().wireType())
                .put("ce_time", event.time().toString())
                .put(
                        "ce_subject",
                        event.subject() == null ? null : event.subject().value())
                .put("content-type", "application/json");
        letter.put(
                "valueBase64",
                Base64.getEncoder().encodeToString(event.data().toString().getBytes(UTF_8)));
        return message(String.valueOf(event.patientRef()), letter, now);
    }

    private static OutboundMessage message(String key, ObjectNode letter, Instant now) {
        return new OutboundMessage(UUID.randomUUID(), Topics.DEAD_LETTERS, key, TYPE, now, null, null, null, letter);
    }
}
