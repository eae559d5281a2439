package org.tumorboard.flow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.tumorboard.EngineTest;
import org.tumorboard.embedded.SyntheticEvent;
import org.tumorboard.event.CaseId;
import org.tumorboard.event.Urgency;
import org.tumorboard.sla.ClockState;

/** What turns the whole pathway away, whenever it comes: death, withdrawn consent, deterioration, mistaken records. */
@EngineTest
class TurnsTest {

    private static final Instant DETECTED = Instant.parse("2025-06-01T08:00:00Z");
    private static final String DIED = "patient-administration.patient-deceased";
    private static final String WITHDRAWN = "coordination.consent-withdrawn";
    private static final String NEURO_STATUS = "ward.neuro-status-recorded";
    private static final String DECIDED = "neurosurgery.step-completed";

    @Autowired
    Scene scene;

    @Autowired
    Notifications notifications;

    @Autowired
    JdbcClient jdbc;

    private Story story;
    private CaseId caseId;
    private Instant lastBeam;

    @BeforeEach
    void anUrgentCase() {
        scene.resetTimeTo(DETECTED);
        var patient = scene.aCase(Urgency.URGENT, DETECTED);
        story = Story.of(patient);
        caseId = story.caseId();
        lastBeam = patient.lastBeam();
    }

    /** Reference timeline A9. */
    @Test
    void deathDuringPlanningLeavesNothingOpen() {
        scene.hasHappened(story.before("radiation-oncology.plan-approved"));

        SyntheticEvent death = died(at(51.5));
        scene.happens(death);

        assertThat(scene.status(caseId)).isEqualTo("DECEASED");
        assertNothingIsOpen();
        assertThat(released())
                .containsExactlyInAnyOrder(
                        "gamma-knife DECEASED", "operating-room DECEASED", "intensive-care DECEASED");
        assertThat(scene.state(caseId, "srs-delivery")).isEqualTo(ClockState.CANCELLED);

        scene.happens(story.again("radiation-oncology.plan-approved", at(52)), died(at(51.6)));
        scene.timePasses(caseId, at(400));
        assertNothingIsOpen();
        assertThat(released()).hasSize(3);
        assertThat(scene.eventsFromApi(caseId))
                .filteredOn(event -> event.path("outcome").asText().equals("ALREADY_DONE"))
                .extracting(event -> event.path("reason").asText())
                .hasSize(2)
                .allMatch(reason -> reason.startsWith("the case ended as DECEASED"));
    }

    @Test
    void deathSoonAfterTheRadiosurgeryIsReviewed() {
        scene.hasHappened(story.before(NEURO_STATUS));

        scene.happens(died(lastBeam.plus(Duration.ofDays(2))));

        assertThat(scene.status(caseId)).isEqualTo("DECEASED");
        assertThat(scene.openTasks(caseId)).containsExactly("Task_ReviewMorbidity");
        scene.byHandAs("medical-direction", caseId, "Task_ReviewMorbidity", Map.of("outcome", "NOT_RELATED"));
        assertNothingIsOpen();
    }

    @Test
    void withdrawnConsentBeforeTheRadiosurgeryStopsAndReleases() {
        scene.hasHappened(story.before("identity-check"));
        SyntheticEvent withdrawn = consent(WITHDRAWN, "SRS", at(47));

        scene.happens(withdrawn, withdrawn);

        assertThat(scene.status(caseId)).isEqualTo("CONSENT_WITHDRAWN");
        assertNothingIsOpen();
        assertThat(released()).hasSize(3).allMatch(told -> told.endsWith("CONSENT_WITHDRAWN"));
    }

