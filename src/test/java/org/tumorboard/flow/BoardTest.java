package org.tumorboard.flow;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.tumorboard.EngineTest;
import org.tumorboard.embedded.SyntheticEvent;
import org.tumorboard.event.CaseId;
import org.tumorboard.event.Urgency;

/** Who must be there, what the board may decide, and what becomes of a case that it sends back. */
@EngineTest
class BoardTest {

    private static final Instant DETECTED = Instant.parse("2025-04-13T08:00:00Z");

    @Autowired
    Scene scene;

    @Autowired
    Notifications notifications;

    private Story story;
    private CaseId caseId;

    @BeforeEach
    void anUrgentCase() {
        scene.resetTimeTo(DETECTED);
        story = Story.of(scene.urgentCase(DETECTED));
        caseId = story.caseId();
    }

    @Test
    void preparesACaseAgainThatIsDeferred() {
        scene.hasHappened(story.before("coordination.meeting-scheduled"));

        meets(1, 18, "DEFERRED");

        assertThat(scene.status(caseId)).isEqualTo("PREPARING");
        assertThat(scene.openTasks(caseId)).containsExactly("Task_WaiveMissingItems", "Task_WriteCaseSummary");
        scene.happens(story.again("case-summary", at(20)));
        assertThat(scene.openTasks(caseId)).containsExactly("Task_ScheduleBoard");
        assertThat(scene.milestones(caseId)).containsEntry("case-ready", at(20));
    }

    @Test
    void leavesTheThirdDeferralToCoordination() {
        scene.hasHappened(story.before("coordination.meeting-scheduled"));
        for (int round = 1; round <= 2; round++) {
            meets(round, 18 * round, "DEFERRED");
            scene.happens(story.again("case-summary", at(18 * round + 2)));
        }

        meets(3, 60, "DEFERRED");

        assertThat(scene.openTasks(caseId)).containsExactly("Task_ResolveDeferral");
        scene.byHand(caseId, "Task_ResolveDeferral", Map.of("cleared", true));
        assertThat(scene.openTasks(caseId)).containsExactly("Task_WaiveMissingItems", "Task_WriteCaseSummary");
    }

    @Test
    void asksForNewImagesWhereItWantsMoreWorkupAndDecidesThen() {
        story = new Story(scene.urgentCase(DETECTED).decidedFor("MORE_WORKUP")).without("hand-over", "ratification");
        caseId = story.caseId();

        scene.hasHappened(story.all());

        assertThat(scene.openTasks(caseId))
                .containsExactly("Task_AcquireAdvancedImages", "Task_WaiveMissingItems", "Task_WriteCaseSummary");
        scene.happens(
                story.again("radiology.imaging-acquired PERFUSION", at(22)),
                story.again("radiology.imaging-reported PERFUSION", at(23)),
                story.again("case-summary", at(24)));
        meets(2, 26, "DECIDED");
        scene.happens(
                story.again("radiation-oncology.step-completed", at(27)),
                story.again("neurosurgery.step-completed", at(27)),
                story.again("coordination.decision-signed", at(28), decision -> decision.put("version", 2)
                        .put("recommendation", "PREOP_SRS_RESECTION")
                        .put("signedAt", at(28).toString())));
        assertThat(scene.status(caseId)).isEqualTo("COORDINATING");
        assertThat(scene.milestones(caseId)).containsEntry("board-decided", at(28));
    }

    @Test
    void handsOverToAnotherTreatment() {
        story = new Story(scene.urgentCase(DETECTED).decidedFor("RESECTION_ONLY"));

        scene.happens(story.all());

        assertThat(scene.status(story.caseId())).isEqualTo("ALTERNATIVE_TREATMENT");
        assertThat(scene.openTasks(story.caseId())).isEmpty();
        assertThat(scene.outcome(story.event("ratification"))).isEqualTo("APPLIED");
    }

