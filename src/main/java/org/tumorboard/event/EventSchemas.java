package org.tumorboard.event;

import static java.util.stream.Collectors.toUnmodifiableMap;
import static java.util.stream.Collectors.toUnmodifiableSet;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.networknt.schema.Error;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.springframework.core.io.Resource;
import org.springframework.core.io.support.PathMatchingResourcePatternResolver;
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

    private final SchemaRegistry registry = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12);
    private final Map<String, Schema> events = load("schemas/events");
    private final Map<String, Schema> notifications = load("schemas/notifications");

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

    /** What is wrong with the data of an event of this type, each complaint naming its field; empty if nothing. */
    public List<String> complaints(EventType type, JsonNode data) {
        return complaints(schema(type).orElseThrow(), data);
    }

    /** Like {@link #complaints}, but about what is there: a form asks only for what the engine does not know. */
    public List<String> complaintsAboutPresent(EventType type, JsonNode data) {
        return errors(schema(type).orElseThrow(), data)
                .filter(error -> !error.getKeyword().equals("required"))
                .map(EventSchemas::sentence)
                .distinct()
                .sorted()
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
        return errors(schema, data)
                .map(EventSchemas::sentence)
                .distinct()
                .sorted()
                .toList();
    }

    private static Stream<Error> errors(Schema schema, JsonNode data) {
        return schema
                .validate(data, context -> context.executionConfig(config -> config.formatAssertionsEnabled(true)))
                .stream();
    }

    private static String sentence(Error error) {
        String at = error.getInstanceLocation().toString();
        return "data" + at.replace('/', '.') + ": " + error.getMessage();
    }

    private Map<String, Schema> load(String folder) {
        try {
            Resource[] files =
                    new PathMatchingResourcePatternResolver().getResources("classpath:" + folder + "/*.json");
            ObjectMapper json = new ObjectMapper();
            return Arrays.stream(files)
                    .collect(toUnmodifiableMap(
                            file -> file.getFilename().replace(".json", ""),
                            file -> registry.getSchema(tree(json, file))));
        } catch (IOException e) {
            throw new UncheckedIOException("expected the schemas under " + folder, e);
        }
    }

    private static JsonNode tree(ObjectMapper json, Resource file) {
        try (var in = file.getInputStream()) {
            return json.readTree(in);
        } catch (IOException e) {
            throw new UncheckedIOException("expected JSON in " + file, e);
        }
    }
}
