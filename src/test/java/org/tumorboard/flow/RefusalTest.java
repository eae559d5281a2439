package org.tumorboard.flow;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.tumorboard.Departments;
import org.tumorboard.EngineTest;
import org.tumorboard.embedded.SyntheticCase;
import org.tumorboard.embedded.SyntheticEvent;
import org.tumorboard.event.Department;
import org.tumorboard.event.EventType;
import org.tumorboard.event.Topics;

/** What cannot be used is refused or parked with its reason, and never stands in the way of the next record. */
@EngineTest
class RefusalTest {

    private static final Instant DETECTED = Instant.parse("2026-03-02T08:00:00Z");

    @Autowired
    Scene scene;

    @Autowired
    Departments departments;

    @Autowired
    Notifications notifications;

    private SyntheticCase patient;
    private List<SyntheticEvent> events;

    @BeforeEach
    void anOpenCase() {
        scene.resetTimeTo(DETECTED.plus(Duration.ofDays(10)));
        patient = scene.urgentCase(DETECTED);
        events = patient.throughTreatment();
        scene.said(events.get(0));
    }

    @Test
    void refusesWhatIsNoJson() {
        SyntheticEvent triage = events.get(1);
        SyntheticEvent broken = renamed(triage, "no-json");

        departments.send(triage.topic(), triage.key(), broken.headers(), "{\"patientRef\": oops".getBytes(UTF_8));
        scene.said(triage);
        scene.awaitDecided(List.of(broken));

        assertRefused(broken, "expected JSON");
        assertThat(scene.outcome(triage)).isEqualTo("APPLIED");
    }

    @Test
    void refusesAnUnknownType() {
        SyntheticEvent triage = events.get(1);
        SyntheticEvent unknown = new SyntheticEvent(
                new EventType(Department.NEUROSURGERY, "weather-reported"),
                triage.id() + "-unknown",
                triage.key(),
                null,
                triage.time(),
                triage.data());

        scene.said(unknown, triage);

        assertRefused(unknown, "type: expected a type of the vocabulary");
        assertThat(scene.outcome(triage)).isEqualTo("APPLIED");
    }

    @Test
    void refusesAMissingFieldAndNamesIt() {
        SyntheticEvent triage = events.get(1);
        ObjectNode data = triage.data().deepCopy();
        data.remove("urgency");
        SyntheticEvent incomplete =
                new SyntheticEvent(triage.type(), triage.id() + "-x", triage.key(), null, triage.time(), data);

        scene.said(incomplete, triage);

        assertRefused(incomplete, "urgency");
        assertThat(scene.outcome(triage)).isEqualTo("APPLIED");
    }

    @Test
    void refusesAnEventOnAnotherDepartmentsTopic() {
        SyntheticEvent triage = events.get(1);
        SyntheticEvent strayed = renamed(triage, "strayed");

        departments.send(
                Topics.events(Department.RADIOLOGY),
                strayed.key(),
                strayed.headers(),
                strayed.data().toString().getBytes(UTF_8));
        scene.awaitDecided(List.of(strayed));

        assertRefused(strayed, "expected an event of radiology");
    }

    @Test
    void refusesAnEventInTheNameOfAnotherDepartment() {
        SyntheticEvent triage = events.get(1);
        Map<String, byte[]> headers = new HashMap<>(triage.headers());
        headers.put("ce_source", "//hospital.example/pathology".getBytes(UTF_8));

        departments.send(
                triage.topic(), triage.key(), headers, triage.data().toString().getBytes(UTF_8));
        scene.said(triage);
        scene.awaitQuiet();
        scene.awaitSent();

        assertThat(notifications.deadLetters())
                .filteredOn(
                        letter -> letter.path("headers").path("ce_id").asText().equals(triage.id()))
                .singleElement()
                .satisfies(
                        letter -> assertThat(letter.path("reason").asText())
                                .contains(
                                        "source: expected one of neurosurgery on its topic, but got '//hospital.example/pathology'"));
        assertThat(scene.outcome(triage)).isEqualTo("APPLIED");
    }

