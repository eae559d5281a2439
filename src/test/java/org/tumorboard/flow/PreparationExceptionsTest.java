package org.tumorboard.flow;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.StreamSupport;
import org.camunda.bpm.engine.RuntimeService;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.tumorboard.EngineTest;
import org.tumorboard.embedded.SyntheticEvent;
import org.tumorboard.event.CaseId;
import org.tumorboard.event.Urgency;

/** Imaging that fails, records of earlier treatment that are missing, and what a case back at the board needs. */
@EngineTest
class PreparationExceptionsTest {

    private static final Instant DETECTED = Instant.parse("2025-06-15T08:00:00Z");

    @Autowired
    Scene scene;

    @Autowired
    Notifications notifications;

    @Autowired
    RuntimeService runtime;

    private Story story;
    private CaseId caseId;

    @BeforeEach
    void time() {
        scene.resetTimeTo(DETECTED);
        begins(Urgency.URGENT);
    }

    @Test
    void ordersFailedBaseImagingAgainAndAsksForItAgain() {
        triaged();
        SyntheticEvent failure = failed("DIAGNOSTIC", 3, "ORDER-1");

        scene.happens(failure);

        assertThat(scene.outcome(failure)).isEqualTo("APPLIED");
        assertThat(scene.openTasks(caseId))
                .contains("Task_ReorderBaseImages")
                .doesNotContain("Task_AcquireBaseImages", "Task_DecideFailedBaseImages");
        assertThat(scene.milestones(caseId))
                .containsEntry("path-x-01", at(3))
                .doesNotContainKey("board-deferred-for-imaging");

        scene.happens(step("reorder-base-images", 3.5, data -> data.put("reordered", true)));

        assertThat(scene.openTasks(caseId)).contains("Task_AcquireBaseImages").doesNotContain("Task_ReorderBaseImages");
        scene.hasHappened(story.before("coordination.meeting-scheduled"));
        assertThat(scene.openTasks(caseId)).containsExactly("Task_ScheduleBoard");
        assertThat(scene.milestones(caseId)).containsEntry("base-imaged", at(4)).containsEntry("case-ready", at(14));
        scene.awaitSent();
        assertThat(toldRadiologyAbout("acquire-base-images"))
                .containsExactly("work-requested", "work-withdrawn", "work-requested");
    }

    @Test
    void reordersAnUrgentCaseAsOftenAsItFails() {
        triaged();

        for (int attempt = 1; attempt <= 3; attempt++) {
            scene.happens(failed("DIAGNOSTIC", 2 + attempt, "ORDER-" + attempt));
            assertThat(scene.openTasks(caseId)).contains("Task_ReorderBaseImages");
            scene.byHand(caseId, "Task_ReorderBaseImages", Map.of("reordered", true));
        }

        assertThat(scene.openTasks(caseId)).contains("Task_AcquireBaseImages");
        assertThat(scene.milestones(caseId)).doesNotContainKey("board-deferred-for-imaging");
    }

    @Test
    void defersTheBoardOfAStandardCaseOnceAndThenAsksTheChair() {
        begins(Urgency.STANDARD);
        triaged();

        scene.happens(failed("DIAGNOSTIC", 3, "ORDER-1"));

        assertThat(scene.milestones(caseId)).containsEntry("board-deferred-for-imaging", at(3));
        assertThat(milestonesOnTheCasePage()).contains("board-deferred-for-imaging", "path-x-01");
        assertThat(scene.openTasks(caseId)).contains("Task_ReorderBaseImages");
        scene.byHand(caseId, "Task_ReorderBaseImages", Map.of("reordered", true));

        scene.happens(failed("DIAGNOSTIC", 5, "ORDER-2"));

        assertThat(scene.openTasks(caseId))
                .contains("Task_DecideFailedBaseImages")
                .doesNotContain("Task_ReorderBaseImages", "Task_AcquireBaseImages");
        SyntheticEvent withoutReason = step("failed-base-images", 5.5, data -> data.put("choice", "OTHER_MODALITY"));
        SyntheticEvent waiving = step(
                "failed-base-images", 5.5, data -> data.put("choice", "WAIVE").put("reason", "NO_SCANNER"));
        scene.happens(withoutReason, waiving);
        assertThat(List.of(scene.outcome(withoutReason), scene.outcome(waiving)))
                .containsOnly("REFUSED");

        scene.happens(step("failed-base-images", 6, data -> data.put("choice", "OTHER_MODALITY")
                .put("reason", "IMPLANT")));

        assertThat(scene.openTasks(caseId)).contains("Task_ReorderBaseImages");
        scene.byHand(caseId, "Task_ReorderBaseImages", Map.of("reordered", true));
        assertThat(scene.openTasks(caseId)).contains("Task_AcquireBaseImages");
        assertThat(scene.milestoneRecord(caseId))
                .filteredOn(milestone -> milestone.startsWith("board-deferred-for-imaging"))
                .hasSize(1);
    }

