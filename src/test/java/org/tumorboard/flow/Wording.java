package org.tumorboard.flow;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.camunda.bpm.model.bpmn.instance.UserTask;
import org.tumorboard.event.EventSchemas;
import org.tumorboard.event.EventType;

/** What a department says, or a person enters, about one patient; told from forms, schemas, samples and models. */
final class Wording {

    private static final ObjectMapper JSON = new ObjectMapper();

    private static final Map<String, List<JsonNode>> FORMS = new ConcurrentHashMap<>();

    private final String patientRef;
    private final String unit;
    private final EventSchemas schemas;
    private final Chronicle chronicle;
    private final Random random;
    private final Plausible plausible;

    /**
     * @param number tells references of patients apart
     * @param unit the Gamma Knife that is booked
     * @param random decides where there is a choice
     */
    Wording(String patientRef, int number, String unit, EventSchemas schemas, Chronicle chronicle, Random random) {
        this.patientRef = patientRef;
        this.unit = unit;
        this.schemas = schemas;
        this.chronicle = chronicle;
        this.random = random;
        this.plausible = new Plausible(patientRef, number, chronicle, random);
    }

    /**
     * What the form of a waiting step is filled in with: each field of it by its key.
     *
     * @param taste says which of the options is taken
     */
    ObjectNode form(Waiting step, Instant at, Taste taste) {
        ObjectNode entered = JSON.createObjectNode();
        for (JsonNode field : fields((UserTask) step.element())) {
            String key = field.path("key").asText();
            if (!key.equals("occurredAt")) {
                entered.set(key, value(step.event(), field, entered, at, taste));
            }
        }
        return entered;
    }

    /** The data of the event that says what was entered. */
    ObjectNode event(Waiting step, ObjectNode form, Instant at) {
        boolean isStep = step.event().name().equals("step-completed");
        ObjectNode data = JSON.createObjectNode();
        ObjectNode found = isStep ? data.putObject("data") : data;
        for (JsonNode field : fields((UserTask) step.element())) {
            String key = field.path("key").asText();
            String list = field.path("properties").path("field").asText();
            if (list.isEmpty() && form.has(key)) {
                found.set(key, form.get(key));
            } else if (form.path(key).asBoolean()) {
                found.withArray(list).add(field.path("properties").path("item").asText());
            }
        }
        step.matched().forEach((field, values) -> {
            if (values.size() == 1 || !data.has(field)) {
                ObjectNode into = field.startsWith("data.") ? found : data;
                into.set(field.replace("data.", ""), typed(step.event(), field, taken(values)));
            }
        });
        return complete(step.event(), data, at);
    }

    /**
     * The data of an event of this type.
     *
     * @param facts what it says in particular; {@code +4h} counts from its time, {@code +1} from the last such value,
     *     {@code @type} is what an event of that type said
     */
    ObjectNode event(EventType type, Map<String, String> facts, Instant at) {
        ObjectNode data = JSON.createObjectNode();
        facts.forEach((field, value) -> {
            if (!value.startsWith("@")) {
                data.set(field, stated(type, field, value, at));
            } else {
                chronicle.last(value.substring(1), field).ifPresent(said -> data.set(field, said));
            }
        });
        return complete(type, data, at);
    }

    /** Whether what such an event is about has been said. */
    boolean canSay(Map<String, String> facts) {
        return Stream.of("corrects", "retracts")
                .map(facts::get)
                .allMatch(target -> target == null || chronicle.last(target).isPresent());
    }

    /** The data of an event that a message event waits for. */
    ObjectNode event(Waiting message, Instant at) {
        ObjectNode data = JSON.createObjectNode();
        message.matched().forEach((field, values) -> (field.startsWith("data.") ? data.withObject("/data") : data)
                .set(field.replace("data.", ""), typed(message.event(), field, taken(values))));
        return complete(message.event(), data, at);
    }

    private String taken(List<String> values) {
        return values.get(random.nextInt(values.size()));
    }

    private JsonNode stated(EventType type, String field, String value, Instant at) {
        if (field.equals("corrects") || field.equals("retracts")) {
            ObjectNode target = JSON.createObjectNode();
            chronicle.last(value).ifPresent(event -> target.put("source", event.source())
                    .put("id", event.id()));
            return target;
        }
        if (value.matches("[+-]\\d+h")) {
            long hours = Long.parseLong(value.substring(0, value.length() - 1));
            return JSON.valueToTree(at.plus(Duration.ofHours(hours)).toString());
        }
        if (value.equals("+1")) {
            return JSON.valueToTree(
                    chronicle.last(type, field).map(JsonNode::asInt).orElse(0) + 1);
        }
        return typed(type, field, value);
    }

