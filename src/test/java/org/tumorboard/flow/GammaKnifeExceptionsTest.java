package org.tumorboard.flow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.camunda.bpm.engine.HistoryService;
import org.camunda.bpm.engine.RuntimeService;
import org.camunda.bpm.engine.runtime.ProcessInstance;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.tumorboard.EngineTest;
import org.tumorboard.embedded.SyntheticEvent;
import org.tumorboard.event.CaseId;
import org.tumorboard.event.EventType;
import org.tumorboard.sla.ClockState;

/** What can go wrong between the identity check and the release, and what happens then. */
@EngineTest
class GammaKnifeExceptionsTest {

    private static final Instant DETECTED = Instant.parse("2025-05-04T08:00:00Z");

    private static final String IMAGED = "radiology.imaging-acquired STEREOTACTIC";
    private static final String IMMOBILISED = "gamma-knife.immobilisation-applied";
    private static final String RELEASED = "gamma-knife.immobilisation-removed";
    private static final String CONTOURED = "radiation-oncology.contours-approved";
    private static final String SUBMITTED = "gamma-knife.plan-submitted";
    private static final String APPROVED = "radiation-oncology.plan-approved";
    private static final String QA_PASSED = "medical-physics.plan-qa-passed";
    private static final String QA_FAILED = "medical-physics.plan-qa-failed";
    private static final String CHECK_PASSED = "medical-physics.second-check-passed";
    private static final String CHECK_FAILED = "medical-physics.second-check-failed";
    private static final String STARTED = "gamma-knife.delivery-started";
    private static final String COMPLETED = "gamma-knife.delivery-completed";
    private static final String INTERRUPTED = "gamma-knife.delivery-interrupted";
    private static final String NEURO_STATUS = "ward.neuro-status-recorded";

    @Autowired
    Scene scene;

    @Autowired
    Notifications notifications;

    @Autowired
    RuntimeService runtime;

    @Autowired
    HistoryService history;

    private Story story;
    private CaseId caseId;

    @BeforeEach
    void anUrgentCase() {
        scene.resetTimeTo(DETECTED);
        story = Story.of(scene.urgentCase(DETECTED));
        caseId = story.caseId();
    }

    @Test
    void ordersFailedStereotacticImagesAgain() {
        until(IMAGED);
        SyntheticEvent failed = imagingFailed(48.75);

        scene.happens(failed, failed);
        assertThat(scene.openTasks(caseId)).containsExactly("Task_ReorderStereotacticImaging");
        assertThatThrownBy(() -> scene.byHand(caseId, "Task_ReorderStereotacticImaging", Map.of()))
                .hasMessageContaining("eason");
        scene.byHand(caseId, "Task_ReorderStereotacticImaging", Map.of("reason", "MOTION"));
        assertThat(scene.openTasks(caseId)).containsExactly("Task_AcquireStereotacticImaging");
        scene.happens(story.event(IMAGED));

        assertThat(scene.openTasks(caseId)).containsExactly("Task_ApproveContours");
        assertThat(scene.milestones(caseId)).containsEntry("path-x-01", at(48.75));
        SyntheticEvent late = imagingFailed(48.8);
        scene.happens(late);
        assertThat(scene.outcome(late)).isEqualTo("PARKED");
        assertThat(scene.openTasks(caseId)).containsExactly("Task_ApproveContours");
    }

    /** Reference timeline A5. */
    @Test
    void deliversTheThirdVersionAfterTwoFailedQas() {
        until(SUBMITTED);
        SyntheticEvent startedTooEarly = version(2, STARTED, 52.6);

        scene.happens(version(1, SUBMITTED, 51), version(1, APPROVED, 51.25), failed(1, QA_FAILED, 51.5));
        scene.happens(version(2, SUBMITTED, 51.75), version(2, APPROVED, 52), version(2, CHECK_PASSED, 52.1));
        scene.happens(failed(2, QA_FAILED, 52.25), startedTooEarly);
        scene.happens(version(3, SUBMITTED, 52.75), version(3, APPROVED, 53), version(3, QA_PASSED, 53.25));
        scene.happens(version(3, CHECK_PASSED, 53.5), version(3, STARTED, 54), version(3, COMPLETED, 56));
        scene.happens(story.event(RELEASED));

        assertThat(scene.outcome(startedTooEarly)).isEqualTo("ALREADY_DONE");
        assertThat(scene.reason(startedTooEarly)).contains("version 2 is overtaken");
        assertThat(scene.status(caseId)).isEqualTo("SRS_DELIVERED");
        assertThat(scene.milestoneRecord(caseId))
                .filteredOn(entry -> entry.startsWith("plan-approved"))
                .hasSize(3);
        assertThat(scene.milestoneRecord(caseId))
                .filteredOn(entry -> entry.startsWith("plan-checked"))
                .hasSize(1);
        assertThat(scene.milestones(caseId))
                .containsEntry("path-x-04", at(52.25))
                .containsEntry("plan-approved", at(53))
                .containsEntry("plan-checked", at(53.5))
                .containsEntry("srs-delivered", at(56))
                .containsEntry("released", at(56.25));
        assertThat(scene.clock(caseId, "plan-checks").stoppedAt()).isEqualTo(at(53.5));
        assertThat(scene.state(caseId, "plan-checks")).isEqualTo(ClockState.MET);
        assertThat(scene.state(caseId, "immobilised")).isEqualTo(ClockState.MET);
    }