    @Test
    void doesTheSameForPerfusionAndLetsTheChairDoWithoutIt() {
        begins(Urgency.STANDARD);
        triaged();
        scene.happens(failed("PET", 3, "PET-1"));
        assertThat(scene.openTasks(caseId)).contains("Task_ReorderAdvancedImages", "Task_AcquireBaseImages");
        scene.byHand(caseId, "Task_ReorderAdvancedImages", Map.of("reordered", true));
        assertThat(scene.openTasks(caseId)).contains("Task_AcquireAdvancedImages");
        scene.happens(failed("PERFUSION", 5, "PERF-2"));

        scene.byHand(
                caseId, "Task_DecideFailedAdvancedImages", Map.of("choice", "REORDER", "reason", "SCANNER_REPAIRED"));

        assertThat(scene.openTasks(caseId)).contains("Task_ReorderAdvancedImages", "Task_WaiveMissingItems");
        scene.hasHappened(story.without("PERFUSION").before("coordination.meeting-scheduled"));
        assertThat(scene.openTasks(caseId)).containsExactly("Task_ReorderAdvancedImages", "Task_WaiveMissingItems");
        scene.byHand(caseId, "Task_WaiveMissingItems", Map.of("choice", "WAIVE", "reason", "SCANNER_UNAVAILABLE"));
        assertThat(scene.openTasks(caseId)).containsExactly("Task_ScheduleBoard");
    }

    @Test
    void takesWhatRadiologyHasDoneWithoutWaitingForTheOrder() {
        triaged();
        scene.happens(failed("DIAGNOSTIC", 3, "ORDER-1"), failed("PERFUSION", 3.5, "PERF-1"));

        scene.hasHappened(story.before("coordination.meeting-scheduled"));

        assertThat(scene.openTasks(caseId)).containsExactly("Task_ScheduleBoard");
        assertThat(scene.milestones(caseId))
                .containsEntry("base-imaged", at(4))
                .containsEntry("advanced-reported", at(9));
    }

    @Test
    void neverReopensImagesThatHaveBeenTakenSince() {
        triaged();
        SyntheticEvent failure = failed("DIAGNOSTIC", 3, "ORDER-1");
        SyntheticEvent ofAnotherOrder = failed("DIAGNOSTIC", 4.5, "ORDER-1");
        scene.happens(story.event("radiology.imaging-acquired DIAGNOSTIC"));

        scene.happens(failure, ofAnotherOrder);

        assertThat(List.of(scene.outcome(failure), scene.outcome(ofAnotherOrder)))
                .containsOnly("APPLIED");
        assertThat(scene.openTasks(caseId))
                .contains("Task_ReportBaseImages")
                .doesNotContain("Task_ReorderBaseImages", "Task_AcquireBaseImages");
        assertThat(scene.milestones(caseId)).doesNotContainKey("path-x-01");

        scene.happens(story.event("radiology.imaging-reported DIAGNOSTIC"));
        SyntheticEvent tooLate = failed("DIAGNOSTIC", 3.25, "ORDER-1");
        scene.happens(tooLate);
        assertThat(scene.outcome(tooLate)).isEqualTo("PARKED");
        scene.hasHappened(story.before("coordination.meeting-scheduled"));
        assertThat(scene.openTasks(caseId)).containsExactly("Task_ScheduleBoard");
    }