    @Test
    void aPatientInTheFrameIsReleasedBeforeTheCaseCloses() {
        scene.hasHappened(story.before("radiation-oncology.contours-approved"));

        scene.happens(consent("coordination.consent-refused", "SURGERY", at(49.5)));

        assertThat(scene.openTasks(caseId)).containsExactly("Task_ReleasePatient");
        scene.happens(story.again("gamma-knife.immobilisation-removed", at(49.7)));
        assertThat(scene.status(caseId)).isEqualTo("CONSENT_REFUSED");
        assertThat(scene.milestones(caseId)).containsEntry("released", at(49.7));
    }

    /** Reference timeline A8. */
    @Test
    void withdrawnConsentBetweenRadiosurgeryAndSurgeryLeadsToFollowUpAtSixWeeks() {
        scene.hasHappened(story.before(NEURO_STATUS));
        Instant withdrawnAt = lastBeam.plus(Duration.ofHours(10));

        scene.happens(consent(WITHDRAWN, "SURGERY", withdrawnAt));
        scene.happens(consent(WITHDRAWN, "ANAESTHESIA", withdrawnAt.plusSeconds(600)));

        assertThat(scene.openTasks(caseId)).containsOnlyOnce("Task_TalkWithPatient");
        assertThat(scene.clock(caseId, "withdrawal-talk").latestAt()).isEqualTo(withdrawnAt.plus(Duration.ofHours(4)));
        scene.happens(talk("UPHELD", withdrawnAt.plus(Duration.ofHours(2))));

        assertThat(scene.status(caseId)).isEqualTo("FOLLOW_UP");
        assertThat(scene.openTasks(caseId)).containsExactly("Task_BookAppointment");
        assertThat(scene.milestones(caseId)).containsEntry("follow-up-due", lastBeam.plus(Duration.ofDays(42)));
        assertThat(scene.state(caseId, "resection-window")).isEqualTo(ClockState.WAIVED);
        assertThat(scene.clock(caseId, "neuro-check").isOpen()).isFalse();
        assertThat(released())
                .containsExactlyInAnyOrder("operating-room CONSENT_WITHDRAWN", "intensive-care CONSENT_WITHDRAWN");
    }

    @Test
    void thePatientMayConsentAgain() {
        scene.hasHappened(story.before(NEURO_STATUS));
        scene.happens(consent(WITHDRAWN, "SURGERY", lastBeam.plus(Duration.ofHours(10))));

        scene.happens(talk("CONSENTS", lastBeam.plus(Duration.ofHours(11))));

        assertThat(scene.openTasks(caseId)).contains("Task_StartSurgery").doesNotContain("Task_TalkWithPatient");
        assertThat(released()).isEmpty();
        scene.hasHappened(story.all());
        assertThat(scene.status(caseId)).isEqualTo("FOLLOW_UP");
    }

    @Test
    void whoRefusesAfterTheRadiosurgeryMayConsentAfterATalk() {
        scene.hasHappened(story.before(NEURO_STATUS));
        scene.happens(consent("coordination.consent-refused", "ANAESTHESIA", lastBeam.plus(Duration.ofHours(10))));

        scene.happens(talk("CONSENTS", lastBeam.plus(Duration.ofHours(11))));

        assertThat(scene.openTasks(caseId)).contains("Task_StartSurgery").doesNotContain("Task_TalkWithPatient");
        assertThat(scene.status(caseId)).isEqualTo("SRS_DELIVERED");
    }

    @Test
    void consentToTheRadiosurgeryCannotBeTakenBackAfterIt() {
        scene.hasHappened(story.before(NEURO_STATUS));

        scene.happens(consent(WITHDRAWN, "SRS", lastBeam.plus(Duration.ofHours(10))));

        assertThat(scene.openTasks(caseId)).contains("Task_StartSurgery").doesNotContain("Task_TalkWithPatient");
    }

