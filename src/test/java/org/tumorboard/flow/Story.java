package org.tumorboard.flow;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.tumorboard.embedded.SyntheticCase;
import org.tumorboard.embedded.SyntheticEvent;
import org.tumorboard.event.CaseId;
import org.tumorboard.event.EventType;

/**
 * What departments say of one synthetic patient, to be told up to a point, without some of it, or with other things in
 * its place. An event goes by its short type, by its step, purpose or scope, or by both: {@code case-summary},
 * {@code PERFUSION}, {@code radiology.imaging-acquired PERFUSION}.
 */
final class Story {

    private static final AtomicInteger FURTHER = new AtomicInteger(1);

    private final List<SyntheticEvent> events;

    Story(List<SyntheticEvent> events) {
        this.events = events.stream()
                .sorted(Comparator.comparing(SyntheticEvent::time))
                .toList();
    }

    static Story of(SyntheticCase patient) {
        return new Story(patient.throughTreatment());
    }

    CaseId caseId() {
        return Scene.caseOf(events);
    }

    List<SyntheticEvent> all() {
        return events;
    }

    /** What comes before the first event of that name. */
    List<SyntheticEvent> before(String name) {
        return events.subList(0, events.indexOf(event(name)));
    }

    /** What happens until then. */
    List<SyntheticEvent> upTo(Instant instant) {
        return events.stream().filter(event -> !event.time().isAfter(instant)).toList();
    }

    /** The first event of that name. */
    SyntheticEvent event(String name) {
        return events.stream()
                .filter(event -> goesBy(event, name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("expected an event " + name + " in the story"));
    }

    Story without(String... names) {
        return new Story(events.stream()
                .filter(event -> Arrays.stream(names).noneMatch(name -> goesBy(event, name)))
                .toList());
    }

    /** The story with other facts in the events of that name. */
    Story with(String name, Consumer<ObjectNode> facts) {
        return changed(name, event -> changed(event, event.id(), event.time(), facts));
    }

    /** The story with the events of that name at another time. */
    Story at(String name, Instant time) {
        return changed(name, event -> event.at(time));
    }

    /** A further event like the first of that name, at another time. */
    SyntheticEvent again(String name, Instant time) {
        return again(name, time, facts -> {});
    }

    /** A further event like the first of that name, at another time and with other facts. */
    SyntheticEvent again(String name, Instant time, Consumer<ObjectNode> facts) {
        SyntheticEvent event = event(name);
        return changed(event, event.id() + "-" + FURTHER.getAndIncrement(), time, facts);
    }

    /** An event that is not in the story, of the same patient. */
    SyntheticEvent further(String shortType, Instant time, Consumer<ObjectNode> facts) {
        ObjectNode data = JsonNodeFactory.instance
                .objectNode()
                .put("patientRef", events.get(0).data().get("patientRef").asText());
        facts.accept(data);
        EventType type = EventType.ofShortName(shortType).orElseThrow();
        String patient = data.get("patientRef").asText();
        return new SyntheticEvent(type, "further-" + FURTHER.getAndIncrement(), patient, null, time, data);
    }

    private Story changed(String name, UnaryOperator<SyntheticEvent> change) {
        event(name);
        List<SyntheticEvent> changed = new ArrayList<>(events);
        changed.replaceAll(event -> goesBy(event, name) ? change.apply(event) : event);
        return new Story(changed);
    }

    /** The facts of a completed step are those that it found. */
    private static SyntheticEvent changed(SyntheticEvent event, String id, Instant time, Consumer<ObjectNode> facts) {
        ObjectNode data = event.data().deepCopy();
        facts.accept(data.path("data") instanceof ObjectNode found ? found : data);
        String key = data.has("patientRef") ? event.key() : data.get("unit").asText();
        return new SyntheticEvent(event.type(), id, key, event.subject(), time, data);
    }

    private static boolean goesBy(SyntheticEvent event, String name) {
        String type = event.type().shortName();
        String kind = Stream.of("step", "purpose", "scope")
                .map(field -> event.data().path(field).asText())
                .filter(text -> !text.isEmpty())
                .findFirst()
                .orElse("");
        return name.equals(type) || name.equals(kind) || name.equals(type + " " + kind);
    }
}
