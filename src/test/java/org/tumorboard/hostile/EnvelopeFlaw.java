package org.tumorboard.hostile;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_16BE;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.List;
import java.util.function.Consumer;

/** What can be wrong with what stands around the data. */
enum EnvelopeFlaw implements Flaw {
    NO_HEADERS(draft -> draft.headers.clear()),
    ONE_HEADER(draft -> draft.headers.keySet().retainAll(List.of(draft.one(Names.ALL)))),
    GARBAGE_HEADER(draft -> draft.header(
            draft.one(Names.NEEDED), "\u0007" + new String(draft.text.garbage(draft.random.nextInt(300)), ISO_8859_1))),
    NUL_IN_A_HEADER(draft -> draft.header(draft.one(Names.NEEDED), "a\0b" + draft.id)),
    BYTES_THAT_ARE_NO_TEXT(draft -> draft.headers.put(
            draft.one(Names.NEEDED),
            ("/" + draft.one(List.of("m\u00fcnchen", "m\u00e4nchen", "\u00c3", "\u00c0\u00af"))).getBytes(ISO_8859_1))),
    ESCAPES_IN_STRUCTURED(draft -> {
        draft.structured("application/cloudevents+json; charset=UTF-8");
        String field = draft.one(List.of("id", "source", "type", "subject", "correlationid"));
        String escapes = draft.one(List.of("a\\u0000b", "a\\ud800b", "\\udc00\\ud800")) + draft.random.nextInt(1000);
        draft.body(draft.json().replaceFirst("\"%s\":\"[^\"]*\",".formatted(field), ""));
        draft.first("\"%s\":\"%s\"".formatted(field, escapes));
    }),
    LONG_IDENTITY(draft -> {
        draft.header(draft.random.nextBoolean() ? "ce_id" : "ce_source", "x".repeat(9_000) + draft.id);
        draft.header("ce_type", "org.tumorboard.unknown.v1");
    }),
    UNSEEN_CHARACTER(draft -> draft.headers.put(
            draft.one(List.of("ce_id", "ce_source")),
            ("a" + draft.one(List.of("\u202e", "\u2066", "\u2028", "\u200b")) + draft.id).getBytes(UTF_8))),
    LONG_EXTENSION(draft -> draft.header(
            draft.random.nextBoolean() ? "ce_correlationid" : "ce_traceparent",
            draft.random.nextBoolean() ? "a\0b" : "9".repeat(50_000))),
    NAME_OF_AN_EXTENSION(
            draft -> draft.header(draft.one(List.of("ce_my-field", "ce_my_field", "ce_x y", "ce_é")), "x")),
    EMPTY_ATTRIBUTE(draft -> draft.header(draft.one(List.of("ce_id", "ce_source", "ce_type", "ce_time")), "")),
    SPECVERSION(draft -> draft.header(
            "ce_specversion", draft.one(List.of("0.3", "1", "1.0.2", "2.0", "", " 1.0", "v1.0", "1.0\0")))),
    SOURCE(draft -> draft.header("ce_source", draft.one(List.of("//hospital example", "%zz", "{}", "//[::", "a\\b")))),
    YEAR(draft -> draft.header(
            "ce_time",
            draft.one(List.of(
                    "-999999999-01-01T00:00:00Z",
                    "+999999999-12-31T23:59:59Z",
                    "0000-01-01T00:00:00Z",
                    "1492-01-01T00:00:00Z",
                    "1970-01-01T00:00:00Z",
                    "1999-12-31T23:59:59.999999999Z",
                    "2000-01-01T00:00:00+00:01",
                    "2999-01-01T00:00:00Z")))),
    TIME(draft -> draft.header(
            "ce_time",
            draft.one(List.of(
                    "2026-03-02 10:00:00Z",
                    "2026-02-30T10:00:00Z",
                    "2026-03-02T24:01:00Z",
                    "2026-03-02T10:00:00",
                    "2026-03-02",
                    "1772445600",
                    "now",
                    "9".repeat(64 * 1024))))),
    TIME_IN_STRUCTURED(draft -> {
        draft.structured("application/cloudevents+json");
        draft.body(draft.json().replace("\"time\":\"2026-", "\"time\":\"26-"));
    }),
    OTHER_CONTENT_TYPE(draft -> {
        draft.header("content-type", draft.one(List.of("application/xml", "a\0b", "text/plain; charset=utf-7", ";;;")));
        draft.body = draft.good.data().toString().getBytes(UTF_16BE);
    }),
    OTHER_MODE(draft -> draft.header(
            "content-type",
            draft.one(List.of(
                    "application/cloudevents-batch+json",
                    "application/cloudevents+xml",
                    "Application/CloudEvents+Avro",
                    "application/cloudevents",
                    "application/cloudevents+json+json")))),
    MANY_HEADERS(draft -> {
        for (int header = 0; header < 500; header++) {
            // a client cannot send halves of pairs in names
            String noise = new String(Draft.bytes(draft.text.noise(3)), UTF_8);
            draft.headers.put("ce_" + header + noise, draft.text.garbage(20));
        }
    }),
    HEADER_TWICE(draft -> draft.headerTwice(draft.one(Names.ALL.subList(0, 5)), "x")),
    HEADER_TWICE_IN_OTHER_CASE(
            draft -> draft.headerTwice(draft.one(List.of("CE_ID", "Ce_Source", "Content-Type")), "x"));

    private static final class Names {

        private static final List<String> NEEDED =
                List.of("ce_specversion", "ce_id", "ce_source", "ce_type", "ce_time");
        private static final List<String> ALL = List.of(
                "ce_specversion",
                "ce_id",
                "ce_source",
                "ce_type",
                "ce_time",
                "ce_subject",
                "content-type",
                "ce_correlationid");
    }

    private final Consumer<Draft> spoiling;

    EnvelopeFlaw(Consumer<Draft> spoiling) {
        this.spoiling = spoiling;
    }

    @Override
    public void spoil(Draft draft) {
        spoiling.accept(draft);
    }
}
