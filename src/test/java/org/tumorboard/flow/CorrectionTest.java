package org.tumorboard.flow;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.camunda.bpm.engine.ManagementService;
import org.camunda.bpm.engine.RepositoryService;
import org.camunda.bpm.engine.RuntimeService;
import org.camunda.bpm.engine.runtime.Job;
import org.camunda.bpm.model.bpmn.Bpmn;
import org.camunda.bpm.model.bpmn.BpmnModelInstance;
import org.camunda.bpm.model.bpmn.instance.BaseElement;
import org.camunda.bpm.model.bpmn.instance.camunda.CamundaProperties;
import org.camunda.bpm.model.bpmn.instance.camunda.CamundaProperty;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.client.TestRestTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.tumorboard.EngineTest;
import org.tumorboard.embedded.SyntheticCase;
import org.tumorboard.embedded.SyntheticEvent;
import org.tumorboard.event.CaseId;
import org.tumorboard.sla.Milestone;
import org.tumorboard.sla.Milestones;

/** A department corrects what it said or takes it back: the case follows, in whichever order the two arrive. */
@EngineTest
class CorrectionTest {

    private static final Instant DETECTED = Instant.parse("2024-06-03T08:00:00Z");
    private static final int SHUFFLES = 8;
    private static final long SEED = 20_250_602;
    private static final String DELIVERY = "gamma-knife.delivery-completed";
    private static final String LISTENER = "listens-for-corrections";
    private static final String TRIAGE = "neurosurgery.triage-completed";

    @Autowired
    Scene scene;

    @Autowired
    Milestones milestones;

    @Autowired
    JdbcClient jdbc;

    @Autowired
    TestRestTemplate http;

    @Autowired
    RuntimeService runtime;

    @Autowired
    RepositoryService repository;

    @Autowired
    ManagementService management;

    @Autowired
    Notifications notifications;

    private Story story;
    private CaseId caseId;
    private Instant lastBeam;
    private SyntheticEvent delivery;

    @BeforeEach
    void aPatient() {
        scene.resetTimeTo(DETECTED.plus(Duration.ofDays(20)));
        SyntheticCase patient = scene.urgentCase(DETECTED);
        story = Story.of(patient);
        caseId = story.caseId();
        lastBeam = patient.lastBeam();
        delivery = story.event(DELIVERY);
    }

    @Test
    void movesLedgerVariablesAndDeadlinesOfWhatItCorrects() {
        scene.said(story.before("ward.neuro-status-recorded"));
        SyntheticEvent correction = endedAt(delivery, hoursAfterLastBeam(3));
        Map<String, Instant> timers = timers();

        scene.said(correction);

        assertThat(scene.outcome(correction)).isEqualTo("APPLIED");
        assertThat(standing("srs-delivered")).containsExactly(hoursAfterLastBeam(3));
        assertThat(said("srs-delivered")).containsExactly(lastBeam, hoursAfterLastBeam(3));
        assertThat(variables("srsDeliveredAt"))
                .hasSizeGreaterThanOrEqualTo(2)
                .containsOnly(hoursAfterLastBeam(3).toString());
        assertThat(due("Task_StartSurgery")).isEqualTo(hoursAfterLastBeam(51));
        assertThat(timers()).containsOnlyKeys(timers.keySet());
    }

    @Test
    void tellsTheTimersAgainFromWhatTheModelMakesOfIt() {
        scene.said(story.before("ward.neuro-status-recorded"));
        assertThat(timers()).containsEntry("Event_WindowOpens", hoursAfterLastBeam(24));

        scene.said(endedAt(delivery, hoursAfterLastBeam(3)));

        assertThat(timers())
                .containsEntry("Event_WindowOpens", hoursAfterLastBeam(27))
                .containsEntry("Event_WindowCloses", hoursAfterLastBeam(51))
                .containsEntry("Event_OutOfProtocol", hoursAfterLastBeam(171));
    }

