package org.tumorboard.flow;

import static java.time.Duration.ofDays;
import static java.time.Duration.ofHours;
import static java.time.Duration.ofMinutes;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.tumorboard.event.EventReaders;
import org.tumorboard.event.EventSchemas;
import org.tumorboard.event.EventType;

/** Values that a field of an event could have: references, instants and measures that fit what was said before. */
final class Plausible {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Path SAMPLES = Path.of("src/main/resources/samples/events");

    /** Endings of events that bring something new into the world: a slot, a meeting, an order, a specimen. */
    private static final Set<String> NAMING =
            Set.of("confirmed", "reserved", "scheduled", "signed", "booked", "acquired", "collected", "finalised");

    private static final Set<String> AHEAD = Set.of("validUntil", "taperEndAt", "dueAt", "until");

    private static final EventSchemas SCHEMAS = EventReaders.schemas();
    private static final Map<EventType, JsonNode> SAMPLE = new ConcurrentHashMap<>();

    private final String patientRef;
    private final int number;
    private final Chronicle chronicle;
    private final Random random;
    private int named;

    Plausible(String patientRef, int number, Chronicle chronicle, Random random) {
        this.patientRef = patientRef;
        this.number = number;
        this.chronicle = chronicle;
        this.random = random;
    }

    /** What the sample of the event says. */
    static JsonNode sample(EventType type) {
        return SAMPLE.computeIfAbsent(type, Plausible::read);
    }

    private static JsonNode read(EventType type) {
        Path own = SAMPLES.resolve(type.shortName() + ".json");
        Path any = SAMPLES.resolve("any." + type.name() + ".json");
        try {
            return JSON.readTree(Files.readString(Files.exists(own) ? own : any))
                    .get("data");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    String reference(EventType type, String field) {
        if (field.equals("survivingPatientRef")) {
            return patientRef + "-S";
        }
        boolean isNew = NAMING.stream().anyMatch(type.name()::endsWith);
        return (isNew ? Optional.<JsonNode>empty() : chronicle.last(type, field))
                .map(JsonNode::asText)
                .orElseGet(() -> "%s-%d-%d".formatted(field.replace("Ref", "").toUpperCase(), number, ++named));
    }

    /**
     * An instant that the event states.
     *
     * @param entered what the event says otherwise, as far as it is known
     * @param at when it happens
     */
    Instant instant(EventType type, String field, JsonNode entered, Instant at) {
        return happened(type, field, whenever(type, field, entered, at), at);
    }

    /** What the field says has happened cannot be later than the event, whoever booked it for when. */
    Instant happened(EventType type, String field, Instant instant, Instant at) {
        return SCHEMAS.fields(type).path(field).path("x-past").asBoolean() && instant.isAfter(at) ? at : instant;
    }

    private Instant whenever(EventType type, String field, JsonNode entered, Instant at) {
        if (AHEAD.contains(field)) {
            return at.plus(ofDays(14));
        }
        return switch (field) {
            case "etaAt" -> at.plus(ofHours(4));
            case "startAt", "from" -> type.name().endsWith("started") ? at : start(type, at);
            case "endAt", "to" -> entered.hasNonNull("startAt") || entered.hasNonNull("from")
                    ? Instant.parse(entered.path("startAt")
                                    .asText(entered.path("from").asText()))
                            .plus(ofHours(5))
                    : at;
            default -> at;
        };
    }

    private Instant start(EventType type, Instant at) {
        return switch (type.department()) {
            case GAMMA_KNIFE -> at.plus(ofMinutes(60 + random.nextInt(18 * 60)));
            case OPERATING_ROOM -> latest(
                    endOfRadiosurgery(at).plus(ofMinutes(minutesToOperation())), at.plus(ofMinutes(30)));
            case INTENSIVE_CARE -> chronicle
                    .instant("operating-room.slot-confirmed", "endAt")
                    .orElse(at.plus(ofHours(30)));
            case FOLLOW_UP_CLINIC -> at.plus(ofDays(10));
            default -> at.plus(ofMinutes(30 + random.nextInt(180)));
        };
    }

    /** As delivered, or as booked since. */
    private Instant endOfRadiosurgery(Instant otherwise) {
        return Stream.of("gamma-knife.delivery-completed", "gamma-knife.slot-confirmed")
                .flatMap(said -> chronicle.instant(said, "endAt").stream())
                .reduce(Plausible::latest)
                .orElse(otherwise);
    }

    private static Instant latest(Instant one, Instant other) {
        return one.isAfter(other) ? one : other;
    }

    /** Mostly inside a window, the usual or the early one, sometimes anywhere from before the radiosurgery to out of protocol. */
    private int minutesToOperation() {
        return switch (random.nextInt(6)) {
            case 0 -> random.nextInt(190 * 60) - 6 * 60;
            case 1, 2 -> 60 + random.nextInt(22 * 60);
            default -> 25 * 60 + random.nextInt(22 * 60);
        };
    }
}