    @Test
    void theThirdFailureGoesToTheChairWhoMayAskForNewImages() {
        untilThreeVersionsHaveFailed();
        assertThat(scene.openTasks(caseId)).containsExactly("Task_DecideAfterFailures");
        assertThatThrownBy(() -> chairSays("Task_DecideAfterFailures", "RETRY")).hasMessageContaining("RETRY");

        chairSays("Task_DecideAfterFailures", "REIMAGE");
        assertThat(scene.openTasks(caseId)).containsExactly("Task_AcquireStereotacticImaging");
        scene.happens(story.again(IMAGED, at(53.5)), story.again(CONTOURED, at(53.75)));
        SyntheticEvent old = version(3, APPROVED, 53.8);
        scene.happens(old, version(4, SUBMITTED, 54), version(4, APPROVED, 54.25));

        assertThat(scene.outcome(old)).isEqualTo("ALREADY_DONE");
        assertThat(scene.openTasks(caseId)).containsExactly("Task_PassPlanQa", "Task_PassSecondCheck");
        scene.happens(failed(4, CHECK_FAILED, 54.5));
        assertThat(scene.openTasks(caseId)).containsExactly("Task_DecideAfterFailures");
    }

    @Test
    void theChairMayStopAfterTheThirdFailure() {
        untilThreeVersionsHaveFailed();

        chairSays("Task_DecideAfterFailures", "STOP");
        assertThat(scene.openTasks(caseId)).containsExactly("Task_RemoveImmobilisation");
        scene.happens(story.again(RELEASED, at(53.5)));

        assertThat(wentBackToTheBoardFor()).isEqualTo("PLAN_STOPPED");
        assertThat(scene.milestones(caseId)).containsEntry("released", at(53.5)).doesNotContainKey("srs-delivered");
    }

    @ParameterizedTest
    @CsvSource({
        "anaesthesia.assessment-completed, outcome, UNFIT, UNFIT",
        "neurosurgery.resectability-assessed, resectable, false, NOT_RESECTABLE"
    })
    void whoCannotBeOperatedOnIsReleasedAndGoesBackToTheBoard(
            String event, String field, String finding, String reason) {
        until(APPROVED);
        SyntheticEvent known = found(event, field, finding, 10);
        scene.happens(known);
        assertThat(scene.openTasks(caseId)).containsExactly("Task_ApprovePlan");

        scene.happens(found(event, field, finding, 51), found(event, field, finding, 51));

        assertThat(scene.openTasks(caseId)).containsExactly("Task_RemoveImmobilisation");
        scene.happens(story.again(RELEASED, at(51.5)));
        assertThat(wentBackToTheBoardFor()).isEqualTo(reason);
        assertThat(scene.milestones(caseId)).containsEntry("path-x-06", at(51)).doesNotContainKey("srs-delivered");
    }

    private SyntheticEvent found(String event, String field, String finding, double hour) {
        return story.again(
                event,
                at(hour),
                data -> data.set(field, finding.equals("false") ? BooleanNode.FALSE : TextNode.valueOf(finding)));
    }

    @Test
    void aFrameOnForTooLongComesOffAndEverythingBeginsAnew() {
        until(APPROVED);
        scene.timeIs(at(48.5 + 8).minusSeconds(1));
        assertThat(scene.openTasks(caseId)).containsExactly("Task_ApprovePlan");
        scene.timeIs(at(48.5 + 8));
        assertThat(scene.openTasks(caseId)).containsExactly("Task_ApprovePlan", "Task_RemoveFrame");
        assertThat(scene.milestones(caseId)).doesNotContainKey("path-x-04");

        SyntheticEvent removed = story.again(RELEASED, at(56.75));
        scene.happens(removed, removed);
        assertThat(scene.openTasks(caseId)).contains("Task_ApplyImmobilisationAgain");
        scene.happens(story.again(IMMOBILISED, at(57.5)));

        assertThat(scene.openTasks(caseId)).containsExactly("Task_AcquireStereotacticImaging");
        assertThat(scene.milestones(caseId))
                .containsEntry("path-x-04", at(56.75))
                .containsEntry("released", at(56.75))
                .containsEntry("immobilised", at(57.5));
        assertThat(scene.clock(caseId, "immobilised").latestAt()).isEqualTo(at(57.5 + 8));
        scene.happens(story.again(IMAGED, at(58)), story.again(CONTOURED, at(58.5)));
        SyntheticEvent old = version(1, APPROVED, 58.6);
        scene.happens(old);
        scene.happens(version(2, SUBMITTED, 59));
        assertThat(scene.openTasks(caseId)).containsExactly("Task_ApprovePlan");
        assertThat(scene.outcome(old)).isEqualTo("ALREADY_DONE");
    }

