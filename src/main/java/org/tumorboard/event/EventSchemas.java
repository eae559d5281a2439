package org.tumorboard.event;

import static java.util.stream.Collectors.toUnmodifiableSet;

import com.fasterxml.jackson.databind.JsonNode;
import com.networknt.schema.Error;
import com.networknt.schema.Schema;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.springframework.stereotype.Component;

/** The JSON Schemas of everything that is said: events of departments, and our notifications. */
@Component
public final class EventSchemas {

    /** The department name of events that any department may send. */
    static final String ANY = "any";

    /** Our own keyword in the schema of an event about a unit; validation passes over it. */
    private static final String REPLACED_BY = "x-replacedBy";

    /** Our own keyword in the schema of an event that one person alone may not enter by hand. */
    private static final String SECOND_PERSON = "x-secondPerson";

    /** Our own keyword in the schema of every event: which kind of {@link Fact} it states. */
    private static final String FACT = "x-fact";

    /** Our own keyword: a field of the data with which, if it says false, the event is mere paper. */
    private static final String FACT_WHEN = "x-factWhen";

    /** Our own keyword: an instant of the data that has been when the event is sent. */
    private static final String PAST = "x-past";

    private final Map<String, Schema> events = SchemaFiles.in("schemas/events");
    private final Map<String, Schema> notifications = SchemaFiles.in("schemas/notifications");

    /** Whether departments may send this type at all. */
    public boolean knows(EventType type) {
        return schema(type).isPresent();
    }

    /** Short names of all event types, {@code any.…} for those that every department may send. */
    public Set<String> eventNames() {
        return new TreeSet<>(events.keySet());
    }

    /** The types that a department may send: its own, then those that any may. */
    public List<EventType> typesOf(Department department) {
        return Stream.of(department.slug(), ANY)
                .flatMap(sender -> eventNames().stream()
                        .filter(name -> name.startsWith(sender + "."))
                        .map(name -> new EventType(department, name.substring(sender.length() + 1))))
                .toList();
    }

    public Set<String> notificationNames() {
        return new TreeSet<>(notifications.keySet());
    }

    /** Whether the type is about a whole Gamma Knife unit and so carries no patient. */
    public boolean isUnitWide(EventType type) {
        return schema(type)
                .map(schema -> schema.getSchemaNode().path("properties"))
                .filter(properties -> properties.has("unit") && !properties.has("patientRef"))
                .isPresent();
    }

    /** The types that are about a whole Gamma Knife unit. */
    public Set<EventType> unitWideTypes() {
        return events.keySet().stream()
                .flatMap(name -> EventType.ofShortName(name).stream())
                .filter(this::isUnitWide)
                .collect(toUnmodifiableSet());
    }

    /**
     * The types of later news about the same unit after which news of this type no longer hold: an outage ends with the
     * restoration, and the newer report takes the place of the older.
     */
    public Set<EventType> replacedBy(EventType type) {
        List<EventType> types = new ArrayList<>();
        schema(type)
                .map(schema -> schema.getSchemaNode().path(REPLACED_BY))
                .ifPresent(names -> names.forEach(
                        name -> types.add(EventType.ofShortName(name.asText()).orElseThrow())));
        return Set.copyOf(types);
    }

    /** Whether nobody may enter it by hand alone, for what it says decides about the window. */
    public boolean needsSecondPerson(EventType type) {
        return schema(type)
                .filter(schema -> schema.getSchemaNode().path(SECOND_PERSON).asBoolean())
                .isPresent();
    }

    /** What kind of fact an event of this type and with this data states; what cannot be told counts as the graver one. */
    public Fact fact(EventType type, JsonNode data) {
        JsonNode schema = schema(type).orElseThrow().getSchemaNode();
        JsonNode when = schema.path(FACT_WHEN);
        JsonNode said = when.isMissingNode() ? when : data.path(when.asText());
        return said.isBoolean() && !said.booleanValue()
                ? Fact.PAPER
                : Fact.of(schema.path(FACT).asText());
    }

