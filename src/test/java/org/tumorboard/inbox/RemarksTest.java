package org.tumorboard.inbox;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.client.TestRestTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.tumorboard.Departments;
import org.tumorboard.EngineTest;
import org.tumorboard.SettableClock;
import org.tumorboard.embedded.SyntheticCase;
import org.tumorboard.embedded.SyntheticEvent;
import org.tumorboard.event.CaseId;
import org.tumorboard.event.EventType;
import org.tumorboard.flow.Notifications;
import org.tumorboard.flow.Notifications.Received;
import org.tumorboard.flow.Scene;

/** What is odd about a record is told where somebody looks, and what has happened never vanishes among dead letters. */
@EngineTest
class RemarksTest {

    private static final Instant DETECTED = Instant.parse("2026-05-18T08:00:00Z");

    @Autowired
    Scene scene;

    @Autowired
    SettableClock clock;

    @Autowired
    Departments departments;

    @Autowired
    Notifications notifications;

    @Autowired
    PatientErasure erasure;

    @Autowired
    MeterRegistry meters;

    @Autowired
    JdbcClient jdbc;

    @Autowired
    TestRestTemplate http;

    private SyntheticCase patient;
    private SyntheticEvent opening;
    private SyntheticEvent triage;

    @BeforeEach
    void anOpenCase() {
        scene.resetTimeTo(DETECTED.plus(Duration.ofDays(1)));
        patient = scene.urgentCase(DETECTED);
        List<SyntheticEvent> events = patient.throughTreatment();
        opening = events.get(0);
        triage = events.get(1);
        scene.said(opening);
    }

    @Test
    void anIdUsedAgainWithOtherContentIsToldToItsSenderAndCountedApart() {
        double before = reused("neurosurgery");
        ObjectNode other = triage.data().deepCopy();
        other.put("urgency", "EMERGENCY");

        scene.said(triage);
        sentAgain(triage.headers(), other);
        sentAgain(triage.headers(), other);

        assertThat(reused("neurosurgery") - before).isEqualTo(2);
        assertThat(remark(triage)).contains("its id came again with other content, which was not taken: 2 times");
        assertThat(page("/departments/neurosurgery"))
                .contains("Ids it used again with other content")
                .contains(triage.id());
        assertThat(scene.caseFromApi(caseId()).path("urgency").asText()).isEqualTo("URGENT");
    }

    @Test
    void theSameSaidAgainIsADuplicateHoweverItIsWritten() {
        double before = reused("neurosurgery");
        Map<String, byte[]> headers = new LinkedHashMap<>(triage.headers());
        headers.put("ce_correlationid", "another".getBytes(UTF_8));
        ObjectNode turnedRound = JsonNodeFactory.instance.objectNode();
        List<String> fields = new java.util.ArrayList<>();
        triage.data().fieldNames().forEachRemaining(fields::add);
        for (int i = fields.size() - 1; i >= 0; i--) {
            turnedRound.set(fields.get(i), triage.data().get(fields.get(i)));
        }

        scene.said(triage);
        sentAgain(headers, turnedRound);

        assertThat(reused("neurosurgery")).isEqualTo(before);
        assertThat(remark(triage)).isEmpty();
    }

    @Test
    void ofAnEventFromBeforeTheDataTells() {
        double before = reused("neurosurgery");
        scene.said(triage);
        jdbc.sql("update inbox_event set content_digest = null where id = ?")
                .param(triage.id())
                .update();
        ObjectNode other = triage.data().deepCopy();
        other.put("accepted", false);

        sentAgain(triage.headers(), triage.data());
        assertThat(reused("neurosurgery")).isEqualTo(before);
        sentAgain(triage.headers(), other);
        assertThat(reused("neurosurgery") - before).isEqualTo(1);
    }

    @Test
    void howANumberWasWrittenBeforeMakesNoOtherContent() {
        double before = reused("radiology");
        jdbc.sql(
                        """
                        update inbox_event set content_digest = null,
                          data = jsonb_set(data, '{priorSrsCourses}', (data ->> 'priorSrsCourses' || '.0')::jsonb)
                        where id = ?
                        """)
                .param(opening.id())
                .update();

        departments.say(List.of(opening));
        scene.awaitQuiet();

        assertThat(reused("radiology")).isEqualTo(before);
    }

    @Test
    void ofAnErasedPatientNoDigestIsLeft() {
        SyntheticCase other = scene.urgentCase(DETECTED);
        SyntheticEvent waiting = other.throughTreatment().get(1);
        scene.said(waiting);
        assertThat(digests(waiting)).isEqualTo(1);

        var found = (PatientErasure.Result.Found) erasure.look(other.patientRef());
        erasure.erase(other.patientRef(), found.rows());

        assertThat(digests(waiting)).isZero();
        double before = reused("neurosurgery");
        departments.say(List.of(waiting));
        scene.awaitQuiet();
        assertThat(reused("neurosurgery")).isEqualTo(before);
    }

