package org.tumorboard.event;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the edge takes for an event, in either mode, and what it says of everything else. */
class EventReaderTest {

    private static final String TRIAGE = "neurosurgery.triage-completed";
    private static final String DELIVERY = "gamma-knife.delivery-completed";
    private static final String STEP = "any.step-completed";

    static Stream<BiFunction<String, Consumer<ObjectNode>, Sent>> modes() {
        return Stream.of(Sent::structured, Sent::binary);
    }

    @ParameterizedTest
    @MethodSource("modes")
    void readsEverySampleInEitherMode(BiFunction<String, Consumer<ObjectNode>, Sent> mode) {
        assertThat(new EventSchemas().eventNames()).allSatisfy(name -> assertThat(
                        mode.apply(name, sample -> {}).accepted().dropped())
                .as(name)
                .isEqualTo(Reading.Dropped.NOTHING));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "application/cloudevents+json",
                "Application/CloudEvents+JSON; charset=UTF-8",
                " application/cloudevents+json ;charset=\"utf-8\""
            })
    void aMediaTypeIsTheSameInWhateverCase(String contentType) {
        assertThat(Sent.structured(TRIAGE)
                        .with("content-type", contentType)
                        .accepted()
                        .event()
                        .type()
                        .name())
                .isEqualTo("triage-completed");
    }

    @ParameterizedTest
    @ValueSource(strings = {"Application/JSON", "application/json;charset=utf-8", "application/fhir+JSON"})
    void soIsTheMediaTypeOfTheData(String contentType) {
        assertThat(Sent.binary(TRIAGE)
                        .with("content-type", contentType)
                        .accepted()
                        .event()
                        .patientRef())
                .isEqualTo("SYN-0001");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "application/cloudevents-batch+json",
                "application/cloudevents+xml",
                "application/cloudevents+avro",
                "application/cloudevents+protobuf",
                "Application/CloudEvents"
            })
    void otherModesAreRefusedAndToldWhichIsExpected(String contentType) {
        assertThat(Sent.structured(TRIAGE)
                        .with("content-type", contentType)
                        .refused()
                        .reason())
                .isEqualTo(
                        "content-type: expected application/cloudevents+json, or the data of an event with ce_ headers, but got '%s'"
                                .formatted(contentType));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "specversion | 0.3 | specversion: expected 1.0, but got '0.3'",
                "specversion | 1 | specversion: expected 1.0, but got '1'",
                "specversion | 1.0.2 | specversion: expected 1.0, but got '1.0.2'",
                "id | '' | id: expected text, but it is empty",
                "source | '' | source: expected text, but it is empty",
                "type | '' | type: expected text, but it is empty",
                "source | '//hospital example' | source: expected a URI, but got '//hospital example'",
                "dataschema | ':' | dataschema: expected a URI, but got ':'",
                "time | 2026-11-30 10:00:00Z | time: expected an RFC 3339 instant, but got '2026-11-30 10:00:00Z'",
                "time | yesterday | time: expected an RFC 3339 instant, but got 'yesterday'",
                "time | 1999-12-31T23:59:59Z | time: expected 2000-01-01T00:00:00Z or later, but got 1999-12-31T23:59:59Z",
                "time | 1970-01-01T00:00:00Z | time: expected 2000-01-01T00:00:00Z or later, but got 1970-01-01T00:00:00Z",
                "time | 2027-01-01T12:05:01Z | time: expected at most 2027-01-01T12:05:00Z (5 min ahead of now), but got 2027-01-01T12:05:01Z",
                "my_field | x | my_field: expected an attribute's name, of lower-case letters and digits",
                "subject | 'a b' | subject: expected a case id of 1–64 letters, digits and . _ : -, but got 'a b'",
                "source | //hospital.example/ward | source: expected one of neurosurgery on its topic, but got '//hospital.example/ward'",
                "type | org.tumorboard.ward.triage-completed.v1 | type: expected a type of the vocabulary, but got 'org.tumorboard.ward.triage-completed.v1'",
                "datacontenttype | application/xml | datacontenttype: expected application/json, but got 'application/xml'"
            })
    void namesTheAttributeThatIsWrong(String attribute, String value, String sentence) {
        Consumer<ObjectNode> flaw = sample -> sample.put(attribute, value);

        assertThat(Sent.structured(TRIAGE, flaw).refused().reason()).isEqualTo(sentence);
        if (!attribute.equals("datacontenttype")) {
            assertThat(Sent.binary(TRIAGE, flaw).refused().reason()).isEqualTo(sentence);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"time", "dataschema", "subject", "my_field", "specversion", "data"})
    void whatCannotBeReadKeepsItsIdentityAndItsClaim(String attribute) {
        Reading.Refused refused = Sent.structured(
                        DELIVERY, sample -> sample.put(attribute, attribute.equals("subject") ? "a b" : ":"))
                .refused();

        assertThat(refused.identity())
                .isEqualTo(new EventIdentity("//hospital.example/gamma-knife", "delivery-completed-0001"));
        assertThat(refused.claim()).isNotNull();
        assertThat(refused.claim().fact()).isEqualTo(Fact.TREATMENT);
        assertThat(refused.claim().patientRef()).isEqualTo(attribute.equals("data") ? null : "SYN-0001");
    }

    @ParameterizedTest
    @MethodSource("modes")
    void aRefusedTreatmentSaysOfWhomAndOfWhichCase(BiFunction<String, Consumer<ObjectNode>, Sent> mode) {
        Reading.Claim claim = mode.apply(DELIVERY, sample -> ((ObjectNode) sample.get("data")).remove("planRef"))
                .refused()
                .claim();

        assertThat(claim)
                .isEqualTo(new Reading.Claim(
                        EventType.ofShortName(DELIVERY).orElseThrow(),
                        Fact.TREATMENT,
                        "SYN-0001",
                        new CaseId("5f0c1c1e-6a52-4d0c-9d0a-3f6f3a1e0001")));
    }

    @Test
    void surgeryGivenUpClaimsToBeATreatmentOnlyIfItSaysSo() {
        Consumer<ObjectNode> before =
                sample -> data(sample).put("afterIncision", false).remove("reason");
        Consumer<ObjectNode> after =
                sample -> data(sample).put("afterIncision", true).remove("reason");

        assertThat(Sent.binary("operating-room.surgery-aborted", before)
                        .refused()
                        .claim()
                        .fact())
                .isEqualTo(Fact.PAPER);
        assertThat(Sent.binary("operating-room.surgery-aborted", after)
                        .refused()
                        .claim()
                        .fact())
                .isEqualTo(Fact.TREATMENT);
    }

    @Test
    void whatNobodyMaySendClaimsNothing() {
        assertThat(Sent.binary(DELIVERY, sample -> sample.put("type", "org.tumorboard.ward.weather.v1"))
                        .refused()
                        .claim())
                .isNull();
        assertThat(Sent.binary(DELIVERY, sample -> sample.put("type", "org.tumorboard.ward.step-completed.v1"))
                        .refused()
                        .claim())
                .isNull();
    }

    @Test
    void aPseudonymThatIsNoneIsNotClaimed() {
        Reading.Claim claim = Sent.binary(DELIVERY, sample -> data(sample).put("patientRef", "Müller, Eva"))
                .refused()
                .claim();

        assertThat(claim.patientRef()).isNull();
    }

    @Test
    void aHeaderGivenTwiceIsRefused() {
        for (String header : List.of("ce_id", "ce_source", "ce_time", "ce_subject", "content-type", "CE_ID")) {
            assertThat(Sent.binary(TRIAGE).header(header, "x").refused().reason())
                    .startsWith(header.toLowerCase() + ": expected once");
        }
        assertThat(Sent.binary(TRIAGE).header("ce_id", "other").refused().identity())
                .isNull();
    }

    @Test
    void bytesThatAreNoTextNeverMakeTwoSourcesOne() {
        Reading.Refused one = Sent.binary(TRIAGE)
                .without("ce_source")
                .header("ce_source", "/m\u00fcnchen".getBytes(ISO_8859_1))
                .refused();

        assertThat(one.reason()).isEqualTo("ce_source: expected UTF-8, but it has bytes that are none");
        assertThat(one.identity()).isNull();
        assertThat(Sent.binary(TRIAGE)
                        .without("ce_source")
                        .header("ce_source", "/m\u00fcnchen/neurosurgery".getBytes(UTF_8))
                        .accepted()
                        .event()
                        .identity()
                        .source())
                .isEqualTo("/m\u00fcnchen/neurosurgery");
    }

    @ParameterizedTest
    @ValueSource(strings = {"\u202e", "\u2066", "\u2028", "\u2029", "\u200b", "\ufeff"})
    void whatTurnsOrEndsALineIdentifiesNothing(String unseen) {
        Reading.Refused refused = Sent.structured(TRIAGE, sample -> sample.put("id", "a" + unseen + "b"))
                .refused();

        assertThat(refused.reason())
                .isEqualTo("id: expected characters that can be seen, but it has one that turns or ends a line");
        assertThat(refused.identity()).isNull();
    }

    @Test
    void attributesOfOtherTypesThanTextAreNamed() {
        assertThat(Sent.structured(TRIAGE, sample -> sample.put("time", 1))
                        .refused()
                        .reason())
                .isEqualTo("time: expected text, but got NUMBER");
        assertThat(Sent.structured(TRIAGE, sample -> sample.putObject("id"))
                        .refused()
                        .reason())
                .isEqualTo("id: expected text, but got OBJECT");
        assertThat(Sent.structured(TRIAGE, sample -> sample.put("weight", 1.5))
                        .refused()
                        .reason())
                .isEqualTo("weight: expected text, a boolean or a whole number, but got NUMBER");
        assertThat(Sent.structured(TRIAGE, sample -> sample.put("sampled", true)
                                .put("size", 7)
                                .putNull("subject"))
                        .accepted()
                        .event()
                        .subject())
                .isNull();
    }

    @Test
    void dataMayComeAsBase64ButNotTwice() {
        String encoded = Base64.getEncoder()
                .encodeToString(Sent.sample(TRIAGE).path("data").toString().getBytes(UTF_8));
        Consumer<ObjectNode> asBase64 =
                sample -> sample.put("data_base64", encoded).remove("data");

        assertThat(Sent.structured(TRIAGE, asBase64).accepted().event().patientRef())
                .isEqualTo("SYN-0001");
        assertThat(Sent.structured(TRIAGE, sample -> sample.put("data_base64", encoded))
                        .refused()
                        .reason())
                .isEqualTo("data: expected either data or data_base64, but got both");
        assertThat(Sent.structured(
                                TRIAGE, sample -> sample.put("data_base64", "=").remove("data"))
                        .refused()
                        .reason())
                .isEqualTo("data_base64: expected Base64");
    }

    @ParameterizedTest
    @ValueSource(ints = {4 * 1024, 64 * 1024})
    void aStepOfAnyLengthIsRefusedAndReadByNoPattern(int length) {
        Consumer<ObjectNode> endless = sample -> data(sample).put("step", "a-".repeat(length / 2) + "a");

        modes().forEach(mode -> assertThat(mode.apply(STEP, endless).refused().reason())
                .isEqualTo("data.step: expected at most 1000 characters, but got " + (length + 1)));
    }

    @Test
    void whatIsNestedWithoutEndIsRefusedLikeAnyOtherRecord() {
        modes().forEach(mode -> {
            Sent deep = mode.apply(STEP, sample -> data(sample).put("step", "PLACE"));
            assertThat(deep.replacing("\"PLACE\"", "[".repeat(900) + "]".repeat(900))
                            .refused()
                            .reason())
                    .contains("expected at most 64 levels");
            assertThat(mode.apply(STEP, sample -> {})
                            .value("[".repeat(100_000))
                            .refused()
                            .reason())
                    .contains("it is no JSON");
        });
    }

    @Test
    void endlessListsAndMapsAreRefusedBeforeTheyAreCompared() {
        assertThat(Sent.binary("radiology.recurrence-suspected", sample -> {
                            for (int lesion = 0; lesion < 20_000; lesion++) {
                                data(sample).withArray("lesionRefs").add("L-" + lesion);
                            }
                        })
                        .refused()
                        .reason())
                .startsWith("data.lesionRefs: expected at most 1000 items");
        assertThat(Sent.binary(STEP, sample -> {
                            for (int field = 0; field < 20_000; field++) {
                                data(sample).withObject("data").put("f" + field, 1);
                            }
                        })
                        .refused()
                        .reason())
                .startsWith("data.data: expected at most 1000 fields");
    }

    /** In any field: where a number stands it is another one, and elsewhere no number at all. */
    @ParameterizedTest
    @ValueSource(
            strings = {"1e307", "-1e307", "9.99e-308", "99999999999999999999999999999999999999999999", "-0.5", "0e307"})
    void noNumberIsTooMuchForAnySchema(String number) {
        for (String event : new EventSchemas().eventNames()) {
            Sent.sample(event).get("data").fieldNames().forEachRemaining(field -> {
                Sent odd = Sent.binary(event, sample -> data(sample).put(field, "PLACE"));
                assertThat(odd.replacing("\"PLACE\"", number).read())
                        .as(event + " " + field)
                        .isNotNull();
            });
        }
    }

    @Test
    void oneUuidIsTheSameInWhateverCase() {
        String upper = "5F0C1C1E-6A52-4D0C-9D0A-3F6F3A1E0001";
        InboundEvent event = Sent.binary(DELIVERY, sample -> {
                    sample.put("id", upper).put("subject", upper);
                    data(sample).put("planRef", upper).put("patientRef", upper);
                })
                .accepted()
                .event();

        assertThat(event.identity().id()).isEqualTo(upper.toLowerCase());
        assertThat(event.subject()).isEqualTo(new CaseId(upper.toLowerCase()));
        assertThat(event.patientRef()).isEqualTo(upper.toLowerCase());
        assertThat(event.text("planRef")).isEqualTo(upper.toLowerCase());
        assertThat(Sent.binary(
                                "any.event-retracted",
                                sample -> data(sample).withObject("retracts").put("id", upper))
                        .accepted()
                        .event()
                        .data()
                        .at("/retracts/id")
                        .asText())
                .isEqualTo(upper.toLowerCase());
        assertThat(Sent.binary(DELIVERY, sample -> data(sample).put("planRef", "PLAN-" + "A".repeat(31)))
                        .accepted()
                        .event()
                        .text("planRef"))
                .isEqualTo("PLAN-" + "A".repeat(31));
    }

    @ParameterizedTest
    @MethodSource("modes")
    void whatNoSchemaKnowsIsLeftOutAndCounted(BiFunction<String, Consumer<ObjectNode>, Sent> mode) {
        Reading.Accepted read = mode.apply("any.event-corrected", sample -> {
                    data(sample).put("patientName", "Eva").put("x y", 1).put("\u0000", 2);
                    data(sample).withObject("corrects").put("department", "ward");
                    for (int more = 0; more < 6; more++) {
                        data(sample).withObject("more" + more).put("deep", 1e300);
                    }
                })
                .accepted();

        assertThat(read.event().data())
                .isEqualTo(Sent.sample("any.event-corrected").get("data"));
        assertThat(read.dropped().count()).isEqualTo(10);
        assertThat(read.dropped().names()).hasSize(Reading.Dropped.MOST_NAMES).contains("patientName", "department");
    }

    @Test
    void anOpenMapKeepsToItsOwnRules() {
        assertThat(Sent.binary(STEP, sample -> data(sample).withObject("data").put("anyField", true))
                        .accepted()
                        .event()
                        .data()
                        .at("/data/anyField")
                        .asBoolean())
                .isTrue();
        assertThat(Sent.binary(STEP, sample -> data(sample).withObject("data").put("patientName", "Eva"))
                        .refused()
                        .reason())
                .contains("data.data");
        assertThat(Sent.binary(STEP, sample -> data(sample).withObject("data").put("a\u0000b", "Eva"))
                        .refused()
                        .reason())
                .doesNotContain("\u0000");
    }

    @Test
    void instantsThatStateThePastAreHeldToTheBoundsOfTheTime() {
        Map<String, String> sentences = Map.of(
                "2027-01-01T12:05:01Z",
                "data.endAt: expected at most 2027-01-01T12:05:00Z (5 min ahead of now), but got 2027-01-01T12:05:01Z",
                "2000-01-01T00:00:00+14:00",
                "data.endAt: expected 2000-01-01T00:00:00Z or later, but got 1999-12-31T10:00:00Z");

        sentences.forEach((endAt, sentence) -> assertThat(
                        Sent.binary(DELIVERY, sample -> data(sample).put("endAt", endAt))
                                .refused()
                                .reason())
                .isEqualTo(sentence));
        assertThat(Sent.binary(DELIVERY, sample -> data(sample).put("endAt", "2027-01-01T12:05:00Z"))
                        .accepted()
                        .event()
                        .text("endAt"))
                .isEqualTo("2027-01-01T12:05:00Z");
        assertThat(Sent.binary("gamma-knife.slot-confirmed", sample -> data(sample)
                                .put("startAt", "2027-02-01T08:00:00Z")
                                .put("endAt", "2027-02-01T09:00:00Z"))
                        .accepted()
                        .event()
                        .text("startAt"))
                .isEqualTo("2027-02-01T08:00:00Z");
    }

    private static ObjectNode data(ObjectNode sample) {
        return (ObjectNode) sample.get("data");
    }
}
