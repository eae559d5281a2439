package org.tumorboard.event;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.function.Consumer;
import org.apache.kafka.common.header.internals.RecordHeaders;

/** A record as a department sends it, for tests of the edge: the sample of a type, with something changed. */
final class Sent {

    /** A little after the samples' own times. */
    static final Instant NOW = Instant.parse("2027-01-01T12:00:00Z");

    static final String STRUCTURED = "application/cloudevents+json";

    private static final EventReader READER = new EventReader(new EventSchemas());

    private final Department sender;
    private final RecordHeaders headers = new RecordHeaders();
    private byte[] value;

    private Sent(Department sender) {
        this.sender = sender;
    }

    static ObjectNode sample(String event) {
        ObjectNode sample =
                VocabularyFiles.json("samples/events/" + event + ".json").deepCopy();
        return sample.put("time", "2026-12-01T10:00:00Z");
    }

    private static Department sender(ObjectNode sample) {
        return EventType.onTheWire(sample.path("type").asText()).orElseThrow().department();
    }

    static Sent structured(String event) {
        return structured(event, sample -> {});
    }

    static Sent structured(String event, Consumer<ObjectNode> change) {
        ObjectNode sample = sample(event);
        Sent sent = new Sent(sender(sample));
        change.accept(sample);
        return sent.header("content-type", STRUCTURED).value(sample.toString());
    }

    static Sent binary(String event) {
        return binary(event, sample -> {});
    }

    static Sent binary(String event, Consumer<ObjectNode> change) {
        ObjectNode sample = sample(event);
        Sent sent = new Sent(sender(sample));
        change.accept(sample);
        sample.properties().stream()
                .filter(field ->
                        !field.getKey().equals("data") && !field.getKey().equals("datacontenttype"))
                .forEach(field ->
                        sent.header("ce_" + field.getKey(), field.getValue().asText()));
        return sent.header("content-type", "application/json")
                .value(sample.path("data").toString());
    }

    Sent header(String name, String text) {
        return header(name, text.getBytes(UTF_8));
    }

    Sent header(String name, byte[] bytes) {
        headers.add(name, bytes);
        return this;
    }

    Sent without(String header) {
        headers.remove(header);
        return this;
    }

    Sent with(String header, String text) {
        return without(header).header(header, text);
    }

    Sent value(String text) {
        return value(text.getBytes(UTF_8));
    }

    Sent value(byte[] bytes) {
        value = bytes;
        return this;
    }

    String text() {
        return new String(value, UTF_8);
    }

    Sent replacing(String part, String other) {
        return value(text().replace(part, other));
    }

    Reading read() {
        return READER.read(sender, headers, value, NOW);
    }

    Reading.Accepted accepted() {
        Reading reading = read();
        if (reading instanceof Reading.Refused refused) {
            throw new AssertionError("expected an event, but it was refused: " + refused.reason());
        }
        return (Reading.Accepted) reading;
    }

    Reading.Refused refused() {
        Reading reading = read();
        if (reading instanceof Reading.Accepted accepted) {
            throw new AssertionError("expected a refusal, but got " + accepted.event());
        }
        return (Reading.Refused) reading;
    }
}
