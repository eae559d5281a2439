package org.tumorboard.pathway;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Clock;
import java.time.Instant;
import java.util.AbstractMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.tumorboard.event.EventIdentity;
import org.tumorboard.event.InboundEvent;

/**
 * The event that moves a case at this moment, for expressions of the models: {@code ${event.version}}. It lives as
 * long as the engine's command that it caused and is never stored; what later steps need, a model maps to variables.
 */
@Component("event")
final class CurrentEvent extends AbstractMap<String, Object> {

    /** Where something comes from that nobody sent: a timer of a model. */
    private static final String ENGINE = "urn:tumorboard:engine";

    private final ThreadLocal<Moving> current = new ThreadLocal<>();
    private final Clock clock;

    CurrentEvent(Clock clock) {
        this.clock = clock;
    }

    /** @param occasion sets moves of the same case by the same event apart; only news of a unit makes several */
    private record Moving(InboundEvent event, String occasion) {

        static Moving by(InboundEvent event) {
            return new Moving(
                    event, event.patientRef() == null ? UUID.randomUUID().toString() : "");
        }
    }

    void set(InboundEvent event) {
        current.set(Moving.by(event));
    }

    void forget() {
        current.remove();
    }

    /** Does something as if this event were at hand. */
    <T> T doing(InboundEvent event, Supplier<T> work) {
        Moving atHand = current.get();
        set(event);
        try {
            return work.get();
        } finally {
            if (atHand == null) {
                forget();
            } else {
                current.set(atHand);
            }
        }
    }

    @Nullable
    InboundEvent get() {
        Moving moving = current.get();
        return moving == null ? null : moving.event();
    }

    boolean isPresent() {
        return current.get() != null;
    }

    /**
     * The id of a message that these words tell apart from all others of its cause. It is the same if a database that
     * was restored takes the event again; what no event causes has a new one each time, and so has what news of a unit
     * causes, which moves a case whenever it comes to wait for it.
     */
    UUID messageId(String... words) {
        Moving moving = current.get();
        if (moving == null) {
            return UUID.randomUUID();
        }
        EventIdentity cause = moving.event().identity();
        return UUID.nameUUIDFromBytes(
                String.join("\n", cause.source(), cause.id(), moving.occasion(), String.join("\n", words))
                        .getBytes(UTF_8));
    }

    /** When what moves the case clinically happened; now, if nobody reported anything. */
    Instant time() {
        InboundEvent event = get();
        return event == null ? clock.instant() : event.time();
    }

    /** Of what no event caused, each instant is one of its own. */
    EventIdentity identity() {
        InboundEvent event = get();
        return event == null ? new EventIdentity(ENGINE, "timer-" + UUID.randomUUID()) : event.identity();
    }

    @Override
    public Set<Entry<String, Object>> entrySet() {
        Map<String, Object> fields = new LinkedHashMap<>();
        InboundEvent event = get();
        if (event != null) {
            putAll(fields, event.data());
            if (event.type().name().equals("step-completed")) {
                putAll(fields, event.data().path("data"));
            }
            fields.put("type", event.type().shortName());
        }
        fields.put("time", time().toString());
        fields.put("source", identity().source());
        fields.put("id", identity().id());
        return fields.entrySet();
    }

    private static void putAll(Map<String, Object> fields, JsonNode data) {
        data.properties().forEach(field -> {
            Object value = plain(field.getValue());
            if (value != null) {
                fields.put(field.getKey(), value);
            }
        });
    }

    private static @Nullable Object plain(JsonNode value) {
        return switch (value.getNodeType()) {
            case STRING -> value.asText();
            case BOOLEAN -> value.asBoolean();
            case NUMBER -> value.isIntegralNumber() ? (Object) value.asLong() : (Object) value.asDouble();
            case ARRAY -> {
                java.util.List<Object> items = new java.util.ArrayList<>();
                value.forEach(item -> items.add(item.isValueNode() ? plain(item) : item.toString()));
                yield items;
            }
            case OBJECT -> value.toString();
            default -> null;
        };
    }
}