    @Test
    void waitsForTheEventThatItCorrects() {
        SyntheticEvent correction = endedAt(delivery, hoursAfterLastBeam(3));
        scene.said(story.before(DELIVERY));

        scene.said(correction);
        assertThat(scene.outcome(correction)).isEqualTo("PARKED");
        assertThat(scene.reason(correction)).contains("waits for event " + delivery.id());
        scene.said(delivery);

        assertThat(scene.outcome(correction)).isEqualTo("APPLIED");
        assertThat(scene.outcome(delivery)).isEqualTo("APPLIED");
        assertThat(standing("srs-delivered")).containsExactly(hoursAfterLastBeam(3));
        assertThat(timers()).containsEntry("Event_WindowOpens", hoursAfterLastBeam(27));
    }

    @Test
    void comesTogetherWithTheEventThatItCorrects() {
        SyntheticEvent correction = endedAt(delivery, hoursAfterLastBeam(3));

        scene.said(story.before(DELIVERY));
        scene.said(correction, delivery);

        assertThat(standing("srs-delivered")).containsExactly(hoursAfterLastBeam(3));
        assertThat(variables("srsDeliveredAt"))
                .containsOnly(hoursAfterLastBeam(3).toString());
        assertThat(scene.eventsFromApi(caseId))
                .filteredOn(event -> event.path("id").asText().equals(delivery.id()))
                .singleElement()
                .satisfies(event -> {
                    assertThat(event.path("correctedBy").asText()).isEqualTo(correction.id());
                    assertThat(event.path("amendmentReason").asText()).isEqualTo("CLOCK_WRONG");
                });
        assertThat(scene.eventsFromApi(caseId))
                .anySatisfy(event -> assertThat(event.path("id").asText()).isEqualTo(correction.id()));
    }

    @Test
    void theCasePageSaysByWhatAnEventWasCorrectedOrTakenBack() {
        SyntheticEvent correction = endedAt(delivery, hoursAfterLastBeam(3));
        SyntheticEvent check = story.event("ward.neuro-status-recorded");
        SyntheticEvent retraction = retraction(check);
        scene.said(story.before("ward.neuro-status-recorded"));
        scene.said(check, correction);

        scene.said(retraction);

        String page = http.withBasicAuth("admin", "test").getForObject("/cases/" + caseId, String.class);
        String text = page.replaceAll("<[^>]*>", "").replaceAll("\\s+", " ");
        assertThat(text)
                .contains("corrected by " + correction.id() + ": Clock wrong")
                .contains("taken back by " + retraction.id() + ": Wrong patient")
                .contains(" – Clock wrong", " – Wrong patient");
    }

    @Test
    void theCorrectionMadeLastCountsInBothOrders() {
        scene.said(story.before("ward.neuro-status-recorded"));
        SyntheticEvent first = endedAt(delivery, hoursAfterLastBeam(2));
        SyntheticEvent second =
                endedAt(delivery, hoursAfterLastBeam(3)).at(first.time().plusSeconds(60));

        scene.said(first);
        scene.said(second);

        assertThat(List.of(scene.outcome(first), scene.outcome(second))).containsOnly("APPLIED");
        assertThat(standing("srs-delivered")).containsExactly(hoursAfterLastBeam(3));

        aPatient();
        scene.said(story.before("ward.neuro-status-recorded"));
        first = endedAt(delivery, hoursAfterLastBeam(2));
        second = endedAt(delivery, hoursAfterLastBeam(3)).at(first.time().plusSeconds(60));
        scene.said(second);
        scene.said(first);

        assertThat(scene.outcome(first)).isEqualTo("ALREADY_DONE");
        assertThat(scene.reason(first)).contains("overtaken by the newer correction " + second.id());
        assertThat(standing("srs-delivered")).containsExactly(hoursAfterLastBeam(3));
        assertThat(variables("srsDeliveredAt"))
                .containsOnly(hoursAfterLastBeam(3).toString());
    }

    @Test
    void anOlderCorrectionOfSomethingElseStillCounts() {
        scene.said(story.before("ward.neuro-status-recorded"));
        SyntheticEvent older =
                correction(delivery, data -> data.putObject("data").put("marginalDoseGy", 16.5));
        SyntheticEvent newer =
                endedAt(delivery, hoursAfterLastBeam(3)).at(older.time().plusSeconds(60));

        scene.said(newer);
        scene.said(older);

        assertThat(scene.outcome(older)).isEqualTo("APPLIED");
        assertThat(standing("srs-delivered")).containsExactly(hoursAfterLastBeam(3));
    }

