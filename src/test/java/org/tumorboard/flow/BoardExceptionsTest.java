package org.tumorboard.flow;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.camunda.bpm.engine.RuntimeService;
import org.camunda.bpm.engine.runtime.ProcessInstance;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.tumorboard.EngineTest;
import org.tumorboard.embedded.SyntheticEvent;
import org.tumorboard.event.CaseId;
import org.tumorboard.event.Urgency;
import org.tumorboard.sla.ClockState;

/** Boards without quorum and meetings that are cancelled, ratification, and the versions of decisions. */
@EngineTest
class BoardExceptionsTest {

    private static final Instant DETECTED = Instant.parse("2025-06-22T08:00:00Z");
    private static final String QUORUM = "quorum";
    private static final String RATIFICATION = "ratification";

    @Autowired
    Scene scene;

    @Autowired
    Notifications notifications;

    @Autowired
    RuntimeService runtime;

    private Story story;
    private CaseId caseId;

    @BeforeEach
    void anUrgentCase() {
        scene.resetTimeTo(DETECTED);
        begins(Urgency.URGENT);
    }

    @Test
    void looksForDeputiesWhereTheQuorumIsMissing() {
        convene();

        attend(1, 18, "radiation-oncology", "radiology");

        assertThat(scene.openTasks(caseId)).containsExactly("Task_FindDeputies");
        assertThat(scene.milestones(caseId)).containsEntry("path-x-03", at(18)).containsEntry("quorum-missing", at(18));
        assertThat(scene.clock(caseId, QUORUM).latestAt()).isEqualTo(at(22));
        attend(1, 19, "neurosurgery", "radiation-oncology", "radiology");
        assertThat(scene.openTasks(caseId)).containsExactly("Task_DiscussCase");
        assertThat(scene.milestones(caseId)).containsEntry("quorum-present", at(19));
        assertThat(scene.state(caseId, QUORUM)).isEqualTo(ClockState.MET);
        assertThat(scene.clock(caseId, QUORUM).elapsed()).isEqualTo(Duration.ofHours(1));
        scene.awaitSent();
        assertThat(told("quorum-missing"))
                .isNotEmpty()
                .allSatisfy(told -> assertThat(told.path("meetingRef").asText()).isEqualTo("MTG-1"));
    }

    @Test
    void callsByTelephoneWhereDeputiesDoNotSuffice() {
        convene();
        attend(1, 18, "radiology");
        attend(1, 18.5, "radiation-oncology", "radiology");
        assertThat(scene.openTasks(caseId)).containsExactly("Task_CallTelephoneQuorum");

        scene.byHand(
                caseId,
                "Task_CallTelephoneQuorum",
                Map.of(
                        "disciplines_neurosurgery", true,
                        "disciplines_radiation_oncology", true,
                        "disciplines_radiology", true,
                        "occurredAt", at(18.5).plusSeconds(1).toString()));

        assertThat(scene.openTasks(caseId)).containsExactly("Task_DiscussCase");
    }

    @Test
    void leavesOneDisciplineThatDeputiesDoNotCoverToTheChair() {
        convene();
        attend(1, 18, "radiology");

        attend(1, 18.5, "neurosurgery", "radiation-oncology");

        assertThat(scene.openTasks(caseId)).containsExactly("Task_WaiveDiscipline");
        scene.byHand(caseId, "Task_WaiveDiscipline", Map.of("choice", "WAIVE", "reason", "REPORT_AVAILABLE"));
        assertThat(scene.openTasks(caseId)).containsExactly("Task_DiscussCase");
    }

    @Test
    void letsTheChairConveneWhereNobodyCanBeReached() {
        convene();
        attend(1, 18, "radiology");
        attend(1, 18.5, "radiology", "radiation-oncology");
        attend(1, 19, "radiology", "radiation-oncology", "oncology");
        assertThat(scene.openTasks(caseId)).containsExactly("Task_ConveneMiniBoard");

        scene.happens(meeting(2, 19.5, "MINI"));

        assertThat(scene.openTasks(caseId)).containsExactly("Task_RecordAttendance");
        attend(2, 20, "neurosurgery", "radiation-oncology", "radiology");
        assertThat(scene.openTasks(caseId)).containsExactly("Task_DiscussCase");
        assertThat(scene.clock(caseId, QUORUM).elapsed()).isEqualTo(Duration.ofHours(2));
        scene.happens(
                discussion(2, 20.5, "DECIDED"),
                story.again("radiation-oncology.step-completed", at(21)),
                story.again("neurosurgery.step-completed", at(21)),
                story.event("coordination.decision-signed").at(at(21.5)));
        assertThat(scene.openTasks(caseId)).as("a mini-board is ratified").contains("Task_RatifyDecision");
    }

