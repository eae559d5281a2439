package org.tumorboard.hostile;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.post;

import java.util.List;
import java.util.Map;
import java.util.Random;
import org.springframework.test.web.servlet.request.MockHttpServletRequestBuilder;
import org.tumorboard.embedded.SyntheticEvent;

/** What somebody may put into one header of a good event in binary mode over HTTP; and what is answered to it. */
enum HostileHeader {
    INVALID_ESCAPE(400, "%zz", "%", "100%", "%4", "a%-1", "%+1", "%%41", "%u00fc"),
    ESCAPED_BYTES_THAT_ARE_NO_TEXT(400, "/m%FCnchen", "/m%E4nchen", "%C0%AF", "%ED%A0%80", "%ff%fe", "%F8%88%80%80%80"),
    OPEN_QUOTE(400, "\"x", "x\"", "\"a\"\"", "\"a\\\""),
    RAW_BYTES(400, "m\u00fcnchen", "\u0001", "a\tb", "\u007f", "\u0084\u009f", "\u202e"),
    ESCAPED_CONTROL(400, "a%00b", "%0d%0aSet-Cookie:x", "%07", "%C2%85"),
    EMPTY(400, "", "\"\"", "%20%20\u0020\u0001"),
    TOO_LONG(400, "x".repeat(7_000), "%41".repeat(2_000)),
    QUOTED(
            202,
            "\"//hospital.example/radiology\"",
            "\"//hospital.example\\/radiology\"",
            "//\"hospital.example\"/radiology"),
    NEEDLESSLY_ESCAPED(202, "%2F%2Fhospital.example%2fradiology", "//hospital%2Eexample/r%61diology");

    private final int status;
    private final List<String> values;

    HostileHeader(int status, String... values) {
        this.status = status;
        this.values = List.of(values);
    }

    int status() {
        return status;
    }

    /** The good event with such a source. */
    MockHttpServletRequestBuilder source(SyntheticEvent good, String id, Random random) {
        return request(
                good, Map.of("ce_id", id, "ce_source", values.get(random.nextInt(values.size()))), "application/json");
    }

    /** A header of the binding given twice. */
    static MockHttpServletRequestBuilder twice(SyntheticEvent good, Random random) {
        List<String> names = List.of("ce-id", "CE-Source", "ce-type", "Ce-Time", "ce-specversion");
        return request(good, Map.of(), "application/json").header(names.get(random.nextInt(names.size())), "x");
    }

    /** A mode or version of CloudEvents that we do not read, or a time that cannot be. */
    static MockHttpServletRequestBuilder otherwise(SyntheticEvent good, Random random) {
        List<String> modes = List.of(
                "application/cloudevents-batch+json", "application/cloudevents+xml", "Application/CloudEvents+Avro");
        List<Map<String, String>> said = List.of(
                Map.of("ce_specversion", "0.3"),
                Map.of("ce_specversion", ""),
                Map.of("ce_time", "1999-12-31T23:59:59Z"),
                Map.of("ce_time", "2999-01-01T00:00:00Z"),
                Map.of("ce_time", "yesterday"));
        return random.nextBoolean()
                ? request(good, Map.of(), modes.get(random.nextInt(modes.size())))
                : request(good, said.get(random.nextInt(said.size())), "application/json");
    }

    private static MockHttpServletRequestBuilder request(
            SyntheticEvent good, Map<String, String> other, String contentType) {
        MockHttpServletRequestBuilder request =
                post("/api/events/radiology").content(good.data().toString());
        good.headers().forEach((name, value) -> {
            if (name.startsWith("ce_")) {
                request.header(name.replace('_', '-'), other.getOrDefault(name, new String(value, UTF_8)));
            }
        });
        return request.header("Content-Type", contentType);
    }
}