    @Test
    void aRunningDeliveryIsNotInterruptedByTheTimeInTheFrame() {
        until(STARTED);
        scene.timeIs(at(48.5 + 8));
        assertThat(scene.openTasks(caseId)).containsExactly("Task_RemoveFrame", "Task_StartDelivery");

        scene.happens(version(1, STARTED, 56.6));
        assertThat(scene.openTasks(caseId)).containsExactly("Task_CompleteDelivery");
        scene.happens(version(1, COMPLETED, 58));

        assertThat(scene.openTasks(caseId)).contains("Task_RemoveImmobilisation");
        assertThat(scene.milestones(caseId)).doesNotContainKey("path-x-04");
    }

    @Test
    void aMaskMayStayOnForLonger() {
        story = story.with(IMMOBILISED, applied -> applied.put("kind", "MASK"));
        until(APPROVED);

        scene.timeIs(at(48.5 + 9));
        assertThat(scene.openTasks(caseId)).containsExactly("Task_ApprovePlan");
        scene.happens(story.again(RELEASED, at(57.6), removed -> removed.put("kind", "MASK")));

        assertThat(scene.openTasks(caseId)).containsExactly("Task_ApplyImmobilisationAgain", "Task_ApprovePlan");
    }

    @Test
    void aRemovalToldBeforeTheDeliveryItFollowedChangesNothing() {
        until(SUBMITTED);
        SyntheticEvent removed = story.event(RELEASED);
        scene.hasHappened(List.of(removed));
        assertThat(scene.outcome(removed)).isEqualTo("APPLIED");
        assertThat(scene.openTasks(caseId)).containsExactly("Task_ApplyImmobilisationAgain", "Task_SubmitPlan");

        scene.happens(story.event(SUBMITTED), story.event(APPROVED), story.event(QA_PASSED));
        scene.happens(story.event(CHECK_PASSED), story.event(STARTED), story.event(COMPLETED));

        assertThat(scene.status(caseId)).isEqualTo("SRS_DELIVERED");
        assertThat(scene.openTasks(caseId))
                .doesNotContain("Task_RemoveImmobilisation", "Task_ApplyImmobilisationAgain");
        assertThat(scene.state(caseId, "immobilised")).isEqualTo(ClockState.MET);
    }

    @Test
    void aDoseOutsideThePublishedRangeIsDocumentedBeforeThePlanIsApproved() {
        story = story.with(SUBMITTED, plan -> plan.put("marginalDoseGy", 15.9));
        until(APPROVED);
        assertThat(scene.openTasks(caseId)).containsExactly("Task_DocumentWarning");
        SyntheticEvent approved = story.event(APPROVED);
        scene.happens(approved);
        assertThat(scene.outcome(approved)).isEqualTo("PARKED");

        SyntheticEvent documented = step(
                "radiation-oncology", "plan-constraint-note", 52.2, found -> found.put("reason", "OPTIC_PATHWAY_NEAR"));
        scene.happens(documented, documented);

        assertThat(scene.openTasks(caseId)).containsExactly("Task_PassPlanQa", "Task_PassSecondCheck");
        assertThat(scene.outcome(approved)).isEqualTo("APPLIED");
        assertThat(scene.milestones(caseId)).containsEntry("path-x-05", at(51)).containsEntry("plan-approved", at(52));
    }

    @Test
    void aStatedWarningIsDocumentedToo() {
        story = story.with(SUBMITTED, plan -> plan.put("constraintStatus", "WARN"));
        until(APPROVED);

        scene.byHand(caseId, "Task_DocumentWarning", Map.of("reason", "V12_ACCEPTED"));

        assertThat(scene.openTasks(caseId)).containsExactly("Task_ApprovePlan");
    }

    @Test
    void failedConstraintsMayBeAnsweredByAnotherPlan() {
        untilConstraintsFailed();
        SyntheticEvent answered =
                step("radiation-oncology", "constraint-answer", 51.5, found -> found.put("choice", "REPLAN")
                        .put("reason", "BRAINSTEM_DOSE"));

        scene.happens(answered);
        assertThat(scene.openTasks(caseId)).containsExactly("Task_SubmitPlan");
        scene.happens(version(2, SUBMITTED, 52, plan -> plan.put("constraintStatus", "PASS")));

        assertThat(scene.openTasks(caseId)).containsExactly("Task_ApprovePlan");
    }