    @Test
    void waitsFourHoursForTheQuorumOfAnUrgentBoard() {
        convene();
        attend(1, 18, "radiation-oncology", "radiology");

        scene.timeIs(at(22).minusSeconds(1));
        assertThat(scene.openTasks(caseId)).containsExactly("Task_FindDeputies");
        scene.timeIs(at(22));

        assertThat(scene.openTasks(caseId)).containsExactly("Task_ConveneMiniBoard");
        scene.byHand(
                caseId,
                "Task_ConveneMiniBoard",
                Map.of("meetingRef", "MTG-2", "startAt", at(22.5).toString(), "kind", "MINI"));
        assertThat(scene.openTasks(caseId)).containsExactly("Task_RecordAttendance");
    }

    @Test
    void waitsHalfAnHourForTheQuorumOfAnEmergency() {
        begins(Urgency.EMERGENCY);
        convene();
        attend(1, 18, "neurosurgery", "radiology");
        attend(1, 18.25, "neurosurgery", "radiology", "oncology");

        scene.timeIs(at(18.5).minusSeconds(1));
        assertThat(scene.openTasks(caseId)).containsExactly("Task_CallTelephoneQuorum");
        scene.timeIs(at(18.5));

        assertThat(scene.openTasks(caseId)).containsExactly("Task_ConveneMiniBoard");
    }

    @Test
    void asksTheChairAtOnceWhereTheLackOfAQuorumIsToldTooLate() {
        convene();
        scene.timeIs(at(23));

        scene.said(attendance(1, 18, "radiology"));
        scene.fireTimers();

        assertThat(scene.openTasks(caseId)).containsExactly("Task_ConveneMiniBoard");
    }

    @Test
    void takesTheNextSlotForAStandardCaseAtOnce() {
        begins(Urgency.STANDARD);
        convene();

        attend(1, 18, "neurosurgery", "radiology");

        assertThat(scene.openTasks(caseId)).containsExactly("Task_ScheduleBoard");
        assertThat(scene.milestones(caseId)).containsEntry("path-x-03", at(18));
        scene.happens(meeting(2, 19, "REGULAR"));
        SyntheticEvent cancellation = cancelled(2, 20);
        scene.happens(cancellation);
        assertThat(scene.outcome(cancellation)).isEqualTo("APPLIED");
        assertThat(scene.openTasks(caseId)).containsExactly("Task_ScheduleBoard");
    }

    @Test
    void countsAnAttendanceOnceHoweverOftenItIsTold() {
        convene();
        attend(1, 18, "radiology");
        SyntheticEvent again = attendance(1, 18, "radiology");

        scene.happens(again);
        assertThat(scene.openTasks(caseId)).containsExactly("Task_FindDeputies");

        attend(1, 18.5, "radiology", "oncology");
        assertThat(scene.openTasks(caseId)).containsExactly("Task_CallTelephoneQuorum");
        scene.happens(attendance(1, 17.75, "radiology"));
        assertThat(scene.openTasks(caseId)).containsExactly("Task_CallTelephoneQuorum");
    }

    @Test
    void recoversACancelledMeetingAndForgetsItsCancellation() {
        convene();
        SyntheticEvent ofAnother = cancelled(7, 16);
        SyntheticEvent cancellation = cancelled(1, 17);

        scene.happens(ofAnother);
        assertThat(scene.openTasks(caseId)).containsExactly("Task_RecordAttendance");
        scene.happens(cancellation);

        assertThat(scene.outcome(cancellation)).isEqualTo("APPLIED");
        assertThat(scene.openTasks(caseId)).containsExactly("Task_FindDeputies");
        assertThat(scene.milestones(caseId))
                .containsEntry("meeting-cancelled", at(17))
                .containsEntry("quorum-missing", at(17));
        attend(1, 18, "neurosurgery", "radiation-oncology", "radiology");
        SyntheticEvent toldAgain = cancelled(1, 17);
        scene.happens(toldAgain);
        assertThat(scene.outcome(toldAgain)).isEqualTo("PARKED");
        assertThat(scene.outcome(ofAnother)).isEqualTo("PARKED");
        assertThat(scene.openTasks(caseId)).containsExactly("Task_DiscussCase");
    }