    @ParameterizedTest
    @ValueSource(strings = {"SYN-OTHER", ""})
    void anotherKeyThanThePatientsIsNotedAndTheEventIsTaken(String key) {
        departments.send(
                triage.topic(),
                key.isEmpty() ? null : key,
                triage.headers(),
                triage.data().toString().getBytes(UTF_8));
        scene.awaitDecided(List.of(triage));

        assertThat(scene.outcome(triage)).isEqualTo("APPLIED");
        assertThat(remark(triage))
                .contains("key: expected patientRef, but the record has " + (key.isEmpty() ? "none" : "another one"));
    }

    @Test
    void aStepThatNoModelKnowsIsRefused() {
        SyntheticEvent unknown = event("ward.step-completed", "unknown-step", DETECTED, "step", "make-coffee");
        ((ObjectNode) unknown.data()).putObject("data");

        scene.said(unknown);

        assertThat(scene.outcome(unknown)).isEqualTo("REFUSED");
        assertThat(scene.reason(unknown))
                .contains("data.step: expected a step of ward")
                .contains("make-coffee");
    }

    @Test
    void anIncisionAheadOfItsTimeIsRefusedAndStandsOnTheCasePageAndIsToldAtOnce() {
        SyntheticEvent incision = incision(clock.instant().plus(Duration.ofMinutes(6)));

        scene.said(incision);
        scene.awaitSent();

        assertThat(scene.outcome(incision)).isEqualTo("REFUSED");
        assertThat(page("/cases/" + caseId())).contains("Surgery started").contains("is not in this case");
        assertThat(toldOf(incision)).containsExactlyInAnyOrder("operating-room", "coordination");
        assertThat(page("/operations")).contains("not in its case");
        assertThat(page("/departments/coordination")).contains("Event not taken: Surgery started");
    }

    @Test
    void sentAgainInItsRightFormUnderTheSameIdItStandsThereNoMore() {
        SyntheticEvent early = incision(clock.instant().plus(Duration.ofMinutes(6)));
        scene.said(early);
        SyntheticEvent right = incision(clock.instant());

        departments.say(List.of(right));
        await().atMost(Duration.ofMinutes(1)).until(() -> !scene.outcome(right).equals("REFUSED"));

        assertThat(page("/cases/" + caseId())).doesNotContain("is not in this case");
    }

    @Test
    void aStopForAnotherPatientsCaseIsRefusedAndToldThoughItCouldBeRead() {
        SyntheticCase stranger = scene.urgentCase(DETECTED);
        scene.said(stranger.throughTreatment().get(0));
        SyntheticEvent stop = event("coordination.consent-withdrawn", "stop", DETECTED, "scope", "SRS");
        SyntheticEvent strayed = new SyntheticEvent(
                stop.type(),
                stop.id(),
                stop.key(),
                CaseId.openedBy(new org.tumorboard.event.EventIdentity(
                                stranger.throughTreatment().get(0).source(),
                                stranger.throughTreatment().get(0).id()))
                        .value(),
                stop.time(),
                stop.data());

        scene.said(strayed);
        scene.awaitSent();

        assertThat(scene.outcome(strayed)).isEqualTo("REFUSED");
        assertThat(page("/cases/" + caseId())).contains("Consent withdrawn").contains("is not in this case");
        assertThat(toldOf(strayed)).containsExactly("coordination");
    }

    @Test
    void ofATreatmentWithoutAReadablePatientTheCaseThatItNamesSaysSo() {
        SyntheticEvent incision = incision(clock.instant());
        ObjectNode data = incision.data().deepCopy();
        data.put("patientRef", "x");
        Map<String, byte[]> headers = new LinkedHashMap<>(incision.headers());
        headers.put("ce_subject", caseId().value().getBytes(UTF_8));
        departments.send(
                incision.topic(), incision.key(), headers, data.toString().getBytes(UTF_8));
        scene.awaitDecided(List.of(incision));

        assertThat(scene.outcome(incision)).isEqualTo("REFUSED");
        assertThat(page("/cases/" + caseId())).contains("Surgery started").contains("is not in this case");
    }

    @Test
    void ofATreatmentWithoutAReadablePatientTheKeyTellsWhoseItIs() {
        SyntheticEvent incision = incision(clock.instant());
        departments.send(incision.topic(), incision.key(), incision.headers(), "{broken".getBytes(UTF_8));
        scene.awaitDecided(List.of(incision));

        assertThat(scene.outcome(incision)).isEqualTo("REFUSED");
        assertThat(page("/cases/" + caseId())).contains("Surgery started").contains("is not in this case");
    }

    @Test
    void surgeryGivenUpOfWhichNobodyCanReadWhetherItHadBegunIsToldAsIfItHad() {
        SyntheticEvent aborted = event("operating-room.surgery-aborted", "aborted", DETECTED, "reason", "BLEEDING");
        ((ObjectNode) aborted.data()).put("afterIncision", "TRUE");

        scene.said(aborted);

        assertThat(scene.outcome(aborted)).isEqualTo("REFUSED");
        assertThat(page("/cases/" + caseId())).contains("Surgery aborted").contains("is not in this case");
    }

