package org.tumorboard.flow;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.tumorboard.embedded.SyntheticEvent;
import org.tumorboard.event.EventType;

/** What was said of one patient so far: what is said next is about the same slot, plan and order. */
final class Chronicle {

    private final List<SyntheticEvent> events = new ArrayList<>();
    private final Map<String, JsonNode> facts = new HashMap<>();

    static Chronicle of(Collection<SyntheticEvent> events) {
        Chronicle chronicle = new Chronicle();
        events.forEach(chronicle::note);
        return chronicle;
    }

    void note(SyntheticEvent event) {
        events.add(event);
        note(event.type(), event.data());
    }

    /** What a person entered instead of an event. */
    void note(EventType type, JsonNode data) {
        data.properties().forEach(fact -> {
            facts.put(fact.getKey(), fact.getValue());
            facts.put(type.department().slug() + " " + fact.getKey(), fact.getValue());
            facts.put(type.shortName() + " " + fact.getKey(), fact.getValue());
        });
    }

    List<SyntheticEvent> events() {
        return events;
    }

    Optional<SyntheticEvent> last(String shortType) {
        return events.stream()
                .filter(event -> event.type().shortName().equals(shortType))
                .reduce((first, second) -> second);
    }

    /** What the field was last said to be by the event's department, else by those who treat, else by anyone. */
    Optional<JsonNode> last(EventType type, String field) {
        return Stream.of(type.department().slug() + " ", "gamma-knife ", "")
                .map(by -> facts.get(by + field))
                .filter(fact -> fact != null)
                .findFirst();
    }

    /** What the field was last said to be by events of that type. */
    Optional<JsonNode> last(String shortType, String field) {
        return Optional.ofNullable(facts.get(shortType + " " + field));
    }

    Optional<Instant> instant(String shortType, String field) {
        return last(shortType, field).map(fact -> Instant.parse(fact.asText()));
    }
}
