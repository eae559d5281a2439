package org.tumorboard.inbox;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.tumorboard.event.StorableText.shown;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.Base64;
import java.util.UUID;
import org.apache.kafka.common.header.Header;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.tumorboard.event.InboundEvent;
import org.tumorboard.event.Topics;
import org.tumorboard.outbox.OutboundMessage;

/**
 * Puts a refused record into a message for the dead-letter topic, with the reason for the refusal: whole, unless it is so
 * large that the broker would not take it in an envelope; then the letter says where it stands, and how large it is.
 */
@Component
class DeadLetters {

    private static final String TYPE = "org.tumorboard.notification.dead-letter.v1";

    /** No event of the vocabulary comes near it; a batch of letters must fit into memory. */
    static final int LARGEST_VALUE = 64 * 1024;

    private static final int LONGEST_KEY = 200;
    private static final int LONGEST_HEADER = 1000;
    private static final int MOST_HEADERS = 50;

    private final ObjectMapper json;

    DeadLetters(ObjectMapper json) {
        this.json = json;
    }

    OutboundMessage of(Arrival arrival, String reason, Instant now) {
        ObjectNode letter = json.createObjectNode()
                .put("topic", arrival.topic())
                .put("partition", arrival.partition().partition())
                .put("offset", arrival.offset())
                .put("key", arrival.key() == null ? null : shown(arrival.key(), LONGEST_KEY))
                .put("reason", reason);
        putHeaders(letter.putObject("headers"), arrival);
        putValue(letter, arrival.value());
        Oversize oversize = Oversize.of(arrival.headers());
        if (oversize != null) {
            letter.put("valueBytes", oversize.bytes());
        }
        return message(
                id(arrival), arrival.key() == null ? arrival.topic() : shown(arrival.key(), LONGEST_KEY), letter, now);
    }

    /** A record that is read again after a crash gives the same letter, and whoever drops duplicates gets it once. */
    private static UUID id(Arrival arrival) {
        byte[] value = arrival.value() == null ? new byte[0] : arrival.value();
        byte[] place = "%s %s "
                .formatted(arrival.place().source(), arrival.place().id())
                .getBytes(UTF_8);
        return UUID.nameUUIDFromBytes(ByteBuffer.allocate(place.length + value.length)
                .put(place)
                .put(value)
                .array());
    }

    private static void putValue(ObjectNode letter, byte @Nullable [] value) {
        letter.put("valueBytes", value == null ? 0 : value.length);
        letter.put(
                "valueBase64",
                value == null || value.length > LARGEST_VALUE
                        ? null
                        : Base64.getEncoder().encodeToString(value));
    }

    private static void putHeaders(ObjectNode headers, Arrival arrival) {
        for (Header header : arrival.headers()) {
            if (headers.size() == MOST_HEADERS) {
                return;
            }
            if (header instanceof Oversize) {
                continue;
            }
            headers.put(
                    shown(header.key(), LONGEST_KEY),
                    header.value() == null ? null : shown(new String(header.value(), UTF_8), LONGEST_HEADER));
        }
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
        putValue(letter, event.data().toString().getBytes(UTF_8));
        return message(UUID.randomUUID(), String.valueOf(event.patientRef()), letter, now);
    }

    private static OutboundMessage message(UUID id, String key, ObjectNode letter, Instant now) {
        return new OutboundMessage(id, Topics.DEAD_LETTERS, key, TYPE, now, null, null, null, letter, null);
    }
}
