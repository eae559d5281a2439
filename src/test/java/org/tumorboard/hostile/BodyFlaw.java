package org.tumorboard.hostile;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.List;
import java.util.function.Consumer;

/** What can be wrong with the data, and with the JSON that they are. */
enum BodyFlaw implements Flaw {
    GARBAGE(draft -> draft.body = draft.text.garbage(1 + draft.random.nextInt(5000))),
    BROKEN(draft -> draft.body("{\"patientRef\":" + new String(draft.text.broken(draft.json()), UTF_8))),
    BROKEN_STRUCTURED(draft -> {
        draft.headers.clear();
        draft.header("content-type", "application/cloudevents+json");
        draft.body = draft.text.broken("{\"specversion\":\"1.0\",\"data\":" + draft.good.data() + "}");
    }),
    TOMBSTONE(draft -> draft.body = null),
    FIELD(draft -> draft.with(draft.textField(), draft.text.any() + " ")),
    NUL_IN_DATA(draft -> draft.with(draft.textField(), "a\0b")),
    HALF_A_PAIR_IN_DATA(draft -> draft.with(draft.textField(), "a\ud800b")),
    ADVERSARIAL_TEXT(draft -> {
        String part = draft.one(List.of("a-", "-a", "A_", "a", "2026-", "0", "a.", "ab-c1-", "nAme", "!~"));
        int length = draft.one(List.of(900, 4_001, 64 * 1024));
        String ending = draft.one(List.of("", "!", "\n", "é", "Z"));
        draft.with(draft.textField(), part.repeat(length / part.length()) + ending);
    }),
    ENDLESS_LIST(draft -> {
        ArrayNode list = JsonNodeFactory.instance.arrayNode();
        for (int item = 0; item < 5_000; item++) {
            // the same hash for all
            list.add("AaAa".repeat(2).replace("Aa", item % 2 == 0 ? "Aa" : "BB") + item);
        }
        draft.with(draft.textField(), list);
    }),
    DEEP(draft -> draft.body(draft.json()
            .replaceFirst(
                    "\"" + draft.textField() + "\":\"[^\"]*\"", "\"deep\":" + "[".repeat(900) + "]".repeat(900)))),
    FOLLOWED(draft -> draft.body(draft.json() + draft.one(List.of("{}", "x", "]", "\0", ",", "//", "1")))),
    SECOND_DOCUMENT(draft -> {
        if (draft.random.nextBoolean()) {
            draft.structured("application/cloudevents+json");
        }
        draft.body(draft.json() + draft.one(List.of("\n", "", " ")) + draft.json());
    }),
    KEY_TWICE(draft -> {
        String field = draft.good.data().fieldNames().next();
        draft.first("\"%s\":%s".formatted(field, draft.good.data().get(field)));
    }),
    KEY_TWICE_IN_STRUCTURED(draft -> {
        draft.structured("application/cloudevents+json");
        draft.first(draft.one(List.of(
                "\"time\":\"2026-03-01T00:00:00Z\"", "\"id\":\"x\"", "\"data\":{}", "\"specversion\":\"1.0\"")));
    }),
    KEY_TWICE_FAR_DOWN(draft -> draft.first("\"unknown\":{\"far\":[{\"down\":1,\"d\\u006fwn\":1}]}")),
    ABSURD_NUMBER(draft -> draft.first("\"absurd\":"
            + draft.one(List.of(
                    "1e999999999",
                    "-1e-999999999",
                    "1E+2147483648",
                    "9".repeat(1_000),
                    "0." + "1".repeat(50_000),
                    "[1e401]")))),
    NO_NUMBER(
            draft -> draft.first("\"odd\":" + draft.one(List.of("NaN", "-Infinity", "0x10", "01", "+1", ".5", "1.")))),
    NO_OBJECT(draft -> draft.body(draft.one(
            List.of("[]", "null", "1", TextNode.valueOf(draft.json()).toString(), "[" + draft.json() + "]"))));

    private final Consumer<Draft> spoiling;

    BodyFlaw(Consumer<Draft> spoiling) {
        this.spoiling = spoiling;
    }

    @Override
    public void spoil(Draft draft) {
        spoiling.accept(draft);
    }
}