    @Test
    void meetsWithoutOneDisciplineIfTheChairWaivesIt() {
        convene();
        attend(1, 18, "neurosurgery", "radiation-oncology");
        assertThat(scene.openTasks(caseId)).containsExactly("Task_WaiveDiscipline");

        scene.byHand(caseId, "Task_WaiveDiscipline", Map.of("choice", "WAIVE", "reason", "REPORT_AVAILABLE"));

        assertThat(scene.openTasks(caseId)).containsExactly("Task_DiscussCase");
    }

    @Test
    void meetsAgainIfTheChairDoesNotWaive() {
        convene();
        attend(1, 18, "neurosurgery", "radiation-oncology");

        scene.byHand(caseId, "Task_WaiveDiscipline", Map.of("choice", "RECONVENE", "reason", "IMAGES_IN_DOUBT"));

        assertThat(scene.openTasks(caseId)).containsExactly("Task_ScheduleBoard");
        assertThat(meetingsWithoutQuorum()).containsOnly("MTG-1");
        scene.happens(meeting(2, 19));
        attend(2, 20, "neurosurgery", "radiation-oncology", "radiology");
        assertThat(scene.openTasks(caseId)).containsExactly("Task_DiscussCase");
    }

    @Test
    void neverMeetsWithoutNeurosurgery() {
        convene();

        attend(1, 18, "radiation-oncology", "radiology", "oncology", "pathology");

        assertThat(scene.openTasks(caseId)).containsExactly("Task_FindDeputies");
        assertThat(meetingsWithoutQuorum()).containsOnly("MTG-1");
    }

    @Test
    void doesNotWaitForTheRatificationOfAnUrgentDecision() {
        scene.hasHappened(story.before("patient-informed"));

        assertThat(scene.status(caseId)).isEqualTo("COORDINATING");
        assertThat(scene.openTasks(caseId)).contains("Task_RatifyDecision", "Task_InformPatient");
        scene.byHand(caseId, "Task_RatifyDecision", Map.of("ratified", true));
        assertThat(scene.openTasks(caseId)).contains("Task_InformPatient").doesNotContain("Task_RatifyDecision");
    }

    @Test
    void needsNoRatificationOfARegularBoard() {
        story = Story.of(scene.aCase(Urgency.STANDARD, DETECTED));

        scene.hasHappened(story.before("patient-informed"));

        assertThat(scene.openTasks(story.caseId()))
                .contains("Task_InformPatient")
                .doesNotContain("Task_RatifyDecision");
    }

    private void meets(int round, double hour, String result) {
        scene.happens(
                meeting(round, hour - 1),
                story.again(
                        "coordination.attendance-recorded",
                        at(hour),
                        attendance -> attendance.put("meetingRef", "MTG-" + round)),
                story.again("coordination.case-discussed", at(hour + 0.5), discussion -> discussion
                        .put("meetingRef", "MTG-" + round)
                        .put("result", result)));
    }

    private SyntheticEvent meeting(int round, double hour) {
        return story.again(
                "coordination.meeting-scheduled", at(hour), meeting -> meeting.put("meetingRef", "MTG-" + round)
                        .put("startAt", at(hour + 1).toString()));
    }

    private void convene() {
        scene.hasHappened(story.before("coordination.meeting-scheduled"));
        scene.happens(meeting(1, 15));
    }

    private void attend(int round, double hour, String... present) {
        scene.happens(story.again("coordination.attendance-recorded", at(hour), attendance -> {
            attendance.put("meetingRef", "MTG-" + round);
            var disciplines = attendance.putArray("disciplines");
            List.of(present).forEach(disciplines::add);
        }));
    }

    private List<String> meetingsWithoutQuorum() {
        scene.awaitSent();
        return notifications.about(caseId).stream()
                .filter(told -> told.name().equals("quorum-missing"))
                .map(told -> told.payload().path("meetingRef").asText())
                .toList();
    }

    private static Instant at(double hour) {
        return DETECTED.plusSeconds(Math.round(hour * 3600));
    }
}