    @Test
    void aNewerPlanTakesThePlaceOfOneWithFailedConstraints() {
        untilConstraintsFailed();

        scene.happens(version(2, SUBMITTED, 52, plan -> plan.put("constraintStatus", "PASS")));

        assertThat(scene.openTasks(caseId)).containsExactly("Task_ApprovePlan");
    }

    @Test
    void failedConstraintsAreOverriddenByTwoPersonsOnly() {
        untilConstraintsFailed();
        answer("OVERRIDE");
        SyntheticEvent byEvent =
                step("radiation-oncology", "constraint-override", 51.6, found -> found.put("reason", "NO_ALTERNATIVE"));
        scene.happens(byEvent);
        assertThat(scene.outcome(byEvent)).isEqualTo("REFUSED");
        scene.byHandAs("first", caseId, "Task_OverrideConstraints", Map.of("reason", "NO_ALTERNATIVE"));

        Map<String, Object> agreed = Map.of("choice", "CONFIRM", "reason", "NO_ALTERNATIVE");
        assertThatThrownBy(() -> scene.byHandAs("first", caseId, "Task_ConfirmOverride", agreed))
                .hasMessageContaining("second person");
        assertThat(scene.openTasks(caseId)).containsExactly("Task_ConfirmOverride");
        scene.byHandAs("second", caseId, "Task_ConfirmOverride", agreed);

        assertThat(scene.openTasks(caseId)).containsExactly("Task_ApprovePlan");
    }

    @Test
    void theSecondPersonMayRefuseAndResectionAloneIsForTheBoard() {
        untilConstraintsFailed();
        answer("OVERRIDE");
        scene.byHandAs("first", caseId, "Task_OverrideConstraints", Map.of("reason", "NO_ALTERNATIVE"));

        scene.byHandAs("second", caseId, "Task_ConfirmOverride", Map.of("choice", "REFUSE", "reason", "TOO_HIGH"));
        assertThat(scene.openTasks(caseId)).containsExactly("Task_AnswerConstraints");
        answer("RESECTION_ONLY");
        assertThat(scene.openTasks(caseId)).containsExactly("Task_RemoveImmobilisation");
        scene.happens(story.again(RELEASED, at(52.5)));

        assertThat(wentBackToTheBoardFor()).isEqualTo("CONSTRAINT_FAIL");
    }

    @Test
    void deteriorationWhileImmobilisedStopsAndReleases() {
        until(QA_PASSED);
        scene.happens(neuroStatus("MINOR", 52.1));
        assertThat(scene.openTasks(caseId)).containsExactly("Task_PassPlanQa", "Task_PassSecondCheck");
        SyntheticEvent deteriorated = neuroStatus("MAJOR", 52.25);

        scene.happens(deteriorated, deteriorated, neuroStatus("MAJOR", 52.3));
        assertThat(scene.openTasks(caseId))
                .contains("Task_ReleasePatient")
                .doesNotContain("Task_PassPlanQa", "Task_PassSecondCheck");
        scene.happens(story.again(RELEASED, at(52.4)));

        assertThat(scene.openTasks(caseId)).contains("Task_ApplyImmobilisation").doesNotContain("Task_ReleasePatient");
        assertThat(scene.milestones(caseId))
                .containsEntry("path-x-08", at(52.25))
                .containsEntry("released", at(52.4));
        scene.happens(story.again(IMMOBILISED, at(53)));
        assertThat(scene.openTasks(caseId)).contains("Task_AcquireStereotacticImaging");
    }

    @Test
    void deteriorationOutOfTheFrameReleasesNobody() {
        until(QA_PASSED);
        scene.happens(story.again(RELEASED, at(52.1)), neuroStatus("MAJOR", 52.25));

        assertThat(scene.openTasks(caseId)).contains("Task_ApplyImmobilisation").doesNotContain("Task_ReleasePatient");
    }

    @Test
    void aDeliveryCompletedBeforeTheReleaseCounts() {
        until(STARTED);
        scene.happens(neuroStatus("MAJOR", 56.1));
        assertThat(scene.openTasks(caseId)).contains("Task_ReleasePatient");

        scene.said(story.event(COMPLETED));

        assertThat(scene.status(caseId)).isEqualTo("SRS_DELIVERED");
        assertThat(scene.milestones(caseId)).containsEntry("srs-delivered", at(56));
        assertThat(scene.openTasks(caseId))
                .contains("Task_RemoveImmobilisation")
                .doesNotContain("Task_ReleasePatient");
    }