    @Test
    void goesOnLookingForAQuorumWhereTheMeetingIsCancelledMeanwhile() {
        convene();
        attend(1, 18, "radiology");
        SyntheticEvent cancellation = cancelled(1, 18.25);

        scene.happens(cancellation);

        assertThat(scene.outcome(cancellation)).isEqualTo("APPLIED");
        assertThat(scene.openTasks(caseId)).containsExactly("Task_FindDeputies");
        attend(1, 18.5, "neurosurgery", "radiation-oncology", "radiology");
        assertThat(scene.openTasks(caseId)).containsExactly("Task_DiscussCase");
        assertThat(scene.clock(caseId, QUORUM).elapsed()).isEqualTo(Duration.ofMinutes(30));
    }

    @Test
    void knowsOfACancellationThatComesBeforeItsMeeting() {
        scene.hasHappened(story.before("coordination.meeting-scheduled"));
        SyntheticEvent cancellation = cancelled(1, 17);
        scene.timeIs(at(17));
        scene.said(cancellation);
        assertThat(scene.outcome(cancellation)).isEqualTo("PARKED");

        scene.said(meeting(1, 15, "URGENT"));

        assertThat(scene.outcome(cancellation)).isEqualTo("APPLIED");
        assertThat(scene.openTasks(caseId)).containsExactly("Task_FindDeputies");
    }

    @Test
    void takesACancellationUntilTheCaseIsDiscussed() {
        convene();
        attend(1, 18, "neurosurgery", "radiation-oncology", "radiology");

        scene.happens(cancelled(1, 18.25));

        assertThat(scene.openTasks(caseId)).containsExactly("Task_FindDeputies");
        assertThat(scene.state(caseId, QUORUM))
                .as("the quorum that was there does not count any more")
                .isEqualTo(ClockState.RUNNING);
        attend(1, 18.5, "neurosurgery", "radiation-oncology", "radiology");
        scene.happens(discussion(1, 19, "DECIDED"));
        SyntheticEvent tooLate = cancelled(1, 19.5);
        scene.happens(tooLate);
        assertThat(scene.outcome(tooLate)).isEqualTo("PARKED");
        assertThat(scene.openTasks(caseId))
                .containsExactly("Task_AssessRadiationEligibility", "Task_AssessSurgicalEligibility");
    }

    @Test
    void mayMeetWithoutRadiologyButNeverWithoutNeurosurgery() {
        convene();
        attend(1, 18, "neurosurgery", "radiation-oncology", "oncology");
        assertThat(scene.openTasks(caseId)).containsExactly("Task_WaiveDiscipline");
        scene.byHand(caseId, "Task_WaiveDiscipline", Map.of("choice", "WAIVE", "reason", "REPORT_AVAILABLE"));
        assertThat(scene.openTasks(caseId)).containsExactly("Task_DiscussCase");
        scene.happens(discussion(1, 18.5, "DEFERRED"), story.again("case-summary", at(20)), meeting(2, 21, "URGENT"));

        attend(2, 22, "radiation-oncology", "radiology", "oncology", "pathology");

        assertThat(scene.openTasks(caseId)).containsExactly("Task_FindDeputies");
        SyntheticEvent waiver =
                story.further("coordination.step-completed", at(22.25), facts -> facts.put("step", "quorum-waiver")
                        .putObject("data")
                        .put("choice", "WAIVE")
                        .put("reason", "NOBODY_THERE"));
        scene.happens(waiver);
        assertThat(scene.outcome(waiver)).isNotEqualTo("APPLIED");
        assertThat(scene.openTasks(caseId)).containsExactly("Task_FindDeputies");
    }

    @Test
    void isRatifiedWithinADay() {
        scene.hasHappened(story.without(RATIFICATION).before("patient-informed"));
        assertThat(scene.clock(caseId, RATIFICATION).startedAt()).isEqualTo(at(20));
        assertThat(scene.clock(caseId, RATIFICATION).latestAt()).isEqualTo(at(44));
        assertThat(scene.task(caseId, "Task_RatifyDecision").getDueDate()).isEqualTo(at(44));
        SyntheticEvent refused = ratification(23, false);
        scene.happens(refused);
        assertThat(scene.outcome(refused)).isEqualTo("REFUSED");

        SyntheticEvent ratified = ratification(24, true);
        scene.happens(ratified, ratified);

        assertThat(scene.state(caseId, RATIFICATION)).isEqualTo(ClockState.MET);
        assertThat(scene.clock(caseId, RATIFICATION).elapsed()).isEqualTo(Duration.ofHours(4));
        SyntheticEvent again = ratification(24, true);
        scene.happens(again);
        assertThat(scene.outcome(again)).isEqualTo("ALREADY_DONE");
    }