    @Test
    void aRetractionTakesTheMilestoneBackAndIsFinal() {
        scene.said(story.before("ward.neuro-status-recorded"));
        SyntheticEvent retraction = retraction(delivery);
        SyntheticEvent late =
                endedAt(delivery, hoursAfterLastBeam(3)).at(retraction.time().plusSeconds(60));

        scene.said(retraction);
        scene.said(late);

        assertThat(scene.outcome(retraction)).isEqualTo("APPLIED");
        assertThat(scene.outcome(late)).isEqualTo("ALREADY_DONE");
        assertThat(scene.reason(late)).contains("was taken back by event " + retraction.id());
        assertThat(standing("srs-delivered")).isEmpty();
        assertThat(said("srs-delivered")).containsExactly(lastBeam, lastBeam);
        assertThat(scene.eventsFromApi(caseId))
                .filteredOn(event -> event.path("id").asText().equals(delivery.id()))
                .singleElement()
                .satisfies(
                        event -> assertThat(event.path("retractedBy").asText()).isEqualTo(retraction.id()));
    }

    @Test
    void aRetractionIsFinalAlsoForACorrectionThatWasMadeLater() {
        scene.said(story.before("ward.neuro-status-recorded"));
        SyntheticEvent retraction = retraction(delivery);
        SyntheticEvent later =
                endedAt(delivery, hoursAfterLastBeam(3)).at(retraction.time().plusSeconds(60));

        scene.said(later);
        scene.said(retraction);

        assertThat(standing("srs-delivered")).isEmpty();
    }

    @Test
    void aWaitingEventIsTriedInItsCorrectedForm() {
        scene.said(story.before("gamma-knife.plan-submitted"));
        scene.said(delivery);
        assertThat(scene.outcome(delivery)).isEqualTo("PARKED");
        SyntheticEvent correction = endedAt(delivery, hoursAfterLastBeam(3));

        scene.said(correction);
        assertThat(scene.outcome(correction)).isEqualTo("APPLIED");
        assertThat(scene.outcome(delivery)).isEqualTo("PARKED");
        scene.said(story.before(DELIVERY));
        scene.awaitQuiet();

        assertThat(scene.outcome(delivery)).isEqualTo("APPLIED");
        assertThat(standing("srs-delivered")).containsExactly(hoursAfterLastBeam(3));
        assertThat(said("srs-delivered")).containsExactly(hoursAfterLastBeam(3));
        assertThat(sentData(delivery)).contains(lastBeam.toString());
        assertThat(scene.eventsFromApi(caseId))
                .anySatisfy(event -> assertThat(event.path("id").asText()).isEqualTo(correction.id()));
    }

    @Test
    void aWaitingEventThatIsTakenBackNeverMovesTheCase() {
        scene.said(story.before("gamma-knife.plan-submitted"));
        scene.said(delivery);
        SyntheticEvent retraction = retraction(delivery);

        scene.said(retraction);
        scene.said(story.before(DELIVERY));
        scene.awaitQuiet();

        assertThat(scene.outcome(retraction)).isEqualTo("APPLIED");
        assertThat(scene.outcome(delivery)).isEqualTo("ALREADY_DONE");
        assertThat(scene.reason(delivery)).contains("taken back by event " + retraction.id());
        assertThat(scene.openTasks(caseId)).contains("Task_CompleteDelivery");
    }

    @Test
    void anEventThatWasTakenBackBeforeItCameNeverMovesTheCase() {
        scene.said(story.before(DELIVERY));
        SyntheticEvent retraction = retraction(delivery);

        scene.said(retraction);
        scene.said(delivery);

        assertThat(scene.outcome(retraction)).isEqualTo("APPLIED");
        assertThat(scene.outcome(delivery)).isEqualTo("ALREADY_DONE");
        assertThat(scene.openTasks(caseId)).contains("Task_CompleteDelivery");
    }