    @Test
    void deteriorationUnderTheBeamReleasesAndWaitsForWhatTheMachineReports() {
        until(COMPLETED);
        scene.happens(neuroStatus("MAJOR", 54.5), interrupted(54.5, 40, true));
        assertThat(scene.openTasks(caseId)).contains("Task_CompleteDelivery", "Task_StopAndRelease");
        scene.happens(story.again(RELEASED, at(54.6)));
        assertThat(scene.openTasks(caseId)).contains("Task_ImmobiliseToResume");
        scene.happens(story.again(IMMOBILISED, at(55.5)));
        assertThat(scene.openTasks(caseId)).doesNotContain("Task_ImmobiliseToResume");
        scene.happens(version(1, COMPLETED, 57));

        assertThat(scene.status(caseId)).isEqualTo("SRS_DELIVERED");
        assertThat(scene.milestones(caseId))
                .containsEntry("path-x-08", at(54.5))
                .containsEntry("srs-delivered", at(57));
        assertThat(scene.openTasks(caseId)).contains("Task_RemoveImmobilisation");
    }

    @Test
    void aDeliveryResumedOnTheSameDayEndsWithItsFinalBeam() {
        until(COMPLETED);
        SyntheticEvent interruption = interrupted(55, 60, true);
        scene.happens(interruption, interruption);
        assertThat(scene.openTasks(caseId)).containsExactly("Task_CompleteDelivery");

        scene.happens(version(1, COMPLETED, 57));

        assertThat(scene.milestones(caseId))
                .containsEntry("delivery-interrupted", at(55))
                .containsEntry("path-x-09b", at(55))
                .containsEntry("srs-delivered", at(57))
                .doesNotContainKey("delivery-stopped");
        assertThat(scene.status(caseId)).isEqualTo("SRS_DELIVERED");
        assertThat(scene.clocks(caseId)).noneMatch(run -> run.clock().equals("partial-delivery"));
    }

    /** Reference timeline A16. */
    @Test
    void anInterruptionThatCannotBeResumedIsPartialAndGoesToTheMiniBoard() {
        until(COMPLETED);
        SyntheticEvent interruption = interrupted(55, 60, false);
        scene.happens(interruption, interruption);

        assertThat(scene.openTasks(caseId)).containsExactly("Task_DecidePartialDelivery");
        assertThat(scene.milestones(caseId))
                .containsEntry("path-x-09b", at(55))
                .containsEntry("delivery-stopped", at(55))
                .containsEntry("srs-delivered", at(55));
        assertThat(scene.clock(caseId, "partial-delivery").latestAt()).isEqualTo(at(57));
        assertThat(scene.clock(caseId, "resection-window").startedAt()).isEqualTo(at(55));
        scene.happens(step("coordination", "partial-delivery-decision", 56.5, found -> found.put("choice", "PROCEED")
                .put("reason", "DOSE_SUFFICIENT")));

        assertThat(scene.status(caseId)).isEqualTo("SRS_DELIVERED");
        assertThat(scene.openTasks(caseId)).contains("Task_RemoveImmobilisation", "Task_StartSurgery");
        assertThat(scene.milestones(caseId)).containsEntry("partial-delivery-decided", at(56.5));
        assertThat(scene.state(caseId, "partial-delivery")).isEqualTo(ClockState.MET);
        assertThat(scene.clock(caseId, "resection-window").latestAt()).isEqualTo(at(55 + 48));
    }

    @Test
    void aPartialDeliveryMayGoToTheFullBoard() {
        until(COMPLETED);
        scene.happens(interrupted(55, 20, false));
        assertThatThrownBy(() -> chairSays("Task_DecidePartialDelivery", "WAIT"))
                .hasMessageContaining("WAIT");

        chairSays("Task_DecidePartialDelivery", "FULL_BOARD");
        scene.happens(story.again(RELEASED, at(55.5)));

        assertThat(wentBackToTheBoardFor()).isEqualTo("PARTIAL_DELIVERY");
    }

    @Test
    void whatIsNotResumedByTheEndOfTheDayStaysPartial() {
        until(COMPLETED);
        Instant dayOver = DETECTED.plus(Duration.ofHours(64));
        scene.happens(interrupted(55, 60, true), interrupted(55.5, 70, true));
        scene.timeIs(dayOver.minusSeconds(1));
        assertThat(scene.openTasks(caseId)).contains("Task_CompleteDelivery");
        scene.timeIs(dayOver);

        assertThat(scene.openTasks(caseId))
                .contains("Task_DecidePartialDelivery")
                .doesNotContain("Task_CompleteDelivery");
        assertThat(scene.milestones(caseId))
                .containsEntry("srs-delivered", at(55.5))
                .containsEntry("delivery-stopped", dayOver);
        assertThat(scene.clock(caseId, "partial-delivery").latestAt()).isEqualTo(dayOver.plus(Duration.ofHours(2)));
    }