    /** Reference timeline A4. */
    @Test
    void aCriticalPatientIsOperatedBeforeTheWindowOpens() {
        scene.hasHappened(story.before(NEURO_STATUS));
        Instant worse = lastBeam.plus(Duration.ofHours(19));

        scene.happens(neuroStatus("CRITICAL", 9, worse));

        assertThat(scene.caseFromApi(caseId).path("urgency").asText()).isEqualTo("EMERGENCY");
        assertThat(scene.openTasks(caseId)).contains("Task_DecideBeforeSurgery");
        assertThat(scene.clock(caseId, "on-call-decision").latestAt()).isEqualTo(worse.plus(Duration.ofMinutes(30)));
        scene.happens(decision("early-surgery-decided", "EARLY_SURGERY", worse.plusSeconds(900)));
        Instant incision = lastBeam.plus(Duration.ofHours(20));
        scene.happens(story.again(
                "operating-room.surgery-started", incision, surgery -> surgery.put("incisionAt", incision.toString())));

        assertThat(scene.status(caseId)).isEqualTo("IN_SURGERY");
        assertThat(scene.state(caseId, "resection-window")).isEqualTo(ClockState.MET_EARLY);
        assertThat(jdbc.sql("select clock || ' ' || reason from milestone where case_id = ? and name = ?")
                        .params(caseId.value(), "clock-earliest-waived")
                        .query(String.class)
                        .single())
                .isEqualTo("resection-window HERNIATION_SUSPECTED");
        assertThat(scene.state(caseId, "on-call-decision")).isEqualTo(ClockState.MET);
    }

    /** Reference timeline A14. */
    @Test
    void surgeryFirstCancelsTheGammaKnifeAndIsRatifiedAfterwards() {
        scene.hasHappened(story.before("radiation-oncology.plan-approved"));
        scene.happens(neuroStatus("CRITICAL", 8, at(51.5)));

        Instant decidedAt = at(51.75);
        scene.happens(decision("deterioration-decided", "SURGERY_FIRST", decidedAt));

        assertThat(scene.caseFromApi(caseId).path("urgency").asText()).isEqualTo("EMERGENCY");
        assertThat(scene.openTasks(caseId))
                .containsExactly("Task_RatifyEmergency", "Task_ReleasePatient", "Task_StartUrgentSurgery");
        assertThat(released()).containsExactly("gamma-knife SURGERY_FIRST");
        assertThat(scene.clock(caseId, "ratification").latestAt()).isEqualTo(decidedAt.plus(Duration.ofHours(24)));
        assertThat(scene.clock(caseId, "srs-delivery").isOpen()).isFalse();

        SyntheticEvent approval = story.event("radiation-oncology.plan-approved");
        scene.happens(
                approval,
                story.again("gamma-knife.immobilisation-removed", at(52)),
                story.again(
                        "operating-room.surgery-started",
                        at(53),
                        surgery -> surgery.put("incisionAt", at(53).toString())));
        assertThat(scene.status(caseId)).isEqualTo("IN_SURGERY");
        assertThat(scene.outcome(approval)).isNotEqualTo("APPLIED");
        assertThat(scene.milestones(caseId)).containsEntry("incision", at(53)).containsEntry("released", at(52));

        scene.happens(story.further(
                "coordination.step-completed",
                at(60),
                step("emergency-ratification", data -> data.put("ratified", true))));
        assertThat(scene.state(caseId, "ratification")).isEqualTo(ClockState.MET);
        scene.happens(
                story.again("operating-room.specimen-collected", at(55)),
                story.again(
                        "operating-room.surgery-completed",
                        at(57),
                        surgery -> surgery.put("endedAt", at(57).toString())));
        assertThat(scene.status(caseId)).isEqualTo("POSTOPERATIVE");
        assertThat(scene.openTasks(caseId)).contains("Task_AcquirePostoperativeMri", "Task_FinaliseHistology");
        assertThat(scene.clocks(caseId)).noneMatch(run -> run.clock().equals("resection-window"));

        scene.happens(
                story.again("pathology.specimen-received", at(57.2)),
                story.again("pathology.frozen-reported", at(57.4)));
        assertThat(scene.openTasks(caseId)).doesNotContain("Task_ReceiveSpecimen", "Task_ReportFrozenSection");
    }