    /** Adds what the schema requires and nobody has said yet. */
    private ObjectNode complete(EventType type, ObjectNode data, Instant at) {
        JsonNode sample = Plausible.sample(type);
        if (type.name().equals("step-completed")) {
            StepData.complete(data.path("step").asText(), data.withObject("/data"), at, random);
        }
        schemas.fields(type).properties().forEach(field -> {
            String name = field.getKey();
            if (name.equals("patientRef")) {
                data.put(name, patientRef);
            } else if (schemas.requires(type, name) && !data.has(name)) {
                data.set(name, required(type, name, field.getValue(), sample, data, at));
            }
        });
        return data;
    }

    private JsonNode required(
            EventType type, String name, JsonNode schema, JsonNode sample, ObjectNode data, Instant at) {
        if (name.endsWith("Ref")) {
            return JSON.valueToTree(plausible.reference(type, name));
        }
        boolean isInstant = schema.path("format").asText().equals("date-time");
        boolean isRepeated = List.of("unit", "version", "date", "startAt", "endAt", "from", "to", "kind")
                        .contains(name)
                && !type.name().endsWith("confirmed");
        Optional<JsonNode> said =
                isRepeated ? chronicle.last(type, name).filter(value -> isOneOf(schema, value)) : Optional.empty();
        if (said.isPresent()) {
            return isInstant
                    ? JSON.valueToTree(plausible
                            .happened(type, name, Instant.parse(said.get().asText()), at)
                            .toString())
                    : said.get();
        }
        return isInstant
                ? JSON.valueToTree(plausible.instant(type, name, data, at).toString())
                : sample.path(name);
    }

    /** Two departments may mean different things by a field of the same name. */
    private static boolean isOneOf(JsonNode schema, JsonNode value) {
        JsonNode values = schema.path("enum");
        return values.isMissingNode()
                || StreamSupport.stream(values.spliterator(), false).anyMatch(value::equals);
    }

    private JsonNode value(EventType type, JsonNode field, ObjectNode entered, Instant at, Taste taste) {
        String key = field.path("key").asText();
        List<JsonNode> options = new ArrayList<>();
        field.path("values").forEach(option -> options.add(option.path("value")));
        if (!options.isEmpty()) {
            return taste.of(key, options, random);
        }
        return switch (field.path("type").asText()) {
            case "datetime" -> JSON.valueToTree(
                    plausible.instant(type, key, entered, at).toString());
            case "checkbox" -> JSON.valueToTree(ticked(field, taste));
            case "number" -> number(type, field, taste);
            default -> text(type, key);
        };
    }

    private boolean ticked(JsonNode field, Taste taste) {
        boolean isUsual = !field.path("key").asText().startsWith("findings");
        return field.path("validate").path("required").asBoolean() || taste.isUsual(random) == isUsual;
    }

    private JsonNode number(EventType type, JsonNode field, Taste taste) {
        String key = field.path("key").asText();
        JsonNode usual = Plausible.sample(type).path(key);
        int step = schemas.fields(type).path(key).path("multipleOf").asInt(1);
        int from = (int) Math.ceil(field.path("validate").path("min").asDouble(0) / step);
        int to = (int) Math.floor(field.path("validate").path("max").asDouble(100) / step);
        return usual.isNumber() && taste.isUsual(random)
                ? usual
                : JSON.valueToTree((from + random.nextInt(to - from + 1)) * step);
    }

    private JsonNode text(EventType type, String key) {
        if (key.endsWith("Ref")) {
            return JSON.valueToTree(plausible.reference(type, key));
        }
        if (key.equals("unit")) {
            return JSON.valueToTree(unit);
        }
        JsonNode usual = Plausible.sample(type).path(key);
        return usual.isTextual() ? usual : JSON.valueToTree("OTHER");
    }

    private JsonNode typed(EventType type, String field, String value) {
        String kind = schemas.fields(type).path(field).path("type").asText();
        return switch (kind) {
            case "integer" -> JSON.valueToTree(Long.valueOf(value));
            case "number" -> JSON.valueToTree(Double.valueOf(value));
            case "boolean" -> JSON.valueToTree(Boolean.valueOf(value));
            case "array" -> JSON.valueToTree(value.split("\\+"));
            default -> JSON.valueToTree(value);
        };
    }

    /** What a form asks for; what it only shows is left out. */
    private static List<JsonNode> fields(UserTask task) {
        return FORMS.computeIfAbsent(task.getCamundaFormRef(), Wording::read);
    }

    private static List<JsonNode> read(String form) {
        try {
            List<JsonNode> fields = new ArrayList<>();
            JSON.readTree(Files.readString(Path.of("bpmn/forms", form + ".form")))
                    .path("components")
                    .forEach(fields::add);
            fields.removeIf(component -> !component.hasNonNull("key"));
            return fields;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