    @Test
    void announcesARatificationThatIsLate() {
        scene.hasHappened(story.without(RATIFICATION).before("patient-informed"));

        scene.timePasses(caseId, at(44).plusSeconds(1));
        assertThat(scene.state(caseId, RATIFICATION)).isEqualTo(ClockState.BREACHED);
        scene.happens(ratification(45, true));

        assertThat(scene.state(caseId, RATIFICATION)).isEqualTo(ClockState.MET_LATE);
    }

    @Test
    void countsDecisionsOnWhenTheCaseComesBackHoweverLateTheFirstIsRatified() {
        scene.hasHappened(story.without(RATIFICATION).before("patient-informed"));
        isSentBack("UNFIT");
        assertThat(scene.openTasks(caseId)).contains("Task_WriteCaseSummary", "Task_RatifyDecision");

        scene.happens(story.again("case-summary", at(30)), meeting(2, 31, "REGULAR"));
        attend(2, 32, "neurosurgery", "radiation-oncology", "radiology", "oncology", "pathology");
        scene.happens(
                discussion(2, 33, "DECIDED"),
                story.again("radiation-oncology.step-completed", at(33.5)),
                story.again("neurosurgery.step-completed", at(33.5)));
        SyntheticEvent overtaken = story.again("coordination.decision-signed", at(34));
        SyntheticEvent second =
                story.again("coordination.decision-signed", at(34.5), decision -> decision.put("version", 2)
                        .put("signedAt", at(34.5).toString()));
        scene.happens(overtaken, second);
        assertThat(scene.outcome(overtaken)).isEqualTo("ALREADY_DONE");
        assertThat(scene.outcome(second)).isEqualTo("APPLIED");
        scene.happens(ratification(36, true));

        assertThat(pathwayVariable("decisionVersion")).isEqualTo(2L);
        assertThat(pathwayVariable("boardDecidedAt")).isEqualTo(at(34.5).toString());
        assertThat(scene.status(caseId)).isEqualTo("COORDINATING");
    }

    /** As the treatment does it when it cannot go on. */
    private void isSentBack(String reason) {
        ProcessInstance pathway = pathway();
        runtime.setVariable(pathway.getId(), "backToBoard", reason);
        runtime.createProcessInstanceModification(pathway.getId())
                .cancelAllForActivity("Activity_CoordinateTreatment")
                .startBeforeActivity("Task_ReleaseForBoard")
                .execute();
    }

    private Object pathwayVariable(String name) {
        return runtime.getVariable(pathway().getId(), name);
    }

    private ProcessInstance pathway() {
        return runtime.createProcessInstanceQuery()
                .processInstanceBusinessKey(caseId.value())
                .processDefinitionKey("recurrence-pathway")
                .singleResult();
    }

    private void begins(Urgency urgency) {
        story = Story.of(scene.aCase(urgency, DETECTED));
        caseId = story.caseId();
    }

    private void convene() {
        scene.hasHappened(story.before("coordination.meeting-scheduled"));
        scene.happens(meeting(1, 15, "URGENT"));
    }

    private SyntheticEvent meeting(int number, double hour, String kind) {
        return story.again(
                "coordination.meeting-scheduled", at(hour), meeting -> meeting.put("meetingRef", "MTG-" + number)
                        .put("startAt", at(hour + 1).toString())
                        .put("kind", kind));
    }

    private SyntheticEvent cancelled(int number, double hour) {
        return story.further(
                "coordination.meeting-cancelled", at(hour), meeting -> meeting.put("meetingRef", "MTG-" + number)
                        .put("startAt", at(18).toString())
                        .put("kind", "URGENT"));
    }

    private void attend(int number, double hour, String... present) {
        scene.happens(attendance(number, hour, present));
    }

    private SyntheticEvent attendance(int number, double hour, String... present) {
        return story.again("coordination.attendance-recorded", at(hour), attendance -> {
            attendance.put("meetingRef", "MTG-" + number);
            var disciplines = attendance.putArray("disciplines");
            List.of(present).forEach(disciplines::add);
        });
    }

    private SyntheticEvent discussion(int number, double hour, String result) {
        return story.again("coordination.case-discussed", at(hour), discussion -> discussion
                .put("meetingRef", "MTG-" + number)
                .put("result", result));
    }

    private SyntheticEvent ratification(double hour, boolean ratified) {
        return story.further("coordination.step-completed", at(hour), facts -> facts.put("step", RATIFICATION)
                .putObject("data")
                .put("ratified", ratified));
    }

    private List<JsonNode> told(String notification) {
        return notifications.about(caseId).stream()
                .filter(told -> told.name().equals(notification))
                .map(Notifications.Received::payload)
                .toList();
    }

    private static Instant at(double hour) {
        return DETECTED.plusSeconds(Math.round(hour * 3600));
    }
}