    @Test
    void countsAFailureOnceHoweverOftenItIsTold() {
        begins(Urgency.STANDARD);
        triaged();
        SyntheticEvent failure = failed("PERFUSION", 3, "PERF-1");
        SyntheticEvent toldAgain = failed("PERFUSION", 3, "PERF-1");

        scene.happens(failure, failure, toldAgain);
        assertThat(scene.outcome(toldAgain)).isEqualTo("PARKED");
        scene.happens(step("reorder-advanced-images", 4, data -> data.put("reordered", true)));

        assertThat(scene.outcome(toldAgain)).isEqualTo("APPLIED");
        assertThat(scene.openTasks(caseId))
                .contains("Task_AcquireAdvancedImages")
                .doesNotContain("Task_ReorderAdvancedImages", "Task_DecideFailedAdvancedImages");
    }

    @Test
    void ordersAgainWhatTurnsOutUselessWhenItIsRead() {
        triaged();
        SyntheticEvent images = story.event("radiology.imaging-acquired DIAGNOSTIC");
        scene.happens(images);

        scene.happens(failed("DIAGNOSTIC", 4.5, images.data().get("orderRef").asText()));

        assertThat(scene.openTasks(caseId))
                .contains("Task_ReorderBaseImages")
                .doesNotContain("Task_ReportBaseImages", "Task_AcquireBaseImages");
    }

    @Test
    void knowsOfAFailureThatWasToldBeforeTriage() {
        SyntheticEvent failure = failed("DIAGNOSTIC", 1, "ORDER-1");
        scene.happens(story.all().get(0));
        scene.happens(failure);
        assertThat(scene.outcome(failure)).isEqualTo("PARKED");

        triaged();

        assertThat(scene.outcome(failure)).isEqualTo("APPLIED");
        assertThat(scene.openTasks(caseId)).contains("Task_ReorderBaseImages");
    }

    @Test
    void keepsTheOrderOfBaseImagesOpenWhenTheChairWaivesTheRest() {
        begins(Urgency.STANDARD);
        triaged();
        scene.happens(failed("DIAGNOSTIC", 3, "ORDER-1"));

        scene.byHand(caseId, "Task_WaiveMissingItems", Map.of("choice", "WAIVE", "reason", "CLINICAL_COURSE"));

        assertThat(scene.openTasks(caseId)).containsExactly("Task_ReorderBaseImages");
        scene.byHand(caseId, "Task_ReorderBaseImages", Map.of("reordered", true));
        assertThat(scene.openTasks(caseId)).containsExactly("Task_AcquireBaseImages");
    }

    @Test
    void asksForMissingDosesAndLetsTheBoardDecideWithAFlag() {
        dosesAreIncomplete();
        scene.hasHappened(story.before("radiation-oncology.prior-radiotherapy-retrieved"));
        scene.happens(story.event("radiation-oncology.prior-radiotherapy-retrieved"));
        assertThat(scene.openTasks(caseId)).contains("Task_RequestPriorDose");
        assertThat(scene.milestones(caseId))
                .containsEntry("path-x-02", at(6))
                .containsEntry("prior-dose-missing", at(6));

        scene.hasHappened(story.before("coordination.meeting-scheduled"));
        assertThat(scene.openTasks(caseId)).containsExactly("Task_RequestPriorDose", "Task_ScheduleBoard");
        scene.hasHappened(story.before("patient-informed"));

        assertThat(scene.openTasks(caseId))
                .contains("Task_RetrieveOutstandingRadiotherapy")
                .doesNotContain("Task_RequestPriorDose");
        assertThat(missingRecords("board-convened")).containsOnly(List.of("PRIOR_DOSE"));
        assertThat(missingRecords("decision-signed")).containsOnly(List.of("PRIOR_DOSE"));
    }

