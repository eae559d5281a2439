package org.tumorboard.flow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.tumorboard.EngineTest;
import org.tumorboard.embedded.SyntheticCase;
import org.tumorboard.embedded.SyntheticEvent;
import org.tumorboard.event.CaseId;

/** What must be there before the first beam, and what opens the readiness gate. */
@EngineTest
class CoordinationTest {

    private static final Instant DETECTED = Instant.parse("2025-04-20T08:00:00Z");
    private static final Instant BED_OVERDUE = at(20 + 12);
    private static final Map<String, Object> CONFIRMED = Map.of("choice", "CONFIRM", "reason", "BED_EXPECTED");

    @Autowired
    Scene scene;

    @Autowired
    Notifications notifications;

    private Story story;
    private CaseId caseId;
    private Instant plannedLastBeam;

    @BeforeEach
    void anUrgentCase() {
        scene.resetTimeTo(DETECTED);
        SyntheticCase patient = scene.urgentCase(DETECTED);
        story = Story.of(patient);
        caseId = story.caseId();
        plannedLastBeam = patient.lastBeam();
    }

    @Test
    void sendsAPatientWhoIsUnfitBackToTheBoard() {
        story = story.with("anaesthesia.assessment-completed", assessment -> assessment.put("outcome", "UNFIT"));

        scene.hasHappened(story.before("identity-check"));

        assertThat(scene.milestones(caseId))
                .containsEntry("path-x-06", at(24))
                .doesNotContainKey("anaesthesia-cleared");
        assertThat(scene.openTasks(caseId)).contains("Task_WriteCaseSummary").doesNotContain("Task_ConfirmOrSlot");
        assertThat(gates()).containsExactly("RED");
    }

    @Test
    void sendsAPatientWhoIsFoundUnfitLaterBackToTheBoardToo() {
        scene.hasHappened(story.before("operating-room.slot-confirmed"));
        SyntheticEvent before = assessed("UNFIT", at(23.9));
        scene.happens(before);
        assertThat(scene.openTasks(caseId)).contains("Task_ConfirmOrSlot");

        scene.happens(assessed("UNFIT", at(26)), assessed("UNFIT", at(26)));

        assertThat(scene.milestones(caseId)).containsEntry("path-x-06", at(26));
        assertThat(scene.openTasks(caseId)).contains("Task_WriteCaseSummary").doesNotContain("Task_ConfirmOrSlot");
    }

    @Test
    void sendsALesionThatCannotBeResectedBackToTheBoard() {
        scene.hasHappened(story.before("operating-room.slot-confirmed"));
        SyntheticEvent stillResectable = story.again("neurosurgery.resectability-assessed", at(26));
        SyntheticEvent notResectable = story.again(
                "neurosurgery.resectability-assessed", at(27), assessed -> assessed.put("resectable", false));

        scene.happens(stillResectable);
        assertThat(scene.openTasks(caseId)).contains("Task_ConfirmOrSlot");
        scene.happens(
                notResectable,
                story.again(
                        "neurosurgery.resectability-assessed", at(27), assessed -> assessed.put("resectable", false)));

        assertThat(scene.milestones(caseId)).containsEntry("path-x-06", at(27));
        assertThat(scene.openTasks(caseId)).contains("Task_WriteCaseSummary").doesNotContain("Task_ConfirmOrSlot");
    }

    @Test
    void doesNotTakeUpWhatTheBoardKnewOfTheResectability() {
        scene.hasHappened(story.before("coordination.decision-signed"));
        SyntheticEvent known = story.again(
                "neurosurgery.resectability-assessed", at(19.9), assessed -> assessed.put("resectable", false));

        scene.happens(known, story.event("coordination.decision-signed"));

        assertThat(scene.openTasks(caseId)).contains("Task_ConfirmOrSlot");
        assertThat(scene.milestones(caseId)).doesNotContainKey("path-x-06");
    }

    @Test
    void asksForAnotherAssessmentIfTheClearanceEndsBeforeTheOperation() {
        story = story.with(
                "anaesthesia.assessment-completed",
                assessment -> assessment.put("validUntil", plannedLastBeam.toString()));

        scene.hasHappened(story.before("identity-check"));

        assertThat(scene.openTasks(caseId)).containsExactly("Task_AssessAnaesthesia");
        assertThat(scene.status(caseId)).isEqualTo("COORDINATING");
    }

    @Test
    void goesOnWithoutAnOverdueBedIfTwoPeopleOverride() {
        story = story.without("intensive-care.bed-reserved");
        scene.hasHappened(story.before("identity-check"));
        assertThat(scene.openTasks(caseId)).containsExactly("Task_ReserveIcuBed");

        scene.timeIs(at(47));
        chairSays("WAIT");
        chairSays("OVERRIDE");
        secondPersonSays("REJECT");
        chairSays("OVERRIDE");
        assertThat(scene.openTasks(caseId)).containsExactlyInAnyOrder("Task_ReserveIcuBed", "Task_ConfirmPendingBed");
        secondPersonSays("CONFIRM");

        scene.awaitOpenTasks(caseId, "Task_CheckIdentity");
        assertThat(scene.milestones(caseId))
                .doesNotContainKey("resources-reserved")
                .containsEntry("icu-bed-overridden", at(47));
        assertThat(gates()).containsExactly("RED", "YELLOW");
    }