    @Test
    void tellsTheModelThatWaitsForSuchACorrection() {
        scene.said(story.before("ward.neuro-status-recorded"));
        String deployment = listening();
        runtime.startProcessInstanceByKey(LISTENER, caseId.value());

        scene.said(correction(
                story.event("gamma-knife.delivery-started"), data -> data.put("occurredAt", lastBeam.toString())));
        assertThat(scene.openTasks(caseId)).doesNotContain("Task_Heard");
        scene.said(endedAt(delivery, hoursAfterLastBeam(3)));

        assertThat(scene.openTasks(caseId)).contains("Task_Heard");
        assertThat(variables("heardOf")).containsExactly(DELIVERY + " CLOCK_WRONG");
        repository.deleteDeployment(deployment, true);
    }

    /** A model as those of the engine, that waits for the correction of a delivery. */
    private String listening() {
        BpmnModelInstance model = Bpmn.createExecutableProcess(LISTENER)
                .camundaHistoryTimeToLiveString("P1D")
                .startEvent()
                .intermediateCatchEvent("Event_Corrected")
                .message("gamma-knife.event-corrected")
                .camundaOutputParameter("heardOf", "${event.correctedType} ${event.reason}")
                .userTask("Task_Heard")
                .endEvent()
                .done();
        CamundaProperty match = model.newInstance(CamundaProperty.class);
        match.setCamundaName("match");
        match.setCamundaValue("correctedType=" + DELIVERY);
        CamundaProperties properties = model.newInstance(CamundaProperties.class);
        properties.getCamundaProperties().add(match);
        BaseElement waiting = model.getModelElementById("Event_Corrected");
        waiting.getExtensionElements().addChildElement(properties);
        return repository
                .createDeployment()
                .addModelInstance("listens.bpmn", model)
                .deploy()
                .getId();
    }

    @Test
    void leavesWhatALaterEventHasSaid() {
        scene.said(story.before("radiation-oncology.plan-approved"));
        SyntheticEvent plan = story.event("gamma-knife.plan-submitted");
        SyntheticEvent second =
                story.again("gamma-knife.plan-submitted", plan.time().plusSeconds(600), data -> data.put("version", 2)
                        .put("constraintStatus", "WARN"));
        scene.said(second);
        assertThat(variables("statedConstraints")).containsOnly("WARN");

        scene.said(correction(plan, data -> data.putObject("data").put("constraintStatus", "FAIL")));

        assertThat(variables("planVersion")).containsOnly("2");
        assertThat(variables("statedConstraints")).containsOnly("WARN");
    }

    @Test
    void correctsTheOpeningOfTheCase() {
        scene.said(story.before(TRIAGE));
        SyntheticEvent suspicion = story.event("radiology.recurrence-suspected");
        Instant verified = DETECTED.minusSeconds(3600);

        scene.said(correction(suspicion, data -> data.putObject("data")
                .put("reportVerifiedAt", verified.toString())
                .put("priorSrsCourses", 2)));

        assertThat(standing("detected")).containsExactly(verified);
        assertThat(variables("detectedAt")).containsOnly(verified.toString());
        assertThat(variables("priorCourses")).containsOnly("2");
        assertThat(due("Task_CompleteTriage")).isEqualTo(verified.plus(Duration.ofHours(24)));
        JsonNode found = scene.caseFromApi(caseId);
        assertThat(found.path("openedAt").asText()).isEqualTo(verified.toString());
        assertThat(found.path("priorSrsCourses").asInt()).isEqualTo(2);
    }

    @Test
    void correctsWhatAStepFound() {
        scene.said(story.before("oncology.systemic-status-recorded"));
        SyntheticEvent preference = story.event("patient-preference");
        scene.said(preference);
        Instant hourEarlier = preference.time().minusSeconds(3600);

        SyntheticEvent correction = correction(preference, data -> data.put("occurredAt", hourEarlier.toString())
                .putObject("data")
                .put("wishesTreatment", false));
        scene.said(correction);

        assertThat(scene.outcome(correction)).isEqualTo("APPLIED");
        assertThat(variables("patientPreferenceAt")).containsOnly(hourEarlier.toString());
    }