    @Test
    void aTreatmentUnderAnIdThatPaperHasUsedIsToldAndNotTaken() {
        scene.said(triage);
        SyntheticEvent incision = incision(clock.instant());
        Map<String, byte[]> headers = new LinkedHashMap<>(incision.headers());
        SyntheticEvent first = event("operating-room.slot-confirmed", "shared", DETECTED, "slotRef", "OR-7");
        ((ObjectNode) first.data())
                .put("startAt", DETECTED.plus(Duration.ofDays(3)).toString())
                .put(
                        "endAt",
                        DETECTED.plus(Duration.ofDays(3))
                                .plus(Duration.ofHours(4))
                                .toString());
        headers.put("ce_id", first.id().getBytes(UTF_8));
        scene.said(first);

        departments.send(
                incision.topic(),
                incision.key(),
                headers,
                incision.data().toString().getBytes(UTF_8));
        scene.awaitQuiet();

        assertThat(scene.outcome(first)).isNotEqualTo("REFUSED");
        assertThat(page("/cases/" + caseId()))
                .contains("Surgery started")
                .contains("is not in this case")
                .contains("expected one of its own");
    }

    @Test
    void ofTwoRefusedTreatmentsUnderOneIdBothAreTold() {
        SyntheticEvent incision = incision(clock.instant().plus(Duration.ofMinutes(6)));
        Map<String, byte[]> headers = new LinkedHashMap<>(incision.headers());
        headers.put("ce_type", "org.tumorboard.operating-room.surgery-completed.v1".getBytes(UTF_8));

        departments.send(
                incision.topic(),
                incision.key(),
                incision.headers(),
                incision.data().toString().getBytes(UTF_8));
        departments.send(
                incision.topic(),
                incision.key(),
                headers,
                incision.data().toString().getBytes(UTF_8));
        scene.awaitQuiet();

        assertThat(page("/cases/" + caseId())).contains("Surgery started").contains("Surgery completed");
    }

    @Test
    void mereRefusedPaperIsNoAlarm() {
        ObjectNode broken = triage.data().deepCopy();
        broken.put("urgency", "SOMEHOW");
        departments.send(
                triage.topic(),
                triage.key(),
                triage.headers(),
                broken.toString().getBytes(UTF_8));
        scene.awaitDecided(List.of(triage));

        assertThat(scene.outcome(triage)).isEqualTo("REFUSED");
        assertThat(page("/cases/" + caseId())).doesNotContain("is not in this case");
    }

    private void sentAgain(Map<String, byte[]> headers, JsonNode data) {
        departments.send(triage.topic(), triage.key(), headers, data.toString().getBytes(UTF_8));
        scene.awaitQuiet();
    }

    private SyntheticEvent incision(Instant at) {
        SyntheticEvent event = event("operating-room.surgery-started", "incision", at, "slotRef", "OR-1");
        ((ObjectNode) event.data()).put("incisionAt", at.toString());
        return event;
    }

    private SyntheticEvent event(String type, String id, Instant at, String field, String value) {
        return new SyntheticEvent(
                EventType.ofShortName(type).orElseThrow(),
                patient.patientRef() + "-" + id,
                patient.patientRef(),
                null,
                at,
                JsonNodeFactory.instance
                        .objectNode()
                        .put("patientRef", patient.patientRef())
                        .put(field, value));
    }

    private CaseId caseId() {
        return Scene.caseOf(List.of(opening));
    }

    private List<String> toldOf(SyntheticEvent event) {
        return notifications.about().stream()
                .filter(told -> told.name().equals("event-not-taken")
                        && told.payload().path("patientRef").asText().equals(patient.patientRef())
                        && told.payload().path("caseId").asText().equals(caseId().value())
                        && told.payload()
                                .path("event")
                                .asText()
                                .equals(event.type().shortName()))
                .map(Received::department)
                .toList();
    }

    /** What stands in the API's reason. */
    private String remark(SyntheticEvent event) {
        for (JsonNode one : scene.eventsFromApi(caseId())) {
            if (one.path("id").asText().equals(event.id())) {
                return one.path("reason").asText("").replace("null", "");
            }
        }
        throw new AssertionError("expected event " + event.id() + " in the API");
    }

    private long digests(SyntheticEvent event) {
        return jdbc.sql("select count(content_digest) from inbox_event where id = ?")
                .param(event.id())
                .query(Long.class)
                .single();
    }

    private double reused(String department) {
        return meters.get("tumorboard.inbox.reused")
                .tag("department", department)
                .counter()
                .count();
    }

    private String page(String path) {
        return http.withBasicAuth("admin", "test").getForObject(path, String.class);
    }
}