    @Test
    void aDeliveryThatWasCompletedAfterAllNeedsNoDecision() {
        until(COMPLETED);
        scene.happens(interrupted(55, 60, false));
        SyntheticEvent completed = version(1, COMPLETED, 55.75);

        scene.happens(completed, completed);

        assertThat(scene.status(caseId)).isEqualTo("SRS_DELIVERED");
        assertThat(scene.milestones(caseId)).containsEntry("srs-delivered", at(55.75));
        assertThat(scene.openTasks(caseId)).doesNotContain("Task_DecidePartialDelivery");
        assertThat(scene.clock(caseId, "resection-window").startedAt()).isEqualTo(at(55.75));
    }

    @Test
    void noPlanIsApprovedWithoutTheEarlierDose() {
        until(SUBMITTED);
        phase("gamma-knife").forEach(instance -> runtime.setVariable(instance, "priorRadiotherapyComplete", false));
        SyntheticEvent approved = version(1, APPROVED, 52);

        scene.happens(version(1, SUBMITTED, 51), approved);
        assertThat(scene.openTasks(caseId))
                .contains("Task_RetrieveOutstandingRadiotherapy")
                .doesNotContain("Task_ApprovePlan");
        assertThat(scene.outcome(approved)).isEqualTo("PARKED");
        scene.happens(story.again(
                "radiation-oncology.prior-radiotherapy-retrieved", at(52.5), found -> found.put("complete", true)));

        assertThat(scene.outcome(approved)).isEqualTo("APPLIED");
        assertThat(scene.openTasks(caseId)).containsExactly("Task_PassPlanQa", "Task_PassSecondCheck");
        assertThat(scene.milestones(caseId)).containsKey("path-x-02");
    }

    @Test
    void aLostOrSlotClosesTheGateUntilAnotherIsBooked() {
        until(STARTED);
        SyntheticEvent lost = orSlotLost(53);
        scene.happens(lost, lost);
        assertThat(scene.openTasks(caseId)).containsExactly("Task_ConfirmOrSlot", "Task_ReopenGate");
        assertThat(gates()).endsWith("RED");

        scene.happens(orSlotConfirmed("ORS-OTHER", 53.5));

        assertThat(scene.openTasks(caseId)).containsExactly("Task_StartDelivery");
        assertThat(gates()).endsWith("RED", "GREEN");
        assertThat(scene.milestones(caseId))
                .containsEntry("path-x-10", at(53))
                .containsEntry("gate-closed", at(53))
                .containsEntry("gate-reopened", at(53.5));
        SyntheticEvent late = orSlotLost(53.6);
        scene.happens(late);
        assertThat(scene.outcome(late)).isNotEqualTo("APPLIED");
        scene.happens(story.event(STARTED), story.event(COMPLETED));
        assertThat(scene.status(caseId)).isEqualTo("SRS_DELIVERED");
        assertThat(scene.milestones(caseId)).doesNotContainKey("started-against-gate");
    }

    @Test
    void theGateIsAskedWhenThePlanIsChecked() {
        until(SUBMITTED);
        scene.happens(orSlotLost(50.5), story.event(SUBMITTED), story.event(APPROVED), story.event(QA_PASSED));
        scene.happens(story.event(CHECK_PASSED));
        assertThat(scene.openTasks(caseId)).containsExactly("Task_ConfirmOrSlot", "Task_ReopenGate");

        scene.byHand(caseId, "Task_ReopenGate", Map.of("reason", "SLOT_PROMISED"));
        assertThat(scene.openTasks(caseId)).containsExactly("Task_ConfirmOrSlot", "Task_ReopenGate");
        scene.happens(orSlotConfirmed("ORS-OTHER", 53.5));

        assertThat(scene.openTasks(caseId)).containsExactly("Task_StartDelivery");
    }

    @Test
    void aUnitThatGoesDownClosesTheGateUntilItIsBack() {
        story = story.with("gamma-knife.slot-confirmed", slot -> slot.put("unit", "GK-31"))
                .with("medical-physics.daily-qa-passed", qa -> qa.put("unit", "GK-31"));
        until("identity-check");
        scene.happens(unitNews("gamma-knife.machine-down", 47));
        await().untilAsserted(() -> assertThat(scene.milestones(caseId)).containsEntry("gate-closed", at(47)));
        scene.happens(unitNews("gamma-knife.machine-restored", 47.5));
        await().untilAsserted(() -> assertThat(scene.milestones(caseId)).containsEntry("gate-reopened", at(47.5)));
        assertThat(gates()).endsWith("RED", "GREEN");

        scene.hasHappened(story.all()
                .subList(
                        story.before("identity-check").size(),
                        story.before(RELEASED).size()));

        assertThat(scene.status(caseId)).isEqualTo("SRS_DELIVERED");
        assertThat(scene.milestones(caseId)).containsEntry("path-x-09", at(47));
    }