    @Test
    void refusesAClinicalTimeInTheFuture() {
        SyntheticEvent triage = events.get(1);
        SyntheticEvent early =
                renamed(triage, "early").at(DETECTED.plus(Duration.ofDays(10)).plusSeconds(301));
        SyntheticEvent justInTime = triage.at(DETECTED.plus(Duration.ofDays(10)).plusSeconds(299));

        scene.said(early, justInTime);

        assertRefused(early, "time: expected at most");
        assertThat(scene.outcome(justInTime)).isEqualTo("APPLIED");
    }

    @Test
    void refusesWhatNamesTheCaseOfAnotherPatient() {
        SyntheticCase other =
                scene.urgentCase(DETECTED).named(Scene.caseOf(events).value());
        SyntheticEvent triage = other.throughTreatment().get(1);

        scene.said(triage);

        assertRefused(triage, "patientRef");
    }

    @Test
    void takesACorrectedEventOfTheSameIdentity() {
        SyntheticEvent triage = events.get(1);
        ObjectNode data = triage.data().deepCopy();
        data.put("urgency", "SOON");
        SyntheticEvent wrong = new SyntheticEvent(triage.type(), triage.id(), triage.key(), null, triage.time(), data);

        scene.said(wrong);
        assertThat(scene.outcome(triage)).isEqualTo("REFUSED");
        scene.say(List.of(triage));
        scene.awaitQuiet();

        assertThat(scene.outcome(triage)).isEqualTo("APPLIED");
    }

    @Test
    void parksWhatComesBeforeThePatientsCaseAndReleasesIt() {
        SyntheticCase later = scene.urgentCase(DETECTED);
        List<SyntheticEvent> story = later.throughTreatment();

        scene.said(story.get(1));
        assertThat(scene.outcome(story.get(1))).isEqualTo("PARKED");
        assertThat(scene.reason(story.get(1))).contains("no open case yet");
        scene.said(story.get(0));

        assertThat(scene.outcome(story.get(1))).isEqualTo("APPLIED");
        assertThat(scene.status(Scene.caseOf(story))).isEqualTo("PREPARING");
    }

    @Test
    void parksWhatCouldMeanTwoOpenCases() {
        SyntheticEvent first = events.get(0);
        ObjectNode otherLesion = first.data().deepCopy();
        otherLesion.putArray("lesionRefs").add("LES-other");
        SyntheticEvent second =
                new SyntheticEvent(first.type(), first.id() + "-2", first.key(), null, first.time(), otherLesion);
        SyntheticEvent triage = events.get(1);

        scene.said(second);
        scene.said(triage);

        assertThat(scene.outcome(second)).isEqualTo("APPLIED");
        assertThat(scene.outcome(triage)).isEqualTo("PARKED");
        assertThat(scene.reason(triage)).contains("2 open cases");
    }

    @Test
    void parksWhatNobodyWaitsForYetAndSaysWhatReleasesIt() {
        SyntheticEvent delivered = events.stream()
                .filter(event -> event.type().name().equals("delivery-completed"))
                .findFirst()
                .orElseThrow();

        scene.said(delivered);

        assertThat(scene.outcome(delivered)).isEqualTo("PARKED");
        assertThat(scene.reason(delivered))
                .contains("released when the case reaches 'Complete delivery' (gamma-knife)");
    }

    @Test
    void attachesASecondSuspicionOfTheSameLesion() {
        SyntheticEvent first = events.get(0);
        SyntheticEvent again = renamed(first, "again");

        scene.said(again);

        assertThat(scene.outcome(again)).isEqualTo("ALREADY_DONE");
        assertThat(scene.reason(again)).contains("open case for this lesion");
    }

    private void assertRefused(SyntheticEvent event, String reason) {
        assertThat(scene.outcome(event)).isEqualTo("REFUSED");
        assertThat(scene.reason(event)).contains(reason);
        scene.awaitSent();
        assertThat(notifications.deadLetters())
                .filteredOn(
                        letter -> letter.path("headers").path("ce_id").asText().equals(event.id()))
                .singleElement()
                .satisfies(letter -> assertThat(letter.path("reason").asText()).contains(reason));
    }

    private static SyntheticEvent renamed(SyntheticEvent event, String suffix) {
        return new SyntheticEvent(
                event.type(), event.id() + "-" + suffix, event.key(), event.subject(), event.time(), event.data());
    }
}