    @Test
    void acceptsNoOverrideByOnePersonAloneOrByAnEvent() {
        story = story.without("intensive-care.bed-reserved");
        scene.hasHappened(story.before("identity-check"));
        scene.timeIs(at(47));
        SyntheticEvent byEvent =
                story.further("coordination.step-completed", at(47), step -> step.put("step", "gate-override")
                        .putObject("data")
                        .put("choice", "OVERRIDE")
                        .put("reason", "BED_EXPECTED"));
        scene.said(byEvent);
        assertThat(scene.outcome(byEvent)).isEqualTo("REFUSED");

        chairSays("OVERRIDE");

        assertThatThrownBy(() -> scene.byHandAs("board-chair", caseId, "Task_ConfirmPendingBed", CONFIRMED))
                .hasMessageContaining("second person");
        assertThatThrownBy(() -> scene.byHand(caseId, "Task_ConfirmPendingBed", CONFIRMED))
                .hasMessageContaining("signed in");
        assertThat(scene.openTasks(caseId)).containsExactlyInAnyOrder("Task_ReserveIcuBed", "Task_ConfirmPendingBed");
    }

    @Test
    void offersTheOverrideOnlyOnceTheBedIsOverdueAndOnlyUntilItIsThere() {
        scene.hasHappened(story.before("intensive-care.bed-reserved"));
        scene.timeIs(BED_OVERDUE.minusSeconds(1));
        assertThat(scene.openTasks(caseId)).doesNotContain("Task_OverridePendingBed");
        scene.timeIs(BED_OVERDUE);
        assertThat(scene.openTasks(caseId)).contains("Task_OverridePendingBed");

        scene.happens(story.again("intensive-care.bed-reserved", at(33)));

        assertThat(scene.openTasks(caseId)).doesNotContain("Task_OverridePendingBed", "Task_ReserveIcuBed");
        assertThat(scene.milestones(caseId)).containsEntry("resources-reserved", at(33));
    }

    @Test
    void asksForAnotherOrSlotUntilOneLiesInsideTheWindow() {
        story = story.with("operating-room.slot-confirmed", startsAfterLastBeam(10));
        scene.hasHappened(story.before("identity-check"));
        assertThat(scene.openTasks(caseId)).containsExactly("Task_MoveOrSlot");

        scene.happens(story.again("operating-room.slot-confirmed", at(46.5), startsAfterLastBeam(60)));
        assertThat(scene.openTasks(caseId)).containsExactly("Task_MoveOrSlot");
        scene.happens(story.again("operating-room.slot-confirmed", at(47), startsAfterLastBeam(30)));

        scene.awaitOpenTasks(caseId, "Task_CheckIdentity");
        assertThat(scene.milestones(caseId)).containsEntry("resources-reserved", at(47));
    }

    @Test
    void waitsForTheRestOfThePriorRadiotherapy() {
        story = story.with(
                "radiation-oncology.prior-radiotherapy-retrieved", retrieved -> retrieved.put("complete", false));
        scene.hasHappened(story.before("identity-check"));
        assertThat(scene.openTasks(caseId)).containsExactly("Task_RetrieveOutstandingRadiotherapy");

        scene.happens(story.again(
                "radiation-oncology.prior-radiotherapy-retrieved",
                at(47),
                retrieved -> retrieved.put("complete", true)));

        assertThat(scene.openTasks(caseId)).containsExactly("Task_CheckIdentity");
    }

    @Test
    void goesOnWithoutThePriorDoseIfTwoPeopleOverride() {
        story = story.with(
                "radiation-oncology.prior-radiotherapy-retrieved", retrieved -> retrieved.put("complete", false));
        scene.hasHappened(story.before("identity-check"));
        assertThat(scene.milestones(caseId)).containsKey("path-x-02");

        scene.timeIs(at(47));
        doseOverride("Task_OverridePriorDose", "radiation-oncology", "WAIT");
        doseOverride("Task_OverridePriorDose", "radiation-oncology", "OVERRIDE");
        assertThatThrownBy(() -> doseOverride("Task_ConfirmPriorDoseOverride", "radiation-oncology", "CONFIRM"))
                .hasMessageContaining("second person");
        doseOverride("Task_ConfirmPriorDoseOverride", "medical-physics", "REJECT");
        doseOverride("Task_OverridePriorDose", "radiation-oncology", "OVERRIDE");
        assertThat(scene.openTasks(caseId))
                .containsExactlyInAnyOrder("Task_RetrieveOutstandingRadiotherapy", "Task_ConfirmPriorDoseOverride");
        doseOverride("Task_ConfirmPriorDoseOverride", "medical-physics", "CONFIRM");

        scene.awaitOpenTasks(caseId, "Task_CheckIdentity");
        assertThat(scene.milestones(caseId))
                .containsEntry("prior-dose-overridden", at(47))
                .doesNotContainKey("outstanding-radiotherapy-retrieved");
        assertThat(gates()).containsExactly("RED", "GREEN");
    }