    @Test
    void aPatientWhoGetsWorseInTheatreIsTheirs() {
        scene.hasHappened(story.before("operating-room.specimen-collected"));

        scene.happens(neuroStatus("CRITICAL", 9, lastBeam.plus(Duration.ofHours(31))));

        assertThat(scene.caseFromApi(caseId).path("urgency").asText()).isEqualTo("EMERGENCY");
        assertThat(scene.openTasks(caseId))
                .contains("Task_CompleteSurgery")
                .doesNotContain("Task_DecideBeforeSurgery", "Task_DecideBeforeSrs");
        assertThat(scene.clocks(caseId)).noneMatch(run -> run.clock().equals("on-call-decision"));
    }

    @Test
    void aSecondReportOfTheSameDeteriorationAsksNobodyTwice() {
        scene.hasHappened(story.before("identity-check"));

        scene.happens(neuroStatus("MAJOR", 14, at(47)), neuroStatus("CRITICAL", 12, at(47.2)));

        assertThat(scene.openTasks(caseId)).containsOnlyOnce("Task_DecideBeforeSrs");
        assertThat(scene.caseFromApi(caseId).path("urgency").asText()).isEqualTo("EMERGENCY");
        scene.happens(decision("deterioration-decided", "CONTINUE", at(47.4)));
        assertThat(scene.openTasks(caseId)).containsExactly("Task_CheckIdentity");
        scene.happens(neuroStatus("MAJOR", 14, at(47.6)));
        assertThat(scene.openTasks(caseId)).contains("Task_DecideBeforeSrs");
    }

    @Test
    void theDecisionIsAboutEarlySurgeryOnceTheLastBeamCameMeanwhile() {
        scene.hasHappened(story.before("gamma-knife.delivery-completed"));
        scene.happens(neuroStatus("MAJOR", 14, at(55)));

        scene.happens(story.event("gamma-knife.delivery-completed"));

        assertThat(scene.openTasks(caseId)).contains("Task_DecideBeforeSurgery").doesNotContain("Task_DecideBeforeSrs");
        scene.happens(decision("early-surgery-decided", "KEEP_WINDOW", at(56.2)));
        assertThat(scene.openTasks(caseId)).doesNotContain("Task_DecideBeforeSurgery");
    }

    @Test
    void nobodyDecidesAnyMoreOnceTheOperationHasBegun() {
        scene.hasHappened(story.before(NEURO_STATUS));
        scene.happens(
                neuroStatus("MAJOR", 14, lastBeam.plus(Duration.ofHours(29))),
                consent(WITHDRAWN, "SURGERY", lastBeam.plus(Duration.ofHours(29))));

        scene.happens(story.event("operating-room.surgery-started"));

        assertThat(scene.openTasks(caseId))
                .contains("Task_CompleteSurgery")
                .doesNotContain("Task_DecideBeforeSurgery", "Task_TalkWithPatient");
        scene.happens(neuroStatus("MAJOR", 14, lastBeam.plus(Duration.ofHours(31))));
        assertThat(scene.openTasks(caseId)).doesNotContain("Task_DecideBeforeSurgery");
        scene.happens(consent(WITHDRAWN, "SURGERY", lastBeam.plus(Duration.ofHours(32))));
        assertThat(scene.openTasks(caseId)).doesNotContain("Task_TalkWithPatient");
    }

    @Test
    void aCaseThatWasOpenedInErrorIsClosedAsThat() {
        scene.hasHappened(story.before("identity-check"));

        scene.happens(retraction(at(47)));

        assertThat(scene.status(caseId)).isEqualTo("ENTERED_IN_ERROR");
        assertNothingIsOpen();
        assertThat(released()).hasSize(3).allMatch(told -> told.endsWith("ENTERED_IN_ERROR"));
    }