    @Test
    void anyOrderOfArrivalEndsInTheSameLedger() {
        scene.said(withAmendments());
        List<String> expected = ledger();
        Random random = new Random(SEED);

        for (int i = 0; i < SHUFFLES; i++) {
            aPatient();
            List<SyntheticEvent> shuffled = new ArrayList<>(withAmendments());
            Collections.shuffle(shuffled, random);
            for (int from = 0; from < shuffled.size(); from += 20) {
                scene.said(shuffled.subList(from, Math.min(from + 20, shuffled.size())));
            }

            assertThat(ledger())
                    .as("shuffle %d of seed %d, case %s", i, SEED, caseId)
                    .isEqualTo(expected);
            assertThat(scene.status(caseId)).isEqualTo("FOLLOW_UP");
        }
    }

    /** The whole story with two corrections of T0, one of the triage, and a neuro status that is taken back. */
    private List<SyntheticEvent> withAmendments() {
        SyntheticEvent triage = story.event(TRIAGE);
        SyntheticEvent first = endedAt(delivery, hoursAfterLastBeam(2));
        List<SyntheticEvent> events = new ArrayList<>(story.all());
        events.add(first);
        events.add(endedAt(delivery, hoursAfterLastBeam(3)).at(first.time().plusSeconds(60)));
        events.add(correction(
                triage,
                data -> data.put("occurredAt", triage.time().minusSeconds(600).toString())));
        events.add(retraction(story.event("ward.neuro-status-recorded")));
        return events;
    }

    /** Every milestone that stands, by name. */
    private List<String> ledger() {
        return milestones.of(caseId).stream()
                .map(Milestone::name)
                .distinct()
                .sorted()
                .map(name -> name + " " + standing(name).stream().sorted().toList())
                .filter(entry -> !entry.endsWith("[]"))
                .toList();
    }

    @Test
    void duplicatesChangeNothing() {
        scene.said(story.before("ward.neuro-status-recorded"));
        SyntheticEvent correction = endedAt(delivery, hoursAfterLastBeam(3));

        scene.said(correction, correction);
        scene.say(List.of(correction, delivery));
        scene.awaitQuiet();

        assertThat(said("srs-delivered")).containsExactly(lastBeam, hoursAfterLastBeam(3));
    }

    @Test
    void reachesTheLedgerOfAClosedCase() {
        SyntheticCase patient = scene.urgentCase(DETECTED);
        story = new Story(patient.notAccepted());
        caseId = story.caseId();
        scene.said(story.all());
        assertThat(scene.status(caseId)).isEqualTo("NOT_ELIGIBLE");
        SyntheticEvent triage = story.event(TRIAGE);
        Instant earlier = triage.time().minusSeconds(1800);

        SyntheticEvent correction = correction(triage, data -> data.put("occurredAt", earlier.toString()));
        scene.said(correction);
        assertThat(scene.outcome(correction)).isEqualTo("APPLIED");
        assertThat(standing("triaged")).containsExactly(earlier);
        scene.said(retraction(triage));

        assertThat(standing("triaged")).isEmpty();
        assertThat(scene.status(caseId)).isEqualTo("NOT_ELIGIBLE");
    }

    @Test
    void refusesWhatIsNotTheDepartmentsOwn() {
        scene.said(story.before("ward.neuro-status-recorded"));
        SyntheticEvent stranger = story.further(
                "ward.event-corrected", lastBeam.plusSeconds(900), data -> data.put("occurredAt", lastBeam.toString())
                        .put("reason", "CLOCK_WRONG")
                        .putObject("corrects")
                        .put("source", delivery.source())
                        .put("id", delivery.id()));

        scene.said(stranger);

        assertRefused(stranger, "expected an event of ward, but gamma-knife sent it");
    }

    @Test
    void refusesWhatIsAboutAnotherPatientInBothOrders() {
        Story other = Story.of(scene.urgentCase(DETECTED));
        scene.said(other.before(TRIAGE));
        scene.said(story.before(TRIAGE));
        SyntheticEvent triage = story.event(TRIAGE);
        SyntheticEvent before = about(other, triage);
        SyntheticEvent after = about(other, triage);

        scene.said(before);
        assertThat(scene.outcome(before)).isEqualTo("PARKED");
        scene.said(triage);
        scene.said(after);

        assertRefused(before, "another patient");
        assertRefused(after, "another patient");
        assertThat(standing("triaged")).containsExactly(triage.time());
    }