    @Test
    void asksNobodyTwiceForTheSameRecords() {
        dosesAreIncomplete();
        story = story.with("case-summary", summary -> summary.put("priorPathologyMissing", true));
        scene.hasHappened(story.before("case-summary"));
        scene.happens(step("request-prior-dose", 12, data -> data.put("requested", true)));
        assertThat(scene.openTasks(caseId)).doesNotContain("Task_RequestPriorDose");

        scene.happens(story.event("case-summary"));

        assertThat(scene.openTasks(caseId)).containsExactly("Task_RequestPriorPathology", "Task_ScheduleBoard");
        scene.byHand(caseId, "Task_RequestPriorPathology", Map.of("requested", true));
        scene.happens(story.event("coordination.meeting-scheduled"));
        assertThat(scene.openTasks(caseId)).containsExactly("Task_RecordAttendance");
        assertThat(missingRecords("board-convened")).containsOnly(List.of("PRIOR_DOSE", "PRIOR_PATHOLOGY"));
    }

    @Test
    void flagsPathologyThatIsMissingAndForgetsItWhenTheNextSummaryHasIt() {
        story = story.with("case-summary", summary -> summary.put("priorPathologyMissing", true));
        SyntheticEvent refused = step("request-prior-pathology", 14, data -> data.put("requested", false));
        scene.hasHappened(story.without("patient-preference").before("coordination.meeting-scheduled"));
        assertThat(scene.openTasks(caseId)).contains("Task_RequestPriorPathology", "Task_AskPatientPreference");
        scene.happens(refused);
        assertThat(scene.outcome(refused)).isEqualTo("REFUSED");
        scene.byHand(caseId, "Task_RequestPriorPathology", Map.of("requested", true));
        scene.happens(story.event("patient-preference"));
        scene.happens(
                story.event("coordination.meeting-scheduled"),
                story.event("coordination.attendance-recorded"),
                story.again("coordination.case-discussed", at(19), discussion -> discussion.put("result", "DEFERRED")));

        scene.happens(story.again("case-summary", at(21), summary -> summary.remove("priorPathologyMissing")));
        scene.happens(
                story.again("coordination.meeting-scheduled", at(22), meeting -> meeting.put("meetingRef", "MTG-2")));

        assertThat(missingRecords("board-convened")).containsOnly(List.of("PRIOR_PATHOLOGY"), List.of());
    }

    @Test
    void takesTheFlagAwayWhenTheDosesComeBeforeTheDiscussion() {
        dosesAreIncomplete();
        SyntheticEvent complete = story.again(
                "radiation-oncology.prior-radiotherapy-retrieved", at(12), doses -> doses.put("complete", true));
        scene.hasHappened(story.before("coordination.meeting-scheduled"));
        scene.happens(story.event("coordination.meeting-scheduled"));
        scene.byHand(caseId, "Task_RequestPriorDose", Map.of("requested", true));

        scene.happens(complete);

        assertThat(scene.outcome(complete)).isEqualTo("APPLIED");
        scene.hasHappened(story.before("patient-informed"));
        assertThat(missingRecords("decision-signed")).containsOnly(List.of());
        assertThat(scene.openTasks(caseId))
                .contains("Task_InformPatient")
                .doesNotContain("Task_RetrieveOutstandingRadiotherapy", "Task_RequestPriorDose");
    }