    @Test
    void coordinationSettlesAMistakenOpeningOnceTreatmentHasBegun() {
        scene.hasHappened(story.before(NEURO_STATUS));

        scene.happens(retraction(lastBeam.plus(Duration.ofHours(3))));

        assertThat(scene.status(caseId)).isEqualTo("SRS_DELIVERED");
        assertThat(scene.openTasks(caseId)).contains("Task_SettleRetraction", "Task_StartSurgery");
        scene.byHand(caseId, "Task_SettleRetraction", Map.of("choice", "GOES_ON", "reason", "OTHER_REPORT"));
        assertThat(scene.openTasks(caseId))
                .doesNotContain("Task_SettleRetraction")
                .contains("Task_StartSurgery");
    }

    @Test
    void coordinationMayCloseATreatedCaseThatWasAMistake() {
        scene.hasHappened(story.before(NEURO_STATUS));
        scene.happens(retraction(lastBeam.plus(Duration.ofHours(3))));

        scene.byHand(caseId, "Task_SettleRetraction", Map.of("choice", "CLOSE", "reason", "WRONG_PATIENT"));

        assertThat(scene.status(caseId)).isEqualTo("ENTERED_IN_ERROR");
        assertNothingIsOpen();
    }

    @Test
    void aMergeReKeysTheCaseOnceTwoPeopleHaveConfirmedIt() {
        scene.hasHappened(story.before("identity-check"));
        String surviving = "SYN-M-" + Scene.nextNumber();
        scene.happens(merged(surviving, at(46.5)), merged(surviving, at(46.6)));
        assertThat(scene.openTasks(caseId)).containsOnlyOnce("Task_ConfirmMerge");
        Map<String, Object> confirmed = Map.of("choice", "CONFIRM", "reason", "SAME_PERSON");

        assertThatThrownBy(() -> scene.byHand(caseId, "Task_ConfirmMerge", confirmed))
                .hasMessageContaining("signed in");
        scene.byHandAs("coordination", caseId, "Task_ConfirmMerge", confirmed);
        assertThat(theDecision().path("awaitsSecond").asBoolean()).isTrue();
        assertThatThrownBy(() -> scene.byHandAs("coordination", caseId, "Task_ConfirmMergeAgain", confirmed))
                .hasMessageContaining("second person");
        assertThat(patientRef()).isNotEqualTo(surviving);
        SyntheticEvent byEvent =
                story.further("coordination.step-completed", at(47), step("merge-confirmed-again", data -> data.put(
                                "choice", "CONFIRM")
                        .put("reason", "SAME_PERSON")));
        scene.happens(byEvent);
        assertThat(scene.outcome(byEvent)).isEqualTo("REFUSED");
        scene.byHandAs("admin", caseId, "Task_ConfirmMergeAgain", confirmed);

        assertThat(patientRef()).isEqualTo(surviving);
        scene.happens(merged(surviving, at(47.5)));
        assertThat(scene.openTasks(caseId)).containsExactly("Task_CheckIdentity");
        assertThat(jdbc.sql("select confirmed_by || ' ' || confirmed_also from patient_alias where case_id = ?")
                        .param(caseId.value())
                        .query(String.class)
                        .single())
                .isEqualTo("user:coordination user:admin");
        JsonNode decision = theDecision();
        assertThat(decision.path("first").path("by").asText()).isEqualTo("user:coordination");
        assertThat(decision.path("second").path("by").asText()).isEqualTo("user:admin");
        assertThat(decision.path("second").path("reason").asText()).isEqualTo("SAME_PERSON");
        assertThat(decision.path("awaitsSecond").asBoolean()).isFalse();
        JsonNode revision = scene.caseFromApi(caseId).path("revisions").get(0);
        assertThat(revision.path("after").asText()).isEqualTo(surviving);
        assertThat(revision.path("also").asText()).isEqualTo("user:admin");
        scene.hasHappened(story.all());
        assertThat(scene.status(caseId)).isEqualTo("FOLLOW_UP");
    }