    @Test
    void refusesToCorrectACorrection() {
        scene.said(story.before("ward.neuro-status-recorded"));
        SyntheticEvent correction = endedAt(delivery, hoursAfterLastBeam(3));
        SyntheticEvent second = retraction(correction);

        scene.said(correction);
        scene.said(second);

        assertRefused(second, "is a correction or retraction itself");
        assertThat(standing("srs-delivered")).containsExactly(hoursAfterLastBeam(3));
    }

    @Test
    void refusesValuesThatTheEventCouldNotHaveHad() {
        scene.said(story.before("ward.neuro-status-recorded"));
        SyntheticEvent wrong =
                correction(delivery, data -> data.putObject("data").put("fractions", "MANY"));

        scene.said(wrong);

        assertRefused(wrong, "data.fractions");
        assertThat(said("srs-delivered")).containsExactly(lastBeam);
    }

    @Test
    void refusesATimeAhead() {
        scene.said(story.before(DELIVERY));
        Instant ahead = DETECTED.plus(Duration.ofDays(20)).plusSeconds(301);
        SyntheticEvent wrong = correction(delivery, data -> data.put("occurredAt", ahead.toString()));

        scene.said(wrong);

        assertRefused(wrong, "data.occurredAt: expected at most");
    }

    @Test
    void refusesAValueAheadWhereTheEventStatesThePast() {
        scene.said(story.before(DELIVERY));
        scene.said(delivery);
        Instant ahead = DETECTED.plus(Duration.ofDays(20)).plusSeconds(301);
        SyntheticEvent wrong =
                correction(delivery, data -> data.putObject("data").put("endAt", ahead.toString()));

        scene.said(wrong);

        assertRefused(wrong, "data.endAt: expected at most");
    }

    /** Left out, it would look as if it had been corrected. */
    @Test
    void refusesAFieldThatTheEventCannotHave() {
        scene.said(story.before(DELIVERY));
        scene.said(delivery);
        SyntheticEvent wrong =
                correction(delivery, data -> data.putObject("data").put("endsAt", "2026-03-05T16:00:00Z"));

        scene.said(wrong);

        assertRefused(wrong, "endsAt");
    }

    @Test
    void refusesAnotherPatientRef() {
        scene.said(story.before("ward.neuro-status-recorded"));
        SyntheticEvent wrong =
                correction(delivery, data -> data.putObject("data").put("patientRef", "SYN-9999"));

        scene.said(wrong);

        assertRefused(wrong, "data.patientRef");
    }

    @Test
    void refusesNewsOfAUnit() {
        scene.said(story.before("ward.neuro-status-recorded"));
        SyntheticEvent qa = story.event("medical-physics.daily-qa-passed");
        SyntheticEvent wrong = correction(qa, data -> data.put("occurredAt", lastBeam.toString()));

        scene.said(wrong);

        assertRefused(wrong, "news of a whole unit");
    }

    @Test
    void hasNothingToDoWhereTheEventWasRefused() {
        scene.said(story.before(TRIAGE));
        SyntheticEvent triage = story.event(TRIAGE);
        ObjectNode data = triage.data().deepCopy();
        data.put("urgency", "SOON");
        SyntheticEvent refused =
                new SyntheticEvent(triage.type(), triage.id(), triage.key(), null, triage.time(), data);
        SyntheticEvent before = correction(triage, said -> said.put("occurredAt", DETECTED.toString()));
        SyntheticEvent after = correction(triage, said -> said.put("occurredAt", DETECTED.toString()));

        scene.said(before);
        scene.said(refused);
        scene.said(after);

        assertThat(scene.outcome(triage)).isEqualTo("REFUSED");
        assertThat(scene.outcome(before)).isEqualTo("ALREADY_DONE");
        assertThat(scene.outcome(after)).isEqualTo("ALREADY_DONE");
        assertThat(scene.reason(after)).contains("was refused");
    }