    @Test
    void withdrawsTheOverrideOfThePriorDoseOnceItIsThere() {
        story = story.with(
                "radiation-oncology.prior-radiotherapy-retrieved", retrieved -> retrieved.put("complete", false));
        scene.hasHappened(story.before("identity-check"));
        scene.timeIs(at(47));
        doseOverride("Task_OverridePriorDose", "radiation-oncology", "OVERRIDE");

        scene.happens(story.again(
                "radiation-oncology.prior-radiotherapy-retrieved",
                at(47.5),
                retrieved -> retrieved.put("complete", true)));

        scene.awaitOpenTasks(caseId, "Task_CheckIdentity");
        assertThat(scene.milestones(caseId)).doesNotContainKey("prior-dose-overridden");
    }

    @Test
    void waitsForTheOnCallDecisionAboutACriticalPatient() {
        becomesCriticalBeforeTheGateOpens();

        scene.happens(
                story.further("neurosurgery.step-completed", at(46.5), step -> step.put("step", "deterioration-decided")
                        .putObject("data")
                        .put("choice", "CONTINUE")
                        .put("reason", "STABLE_AGAIN")));

        scene.awaitOpenTasks(caseId, "Task_CheckIdentity");
        assertThat(gates()).containsExactly("RED", "GREEN");
    }

    @Test
    void hearsTheOnCallDecisionOfAPerson() {
        becomesCriticalBeforeTheGateOpens();

        scene.byHand(caseId, "Task_DecideBeforeSrs", Map.of("choice", "EXPEDITE", "reason", "STABLE_AGAIN"));

        scene.awaitOpenTasks(caseId, "Task_CheckIdentity");
        assertThat(gates()).containsExactly("RED", "GREEN");
    }

    private void becomesCriticalBeforeTheGateOpens() {
        // of a unit of its own: news of the others is known from other tests
        String unit = "GK-" + (100 + Scene.nextNumber());
        story = story.with("gamma-knife.slot-confirmed", slot -> slot.put("unit", unit));
        scene.hasHappened(story.without("medical-physics.daily-qa-passed").before("identity-check"));
        scene.happens(story.further("ward.neuro-status-recorded", at(45), status -> status.put("gcs", 13)
                .put("kps", 60)
                .put("flag", "CRITICAL")));
        scene.happens(story.again("medical-physics.daily-qa-passed", at(46), qa -> qa.put("unit", unit)));
        scene.awaitQuiet();
        assertThat(scene.openTasks(caseId)).containsExactly("Task_DecideBeforeSrs");
        assertThat(scene.status(caseId)).isEqualTo("COORDINATING");
    }

    @Test
    void takesTheDailyQaOfTheBookedUnitAndDay() {
        story = story.with("gamma-knife.slot-confirmed", slot -> slot.put("unit", "GK-7"));
        scene.hasHappened(story.without("daily-qa-passed").before("identity-check"));
        SyntheticEvent otherDay = story.again("medical-physics.daily-qa-passed", at(46), qa -> qa.put("unit", "GK-7")
                .put("date", "2025-04-21"));

        scene.happens(otherDay);
        assertThat(scene.openTasks(caseId)).containsExactly("Task_ConfirmDailyQa");
        scene.happens(story.again("medical-physics.daily-qa-passed", at(46.5), qa -> qa.put("unit", "GK-7")));

        scene.awaitOpenTasks(caseId, "Task_CheckIdentity");
        assertThat(scene.outcome(otherDay)).isEqualTo("PARKED");
    }

    private void chairSays(String choice) {
        scene.byHandAs(
                "board-chair", caseId, "Task_OverridePendingBed", Map.of("choice", choice, "reason", "BED_EXPECTED"));
    }

    private void doseOverride(String task, String person, String choice) {
        scene.byHandAs(person, caseId, task, Map.of("choice", choice, "reason", "DOSE_KNOWN_APPROXIMATELY"));
    }

    private void secondPersonSays(String choice) {
        scene.byHandAs(
                "medical-direction",
                caseId,
                "Task_ConfirmPendingBed",
                Map.of("choice", choice, "reason", "BED_EXPECTED"));
    }

    private Consumer<ObjectNode> startsAfterLastBeam(int hours) {
        Instant start = plannedLastBeam.plus(Duration.ofHours(hours));
        return slot -> slot.put("slotRef", "ORS-" + hours)
                .put("startAt", start.toString())
                .put("endAt", start.plus(Duration.ofHours(5)).toString());
    }

    /** What the Gamma Knife was told about the gate, in its order. */
    private List<String> gates() {
        scene.awaitSent();
        return notifications.about(caseId).stream()
                .filter(told -> told.name().equals("readiness-changed")
                        && told.department().equals("gamma-knife"))
                .map(told -> told.payload().path("gate").asText())
                .toList();
    }

    private SyntheticEvent assessed(String outcome, Instant when) {
        return story.again("anaesthesia.assessment-completed", when, assessment -> assessment.put("outcome", outcome));
    }

    private static Instant at(double hour) {
        return DETECTED.plusSeconds(Math.round(hour * 3600));
    }
}