    /** Reference timeline A15. */
    @Test
    void aStartAgainstTheGateIsTakenAndAlarmsTheDirection() {
        until(STARTED);
        scene.happens(orSlotLost(53));
        SyntheticEvent started = story.event(STARTED);

        scene.happens(started, started);

        assertThat(scene.outcome(started)).isEqualTo("APPLIED");
        assertThat(scene.openTasks(caseId))
                .contains("Task_ReviewStartAgainstGate", "Task_CompleteDelivery")
                .doesNotContain("Task_ReopenGate", "Task_StartDelivery");
        assertThat(scene.milestones(caseId))
                .containsEntry("started-against-gate", at(54))
                .containsEntry("path-a-15", at(54));
        assertThat(gates()).endsWith("RED", "RED");
        assertThat(told("treatment-progress")).isNotEmpty();
        scene.happens(story.event(COMPLETED));
        assertThat(scene.status(caseId)).isEqualTo("SRS_DELIVERED");
        assertThat(scene.milestones(caseId)).containsEntry("srs-delivered", at(56));
        assertThat(scene.openTasks(caseId)).contains("Task_ReviewStartAgainstGate", "Task_RemoveImmobilisation");

        scene.byHand(caseId, "Task_ReviewStartAgainstGate", Map.of("reason", "NOT_SEEN"));
        assertThat(scene.openTasks(caseId)).doesNotContain("Task_ReviewStartAgainstGate");
    }

    @Test
    void aStartFromBeforeTheGateClosedIsNoneAgainstIt() {
        until(STARTED);
        SyntheticEvent lost = orSlotLost(54.5);
        scene.happens(lost);

        scene.said(story.event(STARTED));

        assertThat(scene.openTasks(caseId))
                .contains("Task_CompleteDelivery")
                .doesNotContain("Task_ReviewStartAgainstGate");
        assertThat(scene.milestones(caseId)).doesNotContainKey("started-against-gate");
    }

    @Test
    void aStartWhileTheGateWasClosedIsOneAgainstItEvenIfToldLater() {
        until(STARTED);
        scene.happens(orSlotLost(53), orSlotConfirmed("ORS-OTHER", 54.5));
        assertThat(scene.openTasks(caseId)).containsExactly("Task_StartDelivery");

        scene.said(story.event(STARTED));

        assertThat(scene.openTasks(caseId)).contains("Task_CompleteDelivery", "Task_ReviewStartAgainstGate");
        assertThat(scene.milestones(caseId)).containsEntry("started-against-gate", at(54));
    }

    @Test
    void theChairMaySendThePatientToAnotherMachine() {
        untilThreeVersionsHaveFailed();

        chairSays("Task_DecideAfterFailures", "OTHER_MACHINE");
        assertThat(scene.openTasks(caseId)).containsExactly("Task_RemoveImmobilisation");
        scene.happens(story.again(RELEASED, at(53.25)));
        assertThat(scene.openTasks(caseId)).containsExactly("Task_ConfirmGammaKnifeSlot");
        assertThat(told("resources-released")).hasSize(1);

        SyntheticEvent slot =
                story.again("gamma-knife.slot-confirmed", at(53.5), facts -> facts.put("slotRef", "GKS-OTHER")
                        .put("unit", "GK-32")
                        .put("startAt", at(54).toString())
                        .put("endAt", at(57).toString()));
        SyntheticEvent passed = story.again("medical-physics.daily-qa-passed", at(53.6), qa -> qa.put("unit", "GK-32"));
        scene.happens(slot, passed);
        scene.awaitOpenTasks(caseId, "Task_CheckIdentity");
        scene.happens(story.again("identity-check", at(54)), story.again(IMMOBILISED, at(54.1)));
        scene.happens(story.again(IMAGED, at(54.2)), story.again(CONTOURED, at(54.3)));
        scene.happens(version(4, SUBMITTED, 54.5), version(4, APPROVED, 54.6), version(4, QA_PASSED, 54.7));
        scene.happens(version(4, CHECK_PASSED, 54.8), version(4, STARTED, 55), version(4, COMPLETED, 56));

        assertThat(scene.status(caseId)).isEqualTo("SRS_DELIVERED");
        assertThat(scene.milestones(caseId)).containsEntry("srs-delivered", at(56));
    }

    private void until(String event) {
        scene.hasHappened(story.before(event));
    }

    private void untilThreeVersionsHaveFailed() {
        until(SUBMITTED);
        scene.happens(version(1, SUBMITTED, 51), version(1, APPROVED, 51.25), failed(1, QA_FAILED, 51.5));
        scene.happens(version(2, SUBMITTED, 51.75), version(2, APPROVED, 52), failed(2, CHECK_FAILED, 52.25));
        scene.happens(version(3, SUBMITTED, 52.5), version(3, APPROVED, 52.75), failed(3, QA_FAILED, 53));
    }

