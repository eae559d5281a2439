package org.tumorboard.hostile;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_16BE;
import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.tumorboard.embedded.SyntheticEvent;

/** Records that nobody can use, each a good event with one thing wrong, on the partition of the good ones. */
public final class HostileRecords {

    private static final List<String> HEADERS = List.of(
            "ce_specversion",
            "ce_id",
            "ce_source",
            "ce_type",
            "ce_time",
            "ce_subject",
            "content-type",
            "ce_correlationid");
    private static final String NUL = "a\0b";
    private static final String HALF_A_PAIR = "a\\ud800b";

    private final HostileText text;
    private final Random random;
    private int number;

    public HostileRecords(Random random) {
        this.random = random;
        this.text = new HostileText(random);
    }

    private enum Flaw {
        GARBAGE_BODY,
        BROKEN_BODY,
        BROKEN_STRUCTURED,
        NO_HEADERS,
        ONE_HEADER,
        GARBAGE_HEADER,
        NUL_IN_A_HEADER,
        ESCAPES_IN_STRUCTURED,
        LONG_IDENTITY,
        LONG_EXTENSION,
        FIELD,
        FOREIGN_FIELD,
        YEAR,
        OTHER_CONTENT_TYPE,
        TOMBSTONE,
        MANY_HEADERS
    }

    /** A record beside a good one; none of them is an event. */
    public ProducerRecord<byte[], byte[]> beside(SyntheticEvent good) {
        Flaw flaw = Flaw.values()[number % Flaw.values().length];
        Map<String, byte[]> headers = new LinkedHashMap<>(good.headers());
        headers.put("ce_id", bytes("hostile-" + good.id() + "-" + number++));
        byte[] body = bytes(good.data().toString());
        switch (flaw) {
            case GARBAGE_BODY -> body = text.garbage(1 + random.nextInt(5000));
            case BROKEN_BODY -> body = bytes(
                    "{\"patientRef\":" + new String(text.broken(good.data().toString()), UTF_8));
            case BROKEN_STRUCTURED -> {
                headers.clear();
                headers.put("content-type", bytes("application/cloudevents+json"));
                body = text.broken("{\"specversion\":\"1.0\",\"data\":" + good.data() + "}");
            }
            case NO_HEADERS -> headers.clear();
            case ONE_HEADER -> headers.keySet().retainAll(List.of(one(HEADERS)));
            case GARBAGE_HEADER -> headers.put(
                    one(HEADERS.subList(0, 5)),
                    bytes("\u0007" + new String(text.garbage(random.nextInt(300)), ISO_8859_1)));
            case NUL_IN_A_HEADER -> headers.put(one(HEADERS.subList(0, 5)), bytes(NUL + number));
            case ESCAPES_IN_STRUCTURED -> {
                headers.clear();
                headers.put("content-type", bytes("application/cloudevents+json; charset=UTF-8"));
                body = bytes(structured(good));
            }
            case LONG_IDENTITY -> {
                headers.put(random.nextBoolean() ? "ce_id" : "ce_source", bytes("x".repeat(9_000) + number));
                headers.put("ce_type", bytes("org.tumorboard.unknown.v1"));
            }
            case LONG_EXTENSION -> headers.put(
                    random.nextBoolean() ? "ce_correlationid" : "ce_traceparent",
                    bytes(random.nextBoolean() ? NUL : "9".repeat(50_000)));
            case FIELD -> body =
                    bytes(data(good).put("patientRef", text.any() + " ").toString());
            case FOREIGN_FIELD -> body =
                    bytes(data(good).put("patientName", text.any()).toString());
            case YEAR -> headers.put(
                    "ce_time",
                    bytes(one(List.of(
                            "-999999999-01-01T00:00:00Z",
                            "+999999999-12-31T23:59:59Z",
                            "0000-01-01T00:00:00Z",
                            "1492-01-01T00:00:00Z"))));
            case OTHER_CONTENT_TYPE -> {
                headers.put(
                        "content-type",
                        bytes(one(List.of("application/xml", NUL, "text/plain; charset=utf-7", ";;;"))));
                body = good.data().toString().getBytes(UTF_16BE);
            }
            case TOMBSTONE -> body = null;
            case MANY_HEADERS -> {
                for (int header = 0; header < 500; header++) {
                    // a client cannot send halves of pairs in names
                    headers.put("ce_" + header + new String(bytes(text.noise(3)), UTF_8), text.garbage(20));
                }
            }
        }
        return record(good, headers, body);
    }

    /** As large as the broker takes it. */
    ProducerRecord<byte[], byte[]> largeBeside(SyntheticEvent good) {
        Map<String, byte[]> headers = new LinkedHashMap<>(good.headers());
        headers.put("ce_id", bytes("hostile-large-" + number++));
        return record(
                good,
                headers,
                bytes(data(good).put("image", "x".repeat(1_000_000)).toString()));
    }

    private String structured(SyntheticEvent good) {
        ObjectNode event = good.structured().put("id", "hostile-structured-" + number);
        String field = one(List.of("id", "source", "type", "subject", "correlationid"));
        return event.put(field, "PLACE")
                .toString()
                .replace("PLACE", one(List.of("a\\u0000b", HALF_A_PAIR, "\\udc00\\ud800")) + number);
    }

    private ProducerRecord<byte[], byte[]> record(SyntheticEvent good, Map<String, byte[]> headers, byte[] body) {
        // a key of its own would change the partition: it is the good one's, and now and then one that is no text
        var message = new ProducerRecord<>(good.topic(), bytes(good.key()), body);
        headers.forEach(message.headers()::add);
        if (random.nextInt(20) == 0) {
            message.headers().add("ce_id", null);
        }
        return message;
    }

    /** The same on whatever partition a hostile key leads to. */
    ProducerRecord<byte[], byte[]> astray(SyntheticEvent good) {
        ProducerRecord<byte[], byte[]> record = beside(good);
        byte[] key = one(
                List.of(text.garbage(50), bytes(NUL), bytes("k".repeat(20_000)), bytes("\ud800"), bytes(text.any())));
        return new ProducerRecord<>(record.topic(), null, key, record.value(), record.headers());
    }

    private ObjectNode data(SyntheticEvent good) {
        return good.data().deepCopy();
    }

    private <T> T one(List<T> several) {
        return several.get(random.nextInt(several.size()));
    }

    private static byte[] bytes(String text) {
        return text.getBytes(text.chars().anyMatch(letter -> letter > 255) ? UTF_8 : ISO_8859_1);
    }
}