    @Test
    void asksForNewImagesWhenTheProtocolNoLongerHolds() {
        scene.hasHappened(story.before("patient-informed"));

        preparesAgainAfter("OUT_OF_PROTOCOL");

        assertThat(scene.openTasks(caseId))
                .contains("Task_AcquireBaseImages", "Task_WriteCaseSummary", "Task_WaiveMissingItems")
                .doesNotContain(
                        "Task_AcquireAdvancedImages", "Task_RetrievePriorRadiotherapy", "Task_AssessResectability");
        scene.happens(story.again("radiology.imaging-acquired DIAGNOSTIC", at(30)));
        scene.byHand(caseId, "Task_WaiveMissingItems", Map.of("choice", "WAIVE", "reason", "SUMMARY_KNOWN"));
        assertThat(scene.openTasks(caseId)).contains("Task_ReportBaseImages").doesNotContain("Task_AcquireBaseImages");
        scene.happens(story.again("radiology.imaging-reported DIAGNOSTIC", at(31)));
        assertThat(scene.openTasks(caseId)).doesNotContain("Task_ReportBaseImages");
        assertThat(scene.milestones(caseId)).containsEntry("case-ready", at(31));
    }

    @Test
    void asksForNothingThatIsStillValidWhenItComesBackToTheBoard() {
        scene.hasHappened(story.before("patient-informed"));

        preparesAgainAfter("UNFIT");

        assertThat(scene.openTasks(caseId))
                .contains("Task_WriteCaseSummary", "Task_WaiveMissingItems")
                .doesNotContain("Task_AcquireBaseImages", "Task_ReportBaseImages", "Task_AcquireAdvancedImages");
    }

    /** The preparation of the next round, as the pathway starts it with what is known. */
    private void preparesAgainAfter(String reason) {
        Map<String, Object> known = new HashMap<>();
        known.put("caseId", caseId.value());
        known.put("caseUrgency", "URGENT");
        known.put("preparationRound", 1L);
        known.put("backToBoard", reason);
        known.put("boardOutcome", "PREOP_SRS_RESECTION");
        known.put("triageAccepted", true);
        known.put("triagedAt", at(2).toString());
        known.put("baseImagingAt", at(4).toString());
        known.put("baseReportAt", at(5).toString());
        known.put("advancedReportAt", at(9).toString());
        known.put("advancedImagingRound", 0L);
        known.put("priorRadiotherapyAt", at(6).toString());
        known.put("systemicStatusAt", at(8).toString());
        known.put("resectabilityAt", at(10).toString());
        known.put("patientPreferenceAt", at(11).toString());
        known.put("caseSummaryAt", at(14).toString());
        known.put("caseSummaryRound", 0L);
        runtime.startProcessInstanceByKey("case-preparation", caseId.value(), known);
    }

    private void begins(Urgency urgency) {
        story = Story.of(scene.aCase(urgency, DETECTED));
        caseId = story.caseId();
    }

    private void triaged() {
        scene.hasHappened(story.before("DIAGNOSTIC"));
    }

    private void dosesAreIncomplete() {
        story = story.with("radiation-oncology.prior-radiotherapy-retrieved", doses -> doses.put("complete", false));
    }

    private SyntheticEvent failed(String purpose, double hour, String order) {
        return story.further("radiology.imaging-failed", at(hour), facts -> facts.put("purpose", purpose)
                .put("orderRef", order)
                .put("reason", "SCANNER_UNAVAILABLE"));
    }

    private SyntheticEvent step(String name, double hour, Consumer<ObjectNode> found) {
        return story.further(
                "coordination.step-completed",
                at(hour),
                facts -> found.accept(facts.put("step", name).putObject("data")));
    }

    private List<String> toldRadiologyAbout(String step) {
        return notifications.about(caseId).stream()
                .filter(told -> told.department().equals("radiology")
                        && told.payload().path("step").asText().equals(step))
                .map(Notifications.Received::name)
                .toList();
    }

    private List<List<String>> missingRecords(String notification) {
        scene.awaitSent();
        return notifications.about(caseId).stream()
                .filter(told -> told.name().equals(notification))
                .map(told -> texts(told.payload().path("missingRecords")))
                .toList();
    }

    private List<String> milestonesOnTheCasePage() {
        return scene.caseFromApi(caseId).path("milestones").findValuesAsText("name");
    }

    private static List<String> texts(JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false)
                .map(JsonNode::asText)
                .toList();
    }

    private static Instant at(double hour) {
        return DETECTED.plus(Duration.ofSeconds(Math.round(hour * 3600)));
    }
}