    private void untilConstraintsFailed() {
        story = story.with(SUBMITTED, plan -> plan.put("constraintStatus", "FAIL"));
        until(APPROVED);
        assertThat(scene.openTasks(caseId)).containsExactly("Task_AnswerConstraints");
    }

    private void answer(String choice) {
        scene.byHand(caseId, "Task_AnswerConstraints", Map.of("choice", choice, "reason", "BRAINSTEM_DOSE"));
    }

    private void chairSays(String task, String choice) {
        scene.byHand(caseId, task, Map.of("choice", choice, "reason", "CHAIR_DECIDED"));
    }

    private SyntheticEvent version(int version, String event, double hour) {
        return version(version, event, hour, facts -> {});
    }

    private SyntheticEvent version(int version, String event, double hour, Consumer<ObjectNode> further) {
        return story.again(event, at(hour), facts -> {
            facts.put("version", version);
            List.of("startAt", "endAt").stream()
                    .filter(facts::has)
                    .forEach(field -> facts.put(field, at(hour).toString()));
            further.accept(facts);
        });
    }

    private SyntheticEvent failed(int version, String event, double hour) {
        return story.further(event, at(hour), facts -> {
            facts.set("planRef", story.event(SUBMITTED).data().get("planRef"));
            facts.put("version", version);
            if (event.equals(QA_FAILED)) {
                facts.put("reason", "DOSE_DIFFERENCE");
            }
        });
    }

    private SyntheticEvent orSlotLost(double hour) {
        SyntheticEvent slot = story.event("operating-room.slot-confirmed");
        return story.further("operating-room.slot-lost", at(hour), facts -> {
            facts.setAll((ObjectNode) slot.data());
        });
    }

    private SyntheticEvent orSlotConfirmed(String ref, double hour) {
        return story.again("operating-room.slot-confirmed", at(hour), slot -> slot.put("slotRef", ref));
    }

    /** News of the unit that the daily QA is about. */
    private SyntheticEvent unitNews(String type, double hour) {
        SyntheticEvent qa = story.event("medical-physics.daily-qa-passed");
        ObjectNode data = JsonNodeFactory.instance.objectNode();
        data.set("unit", qa.data().get("unit"));
        return new SyntheticEvent(
                EventType.ofShortName(type).orElseThrow(), "news-" + type + "-" + hour, qa.key(), null, at(hour), data);
    }

    /** What the Gamma Knife was told about the gate, in its order. */
    private List<String> gates() {
        return told("readiness-changed").stream()
                .filter(told -> told.department().equals("gamma-knife"))
                .map(told -> told.payload().path("gate").asText())
                .toList();
    }

    private List<Notifications.Received> told(String name) {
        scene.awaitSent();
        return notifications.about(caseId).stream()
                .filter(told -> told.name().equals(name))
                .toList();
    }

    private List<String> phase(String model) {
        return runtime
                .createProcessInstanceQuery()
                .processInstanceBusinessKey(caseId.value())
                .processDefinitionKey(model)
                .list()
                .stream()
                .map(ProcessInstance::getId)
                .toList();
    }

    private SyntheticEvent imagingFailed(double hour) {
        return story.further("radiology.imaging-failed", at(hour), facts -> facts.put("orderRef", "ORD-ST")
                .put("purpose", "STEREOTACTIC")
                .put("reason", "MOTION"));
    }

    private SyntheticEvent neuroStatus(String flag, double hour) {
        return story.further(NEURO_STATUS, at(hour), facts -> facts.put("gcs", 14)
                .put("kps", 60)
                .put("flag", flag));
    }

    private SyntheticEvent interrupted(double hour, int deliveredPct, boolean resumable) {
        return story.further(INTERRUPTED, at(hour), facts -> facts.put("deliveredPct", deliveredPct)
                .put("reason", "SENSOR_FAULT")
                .put("resumable", resumable));
    }

    private SyntheticEvent step(String department, String step, double hour, Consumer<ObjectNode> found) {
        return story.further(department + ".step-completed", at(hour), facts -> {
            facts.put("step", step);
            found.accept(facts.putObject("data"));
        });
    }

    /** Why the phase ended without radiosurgery that could be built on. */
    private Object wentBackToTheBoardFor() {
        String phase = history.createHistoricProcessInstanceQuery()
                .processInstanceBusinessKey(caseId.value())
                .processDefinitionKey("gamma-knife")
                .finished()
                .singleResult()
                .getId();
        return history.createHistoricVariableInstanceQuery()
                .processInstanceId(phase)
                .variableName("backToBoard")
                .singleResult()
                .getValue();
    }

    private static Instant at(double hour) {
        return DETECTED.plusSeconds(Math.round(hour * 3600));
    }
}