    /** Whether there are events of this type that wait for their step. */
    public boolean mayWait(EventType type) {
        JsonNode schema = schema(type).orElseThrow().getSchemaNode();
        return schema.has(FACT_WHEN) || Fact.of(schema.path(FACT).asText()).mayWait();
    }

    /** The data without the fields that the schema of this type closes itself against. */
    UnknownFields.Known known(EventType type, JsonNode data) {
        return UnknownFields.leftOut(schema(type).orElseThrow().getSchemaNode(), data);
    }

    /**
     * What is wrong with the data of an event of this type, each complaint naming its field; empty if nothing.
     *
     * @param now the present, against which instants are held that state the past
     */
    public List<String> complaints(EventType type, JsonNode data, Instant now) {
        return orOfTimes(complaints(schema(type).orElseThrow(), data), type, data, now);
    }

    /** Like {@link #complaints}, but about what is there: a form asks only for what the engine does not know. */
    public List<String> complaintsAboutPresent(EventType type, JsonNode data, Instant now) {
        List<String> found = complaints(
                schema(type).orElseThrow(), data, error -> !error.getKeyword().equals("required"));
        return orOfTimes(found, type, data, now);
    }

    private List<String> orOfTimes(List<String> found, EventType type, JsonNode data, Instant now) {
        return found.isEmpty()
                ? pastFields(type).stream()
                        .filter(data::hasNonNull)
                        .flatMap(field -> Past.complaint("data." + field, instant(data.get(field)), now).stream())
                        .toList()
                : found;
    }

    private static Instant instant(JsonNode field) {
        return OffsetDateTime.parse(field.asText()).toInstant();
    }

    /** The fields of the data that state when something has been. */
    List<String> pastFields(EventType type) {
        return fields(type).properties().stream()
                .filter(field -> field.getValue().path(PAST).asBoolean())
                .map(Map.Entry::getKey)
                .toList();
    }

    /** What is wrong with a notification's payload; empty if nothing. */
    public List<String> notificationComplaints(String name, JsonNode payload) {
        return complaints(notification(name), payload);
    }

    /** The fields an event of this type may have, with the JSON Schema of each. */
    public JsonNode fields(EventType type) {
        return schema(type).orElseThrow().getSchemaNode().path("properties");
    }

    /** Whether an event of this type cannot do without the field. */
    public boolean requires(EventType type, String field) {
        return requires(schema(type).orElseThrow(), field);
    }

    /** The fields a notification may have, with the JSON Schema of each. */
    public JsonNode notificationFields(String name) {
        return notification(name).getSchemaNode().path("properties");
    }

    /** Whether a notification cannot do without the field. */
    public boolean notificationRequires(String name, String field) {
        return requires(notification(name), field);
    }

    private static boolean requires(Schema schema, String field) {
        for (JsonNode required : schema.getSchemaNode().path("required")) {
            if (required.asText().equals(field)) {
                return true;
            }
        }
        return false;
    }

    private Schema notification(String name) {
        return Optional.ofNullable(notifications.get(name))
                .orElseThrow(() -> new IllegalArgumentException(
                        "expected one of the notifications %s, but got '%s'".formatted(notificationNames(), name)));
    }

    private Optional<Schema> schema(EventType type) {
        return Optional.ofNullable(events.get(type.shortName()))
                .or(() -> Optional.ofNullable(events.get(ANY + "." + type.name())));
    }

    private static List<String> complaints(Schema schema, JsonNode data) {
        return complaints(schema, data, error -> true);
    }

    private static List<String> complaints(Schema schema, JsonNode data, Predicate<Error> matters) {
        return EventData.excess(data).map(List::of).orElseGet(() -> schema.validate(data).stream()
                .filter(matters)
                .map(EventSchemas::sentence)
                .distinct()
                .sorted()
                .toList());
    }

    private static String sentence(Error error) {
        String at = error.getInstanceLocation().toString();
        return "data" + at.replace('/', '.') + ": " + error.getMessage();
    }
}