    @Test
    void aMergeThatIsRejectedChangesNothing() {
        scene.hasHappened(story.before("identity-check"));
        String before = patientRef();
        Map<String, Object> confirmed = Map.of("choice", "CONFIRM", "reason", "SAME_PERSON");
        Map<String, Object> rejected = Map.of("choice", "REJECT", "reason", "OTHER_PERSON");

        String surviving = "SYN-M-" + Scene.nextNumber();
        scene.happens(merged(surviving, at(46.5)));
        scene.byHandAs("coordination", caseId, "Task_ConfirmMerge", rejected);
        scene.happens(merged(surviving, at(47)));
        scene.byHandAs("coordination", caseId, "Task_ConfirmMerge", confirmed);
        JsonNode decisions = scene.caseFromApi(caseId).path("decisions");
        assertThat(decisions.findValuesAsText("awaitsSecond")).containsExactly("false", "true");
        scene.byHandAs("admin", caseId, "Task_ConfirmMergeAgain", rejected);

        assertThat(patientRef()).isEqualTo(before);
        assertThat(scene.openTasks(caseId)).containsExactly("Task_CheckIdentity");
    }

    private JsonNode theDecision() {
        JsonNode decisions = scene.caseFromApi(caseId).path("decisions");
        assertThat(decisions).hasSize(1);
        return decisions.get(0);
    }

    private SyntheticEvent died(Instant when) {
        return story.further(DIED, when, data -> data.put("at", when.toString()));
    }

    private SyntheticEvent consent(String event, String scope, Instant when) {
        return story.further(event, when, data -> data.put("scope", scope));
    }

    private SyntheticEvent talk(String choice, Instant when) {
        return decision("withdrawal-talk", choice, when);
    }

    private SyntheticEvent decision(String step, String choice, Instant when) {
        return story.further(
                DECIDED, when, step(step, data -> data.put("choice", choice).put("reason", "HERNIATION_SUSPECTED")));
    }

    private static Consumer<ObjectNode> step(String name, Consumer<ObjectNode> found) {
        return data -> found.accept(data.put("step", name).putObject("data"));
    }

    private SyntheticEvent neuroStatus(String flag, int gcs, Instant when) {
        return story.further(
                NEURO_STATUS, when, data -> data.put("gcs", gcs).put("kps", 50).put("flag", flag));
    }

    private SyntheticEvent retraction(Instant when) {
        SyntheticEvent opening = story.event("radiology.recurrence-suspected");
        return story.further("radiology.event-retracted", when, data -> data.put("reason", "WRONG_PATIENT")
                .putObject("retracts")
                .put("source", opening.source())
                .put("id", opening.id()));
    }

    private SyntheticEvent merged(String surviving, Instant when) {
        return story.further("patient-administration.patients-merged", when, data -> data.put("at", when.toString())
                .put("survivingPatientRef", surviving));
    }

    private String patientRef() {
        return scene.caseFromApi(caseId).path("patientRef").asText();
    }

    private void assertNothingIsOpen() {
        assertThat(jdbc.sql("select count(*) from act_ru_execution where business_key_ = ?")
                        .param(caseId.value())
                        .query(Long.class)
                        .single())
                .as("process instances of case %s", caseId)
                .isZero();
        assertThat(scene.openTasks(caseId)).isEmpty();
    }

    /** Which department was told of a release, and why. */
    private List<String> released() {
        scene.awaitSent();
        return notifications.about(caseId).stream()
                .filter(told -> told.name().equals("resources-released"))
                .map(told ->
                        told.department() + " " + told.payload().path("reason").asText())
                .toList();
    }

    private static Instant at(double hour) {
        return DETECTED.plusSeconds(Math.round(hour * 3600));
    }
}
