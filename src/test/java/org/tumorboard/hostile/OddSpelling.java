package org.tumorboard.hostile;

import java.util.List;
import java.util.function.Consumer;
import java.util.regex.Pattern;

/** Ways to send an event that no sample shows, and that say the same: each is taken like its plain twin. */
enum OddSpelling {
    STRUCTURED(draft -> draft.structured("application/cloudevents+json")),
    MEDIA_TYPE(draft -> draft.structured(draft.one(List.of(
            "Application/CloudEvents+JSON; charset=UTF-8",
            "APPLICATION/CLOUDEVENTS+JSON",
            " application/cloudevents+json")))),
    MEDIA_TYPE_OF_DATA(draft -> draft.header(
            "content-type",
            draft.one(List.of("Application/JSON", "application/json;charset=utf-8", "application/fhir+json")))),
    HEADERS_IN_UPPER_CASE(draft -> {
        byte[] type = draft.headers.remove("ce_type");
        draft.headers.put("CE_TYPE", type);
    }),
    NUMBERS(draft -> draft.body(Patterns.WHOLE
            .matcher(draft.json())
            .replaceAll(number -> ":" + spelled(draft, number.group(1)) + number.group(2)))),
    NUMBERS_IN_STRUCTURED(draft -> {
        NUMBERS.spell(draft);
        draft.structured("application/cloudevents+json");
    }),
    UNKNOWN_FIELDS(
            draft -> draft.first("\"patientName\":\"x\",\"x y\":{\"deep\":[1.5e300,null]},\"\\u0000\":\"\\ud800\",\""
                    + "n".repeat(900) + "\":[]")),
    LARGE_UNKNOWN_FIELD(draft -> draft.first("\"image\":\"" + "x".repeat(200_000) + "\"")),
    MANY_UNKNOWN_FIELDS(draft -> {
        StringBuilder fields = new StringBuilder("\"first\":0");
        for (int field = 0; field < 3_000; field++) {
            fields.append(",\"f").append(field).append("\":").append(field);
        }
        draft.first(fields.toString());
    }),
    SPACE(draft -> draft.body("\uFEFF \r\n\t" + draft.json().replace(",\"", " ,\n\"") + "\n\n")),
    ESCAPES(draft -> draft.body(
            draft.json().replace("patientRef", "\\u0070atient\\u0052ef").replace("SYN", "\\u0053YN")));

    private static final class Patterns {

        private static final Pattern WHOLE = Pattern.compile(":(\\d+)([,}])");
    }

    private final Consumer<Draft> spelling;

    OddSpelling(Consumer<Draft> spelling) {
        this.spelling = spelling;
    }

    void spell(Draft draft) {
        spelling.accept(draft);
    }

    private static String spelled(Draft draft, String number) {
        return draft.one(List.of(number + ".0", number + "e0", number + "0E-1", number + ".000", number + "00e-2"));
    }
}