    private Instant hoursAfterLastBeam(int hours) {
        return lastBeam.plus(Duration.ofHours(hours));
    }

    private SyntheticEvent endedAt(SyntheticEvent delivered, Instant end) {
        return correction(
                delivered,
                data -> data.put("occurredAt", end.toString()).putObject("data").put("endAt", end.toString()));
    }

    private SyntheticEvent correction(SyntheticEvent wrong, Consumer<ObjectNode> facts) {
        return story.further(
                wrong.type().department() + ".event-corrected", DETECTED.plus(Duration.ofDays(19)), data -> {
                    data.put("reason", "CLOCK_WRONG");
                    data.putObject("corrects").put("source", wrong.source()).put("id", wrong.id());
                    facts.accept(data);
                });
    }

    private SyntheticEvent retraction(SyntheticEvent wrong) {
        return story.further(
                wrong.type().department() + ".event-retracted", DETECTED.plus(Duration.ofDays(19)), data -> data.put(
                                "reason", "WRONG_PATIENT")
                        .putObject("retracts")
                        .put("source", wrong.source())
                        .put("id", wrong.id()));
    }

    private static SyntheticEvent about(Story other, SyntheticEvent wrong) {
        return other.further(
                wrong.type().department() + ".event-corrected", DETECTED.plus(Duration.ofDays(19)), data -> data.put(
                                "reason", "CLOCK_WRONG")
                        .put("occurredAt", DETECTED.toString())
                        .putObject("corrects")
                        .put("source", wrong.source())
                        .put("id", wrong.id()));
    }

    private void assertRefused(SyntheticEvent event, String reason) {
        assertThat(scene.outcome(event)).isEqualTo("REFUSED");
        assertThat(scene.reason(event)).contains(reason);
        scene.awaitSent();
        assertThat(notifications.deadLetters())
                .filteredOn(
                        letter -> letter.path("headers").path("ce_id").asText().equals(event.id()))
                .hasSize(1);
    }

    /** Instants ever recorded under the name, in the order of recording. */
    private List<Instant> said(String name) {
        return milestones.of(caseId).stream()
                .filter(milestone -> milestone.name().equals(name))
                .map(Milestone::at)
                .toList();
    }

    /** Instants that stand: of each entry what the newest amendment says. */
    private List<Instant> standing(String name) {
        return milestones.of(caseId).stream()
                .filter(milestone -> milestone.name().equals(name))
                .collect(Collectors.groupingBy(Milestone::key))
                .values()
                .stream()
                .filter(entries -> entries.stream().noneMatch(Milestone::isRetracted))
                .map(entries -> entries.get(entries.size() - 1).at())
                .toList();
    }

    private List<String> variables(String name) {
        return runtime.createVariableInstanceQuery().variableName(name).list().stream()
                .filter(variable -> caseId.value().equals(businessKey(variable.getProcessInstanceId())))
                .map(variable -> variable.getValue().toString())
                .toList();
    }

    private String businessKey(String instance) {
        return runtime.createProcessInstanceQuery()
                .processInstanceId(instance)
                .singleResult()
                .getBusinessKey();
    }

    private String resection() {
        return runtime.createProcessInstanceQuery()
                .processInstanceBusinessKey(caseId.value())
                .processDefinitionKey("resection")
                .singleResult()
                .getId();
    }

    private Map<String, Instant> timers() {
        return management.createJobQuery().processInstanceId(resection()).timers().list().stream()
                .collect(Collectors.toMap(this::element, job -> job.getDuedate().toInstant()));
    }

    private String element(Job job) {
        return management
                .createJobDefinitionQuery()
                .jobDefinitionId(job.getJobDefinitionId())
                .singleResult()
                .getActivityId();
    }

    private Instant due(String elementId) {
        return scene.task(caseId, elementId).getDueDate().toInstant();
    }

    private String sentData(SyntheticEvent event) {
        return jdbc.sql("select data::text from inbox_event where source = ? and id = ?")
                .params(event.source(), event.id())
                .query(String.class)
                .single();
    }
}
