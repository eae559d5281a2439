package org.tumorboard.web;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.springframework.stereotype.Component;
import org.tumorboard.event.Department;
import org.tumorboard.event.EventSchemas;
import org.tumorboard.event.EventType;

/** Asks for an event by the fields of its JSON Schema, and sends what was typed like the department's own. */
@Component
final class EntryForm {

    static final String ID = "id";
    static final String CASE = "case";
    static final String TIME = "time";

    private final EventSchemas schemas;
    private final EnteredEvents events;
    private final Clock clock;

    EntryForm(EventSchemas schemas, EnteredEvents events, Clock clock) {
        this.schemas = schemas;
        this.events = events;
        this.clock = clock;
    }

    /**
     * What became of what was typed.
     *
     * @param complaints by the parameter, and by nothing what is wrong with the whole; empty if nothing is wrong
     * @param waits whether a second person must confirm it
     */
    record Answer(Map<String, String> complaints, boolean waits) {}

    /** The types that may be entered for a department, its own first. */
    List<EventType> types(Department department) {
        return schemas.typesOf(department);
    }

    boolean needsSecondPerson(EventType type) {
        return events.needsSecondPerson(type);
    }

    EventType known(Department department, String name) {
        EventType type = new EventType(department, name);
        if (!types(department).contains(type)) {
            throw new NotFoundException("nobody enters an event %2$s by hand for %1$s".formatted(department, name));
        }
        return type;
    }

    /** Those that are needed first. */
    List<EntryField> fields(EventType type) {
        List<EntryField> fields = new ArrayList<>();
        schemas.fields(type).properties().forEach(field -> {
            boolean isRequired = schemas.requires(type, field.getKey());
            JsonNode parts = field.getValue().path("properties");
            if (parts.isEmpty() || isOpen(field.getValue())) {
                fields.add(new EntryField(field.getKey(), field.getValue(), isRequired));
            } else {
                parts.properties()
                        .forEach(part -> fields.add(
                                new EntryField(field.getKey() + "." + part.getKey(), part.getValue(), isRequired)));
            }
        });
        return fields;
    }

    /** Whether it may hold more than its schema names: then nobody knows beforehand what to ask for. */
    private static boolean isOpen(JsonNode object) {
        return object.path("additionalProperties").asBoolean(true);
    }

    boolean isAboutCase(EventType type) {
        return !schemas.isUnitWide(type);
    }

    /** Sends what was typed, or keeps it for a second person. */
    Answer send(EventType type, Map<String, String> typed, String person) {
        Map<String, String> complaints = new LinkedHashMap<>();
        Instant time = time(typed, complaints);
        ObjectNode data = data(type, typed, complaints);
        if (complaints.isEmpty()) {
            schemas.complaints(type, data, clock.instant()).forEach(complaint -> put(complaint, type, complaints));
        }
        if (!complaints.isEmpty()) {
            return new Answer(complaints, false);
        }
        String caseId = typed.getOrDefault(CASE, "").strip();
        EnteredEvents.Result result = events.enter(
                new EnteredEvents.Entered(
                        UUID.fromString(id(typed)), type, caseId.isEmpty() ? null : caseId, time, data),
                person);
        if (result instanceof EnteredEvents.Result.Refused refused) {
            put(refused.reason().replaceFirst("^subject: ", CASE + ": "), type, complaints);
        }
        return new Answer(complaints, result instanceof EnteredEvents.Result.Waits);
    }

    private static Instant time(Map<String, String> typed, Map<String, String> complaints) {
        try {
            return EntryField.utc(typed.getOrDefault(TIME, "").strip());
        } catch (IllegalArgumentException e) {
            complaints.put(TIME, String.valueOf(e.getMessage()));
            return Instant.EPOCH;
        }
    }

    private ObjectNode data(EventType type, Map<String, String> typed, Map<String, String> complaints) {
        ObjectNode data = JsonNodeFactory.instance.objectNode();
        for (EntryField field : fields(type)) {
            try {
                JsonNode value = field.read(typed.getOrDefault(field.name(), ""));
                if (value != null) {
                    int dot = field.path().indexOf('.');
                    ObjectNode place =
                            dot < 0 ? data : data.withObject("/" + field.path().substring(0, dot));
                    place.set(field.path().substring(dot + 1), value);
                } else if (field.isRequired()) {
                    complaints.put(field.name(), "expected a value, but it is empty");
                }
            } catch (IllegalArgumentException e) {
                complaints.put(field.name(), String.valueOf(e.getMessage()));
            }
        }
        return data;
    }

    /** Puts a complaint that begins with its place beside the field there. */
    private void put(String complaint, EventType type, Map<String, String> complaints) {
        int colon = complaint.indexOf(": ");
        String place = colon < 0 ? "" : complaint.substring(0, colon);
        String said = complaint.substring(colon < 0 ? 0 : colon + 2);
        String parameter = place.equals(TIME) || place.equals(CASE)
                ? place
                : fields(type).stream()
                        .map(EntryField::name)
                        .filter(name -> (place + ".").startsWith(name + "."))
                        .findFirst()
                        .orElse("");
        complaints.merge(parameter, said, (one, other) -> one + "; " + other);
    }

    /** The form's own, or a new one if it has none. */
    static String id(Map<String, String> typed) {
        String id = typed.getOrDefault(ID, "");
        return id.matches("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")
                ? id
                : UUID.randomUUID().toString();
    }
}
