package org.tumorboard.flow;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.tumorboard.EngineTest;
import org.tumorboard.embedded.SyntheticEvent;
import org.tumorboard.event.CaseId;
import org.tumorboard.event.Urgency;

/** What a case needs before the board may see it, how urgent it is, and what the chair may do without. */
@EngineTest
class PreparationTest {

    private static final Instant DETECTED = Instant.parse("2025-04-06T08:00:00Z");

    @Autowired
    Scene scene;

    @Autowired
    Notifications notifications;

    private Story story;
    private CaseId caseId;

    @BeforeEach
    void time() {
        scene.resetTimeTo(DETECTED);
        begins(Urgency.URGENT);
    }

    @Test
    void asksAnUrgentCaseForEverything() {
        scene.hasHappened(story.before("DIAGNOSTIC"));

        assertThat(scene.openTasks(caseId))
                .containsExactlyInAnyOrder(
                        "Task_AcquireBaseImages",
                        "Task_AcquireAdvancedImages",
                        "Task_RetrievePriorRadiotherapy",
                        "Task_RecordSystemicStatus",
                        "Task_AssessResectability",
                        "Task_AskPatientPreference",
                        "Task_WriteCaseSummary",
                        "Task_WaiveMissingItems");
    }

    @Test
    void asksAnEmergencyForNothingThatItCannotWaitFor() {
        begins(Urgency.EMERGENCY);

        scene.hasHappened(story.before("DIAGNOSTIC"));

        assertThat(scene.openTasks(caseId))
                .doesNotContain("Task_AcquireAdvancedImages", "Task_RecordSystemicStatus")
                .contains("Task_AcquireBaseImages", "Task_RetrievePriorRadiotherapy");
    }

    @Test
    void raisesTheUrgencyByTheFindingsAndTellsThoseWhomAnEmergencyConcerns() {
        begins(Urgency.STANDARD);
        story = story.with("neurosurgery.triage-completed", triage -> triage.putArray("findings")
                .add("HERNIATION"));

        scene.hasHappened(story.before("DIAGNOSTIC"));

        scene.awaitSent();
        assertThat(scene.caseFromApi(caseId).path("urgency").asText()).isEqualTo("EMERGENCY");
        assertThat(notifications.about(caseId))
                .filteredOn(told -> told.name().equals("urgency-changed"))
                .extracting(Notifications.Received::department)
                .containsExactlyInAnyOrder(
                        "coordination",
                        "neurosurgery",
                        "radiation-oncology",
                        "anaesthesia",
                        "intensive-care",
                        "operating-room");
    }

    @Test
    void tellsNobodyOfAnUrgencyThatTriageConfirms() {
        begins(Urgency.STANDARD);

        scene.hasHappened(story.before("DIAGNOSTIC"));

        scene.awaitSent();
        assertThat(scene.caseFromApi(caseId).path("urgency").asText()).isEqualTo("STANDARD");
        assertThat(notifications.about(caseId))
                .extracting(Notifications.Received::name)
                .contains("case-opened")
                .doesNotContain("urgency-changed");
    }

    @Test
    void goesOnWithoutWhatTheChairWaives() {
        scene.hasHappened(story.without("PERFUSION", "patient-preference", "case-summary")
                .before("coordination.meeting-scheduled"));
        scene.byHand(caseId, "Task_WaiveMissingItems", Map.of("choice", "WAIT", "reason", "IMAGING_TODAY"));
        assertThat(scene.openTasks(caseId)).contains("Task_WaiveMissingItems", "Task_AcquireAdvancedImages");

        SyntheticEvent waiver = waiver(at(13));
        scene.happens(waiver);

        assertThat(scene.outcome(waiver)).isEqualTo("APPLIED");
        assertThat(scene.openTasks(caseId)).containsExactly("Task_ScheduleBoard");
        assertThat(scene.milestones(caseId)).containsEntry("case-ready", at(13));
    }

    @Test
    void neverWaivesTheBaseImages() {
        scene.hasHappened(story.before("DIAGNOSTIC"));

        scene.happens(waiver(at(3)));

        assertThat(scene.openTasks(caseId)).containsExactly("Task_AcquireBaseImages");
        scene.happens(story.event("radiology.imaging-acquired DIAGNOSTIC"));
        scene.happens(story.event("radiology.imaging-reported DIAGNOSTIC"));
        assertThat(scene.openTasks(caseId)).containsExactly("Task_ScheduleBoard");
    }

    @Test
    void asksOnlyForTheReportOfImagesThatAreThere() {
        scene.hasHappened(story.before("radiology.imaging-reported DIAGNOSTIC"));

        scene.happens(waiver(at(4.5)));

        assertThat(scene.openTasks(caseId)).containsExactly("Task_ReportBaseImages");
        scene.happens(story.event("radiology.imaging-reported DIAGNOSTIC"));
        assertThat(scene.openTasks(caseId)).containsExactly("Task_ScheduleBoard");
    }

    @Test
    void asksForNewBaseImagesWhereTheyAreTooOld() {
        story = story.at("radiology.imaging-acquired DIAGNOSTIC", DETECTED.minus(Duration.ofDays(20)))
                .at("radiology.imaging-reported DIAGNOSTIC", DETECTED.minus(Duration.ofDays(19)));
        scene.hasHappened(story.before("coordination.meeting-scheduled"));
        assertThat(scene.openTasks(caseId)).containsExactly("Task_AcquireBaseImages");

        scene.happens(story.again("radiology.imaging-acquired DIAGNOSTIC", at(15)));
        assertThat(scene.openTasks(caseId)).containsExactly("Task_ReportBaseImages");
        scene.happens(story.again("radiology.imaging-reported DIAGNOSTIC", at(16)));

        assertThat(scene.openTasks(caseId)).containsExactly("Task_ScheduleBoard");
        assertThat(scene.milestones(caseId)).containsEntry("case-ready", at(16));
    }

    private void begins(Urgency urgency) {
        story = Story.of(scene.aCase(urgency, DETECTED));
        caseId = story.caseId();
    }

    private SyntheticEvent waiver(Instant time) {
        return story.further("coordination.step-completed", time, facts -> facts.put("step", "case-waiver")
                .putObject("data")
                .put("choice", "WAIVE")
                .put("reason", "CLINICAL_COURSE"));
    }

    private static Instant at(double hour) {
        return DETECTED.plusSeconds(Math.round(hour * 3600));
    }
}
