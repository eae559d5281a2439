package org.tumorboard.flow;

import static java.time.Duration.ofHours;
import static java.time.Duration.ofMinutes;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.tumorboard.EngineTest;
import org.tumorboard.embedded.SyntheticCase;
import org.tumorboard.embedded.SyntheticEvent;
import org.tumorboard.event.CaseId;
import org.tumorboard.sla.ClockState;

/** Operations that come first, are given up or were never begun, and specimens that do not arrive. */
@EngineTest
class SurgeryExceptionsTest {

    private static final Instant DETECTED = Instant.parse("2025-10-05T08:00:00Z");
    private static final String STARTED = "operating-room.surgery-started";
    private static final String ABORTED = "operating-room.surgery-aborted";
    private static final String COLLECTED = "operating-room.specimen-collected";
    private static final String RECEIVED = "pathology.specimen-received";
    private static final String PROBLEM = "pathology.specimen-problem";
    private static final String[] WAITING_FOR_SURGERY = {
        "Task_CheckNeuroStatus", "Task_CompleteChecklist", "Task_StartSurgery"
    };

    @Autowired
    Scene scene;

    @Autowired
    Notifications notifications;

    private Story story;
    private CaseId caseId;
    private Instant lastBeam;
    private Instant incision;

    @BeforeEach
    void aPatient() {
        scene.resetTimeTo(DETECTED);
        SyntheticCase patient = scene.urgentCase(DETECTED);
        story = Story.of(patient);
        caseId = story.caseId();
        lastBeam = patient.lastBeam();
        incision = patient.incision();
    }

    @Test
    void anOperationCalledOffBeforeTheIncisionIsRebookedAndTheWindowRunsOn() {
        scene.hasHappened(story.before("ward.neuro-status-recorded"));
        scene.timePasses(caseId, incision);
        SyntheticEvent calledOff = aborted(false, incision.plus(ofMinutes(5)));

        scene.happens(calledOff, calledOff);

        assertThat(scene.openTasks(caseId)).contains("Task_RebookOrSlot", "Task_StartSurgery");
        assertThat(scene.status(caseId)).isEqualTo("WINDOW_OPEN");
        assertThat(scene.clock(caseId, "resection-window").isOpen()).isTrue();
        assertThat(scene.milestones(caseId))
                .containsEntry("path-x-16", incision.plus(ofMinutes(5)))
                .doesNotContainKeys("incision", "path-x-10");
        SyntheticEvent twice = aborted(false, incision.plus(ofMinutes(6)));
        scene.happens(twice);
        assertThat(scene.outcome(twice)).isEqualTo("APPLIED");
        assertThat(scene.openTasks(caseId)).containsOnlyOnce("Task_RebookOrSlot");
        scene.happens(slot(ofHours(38), incision.plus(ofHours(1))));
        assertThat(scene.openTasks(caseId)).containsExactly(WAITING_FOR_SURGERY);

        SyntheticEvent late = aborted(false, incision.plus(ofMinutes(7)));
        scene.said(late);
        assertThat(scene.outcome(late)).isEqualTo("APPLIED");
        assertThat(scene.openTasks(caseId)).as("it was the earlier slot").containsExactly(WAITING_FOR_SURGERY);
        scene.happens(started(lastBeam.plus(ofHours(38))));
        assertThat(scene.state(caseId, "resection-window")).isEqualTo(ClockState.MET);
    }

    @Test
    void anOperationGivenUpAfterTheIncisionGoesThePostoperativeWay() {
        scene.hasHappened(story.before(COLLECTED));
        Instant givenUp = incision.plus(ofHours(1));
        SyntheticEvent abort = aborted(true, givenUp);

        scene.happens(abort);

        assertThat(scene.status(caseId)).isEqualTo("POSTOPERATIVE");
        assertThat(scene.milestones(caseId))
                .containsEntry("incision", incision)
                .containsEntry("surgery-ended", givenUp)
                .containsEntry("path-x-16", givenUp);
        assertThat(scene.clock(caseId, "postop-imaging").startedAt()).isEqualTo(givenUp);
        assertThat(scene.openTasks(caseId))
                .contains("Task_AcquirePostoperativeMri", "Task_CollectSpecimen", "Task_ConfirmNoSpecimen")
                .doesNotContain("Task_CompleteSurgery");
        scene.awaitSent();
        assertThat(notifications.about(caseId))
                .filteredOn(told -> told.name().equals("treatment-progress")
                        && told.payload().path("cause").asText().equals(ABORTED))
                .extracting(Notifications.Received::department)
                .contains("intensive-care", "pathology");
        SyntheticEvent again = aborted(true, givenUp.plusSeconds(60));
        scene.happens(again);
        assertThat(scene.status(caseId)).isEqualTo("POSTOPERATIVE");

        SyntheticEvent unexplained =
                step("operating-room", "no-specimen-confirmed", givenUp.plus(ofHours(1)), found -> {});
        scene.happens(unexplained);
        assertThat(scene.outcome(unexplained)).isEqualTo("REFUSED");
        scene.happens(step(
                "operating-room",
                "no-specimen-confirmed",
                givenUp.plus(ofHours(1)),
                found -> found.put("reason", "BLEEDING")));
        assertThat(scene.openTasks(caseId)).doesNotContain("Task_CollectSpecimen", "Task_ConfirmNoSpecimen");
        assertThat(scene.milestones(caseId)).containsEntry("specimen-unavailable", givenUp.plus(ofHours(1)));
    }

    @Test
    void aCorrectionMovesTheEndOfAnOperationThatWasGivenUp() {
        scene.hasHappened(story.before(COLLECTED));
        SyntheticEvent abort = aborted(true, incision.plus(ofHours(1)));
        Instant corrected = incision.plus(ofMinutes(40));
        scene.happens(abort);

        scene.happens(story.further(
                "operating-room.event-corrected", incision.plus(ofHours(2)), data -> data.put("reason", "TYPING_ERROR")
                        .put("occurredAt", corrected.toString())
                        .putObject("corrects")
                        .put("source", abort.source())
                        .put("id", abort.id())));

        assertThat(scene.milestones(caseId)).containsEntry("surgery-ended", corrected);
        assertThat(scene.clock(caseId, "postop-imaging").startedAt()).isEqualTo(corrected);
    }

    @Test
    void aSpecimenMayComeFromAnOperationThatWasGivenUp() {
        scene.hasHappened(story.before(COLLECTED));
        scene.happens(aborted(true, incision.plus(ofHours(3))));

        scene.happens(story.event(COLLECTED));

        assertThat(scene.openTasks(caseId))
                .contains("Task_ReceiveSpecimen")
                .doesNotContain("Task_CollectSpecimen", "Task_ConfirmNoSpecimen");
    }

    @Test
    void theSurgeonsSayThatTheIncisionWasMadeAfterAll() {
        scene.hasHappened(story.before(COLLECTED));
        scene.happens(aborted(false, incision.plus(ofHours(1))));
        assertThat(scene.openTasks(caseId)).contains("Task_SettleIncision").doesNotContain("Task_CompleteSurgery");
        assertThat(scene.status(caseId)).isEqualTo("IN_SURGERY");

        scene.happens(step(
                "neurosurgery", "incision-settled", incision.plus(ofHours(2)), found -> found.put("incisionMade", true)
                        .put("reason", "ABORT_MISREPORTED")));

        assertThat(scene.status(caseId)).isEqualTo("POSTOPERATIVE");
        assertThat(scene.milestones(caseId)).containsEntry("surgery-ended", incision.plus(ofHours(2)));
    }

    @Test
    void theWindowRunsOnWhereTheSurgeonsSayThatNoIncisionWasMade() {
        scene.hasHappened(story.before(COLLECTED));
        SyntheticEvent start = story.event(STARTED);
        scene.happens(aborted(false, incision.plus(ofHours(1))));

        scene.byHand(caseId, "Task_SettleIncision", Map.of("incisionMade", false, "reason", "START_MISREPORTED"));
        scene.fireTimers();

        assertThat(scene.status(caseId)).isEqualTo("WINDOW_OPEN");
        assertThat(scene.openTasks(caseId))
                .contains("Task_StartSurgery", "Task_RebookOrSlot")
                .doesNotContain("Task_SettleIncision", "Task_CollectSpecimen");
        scene.happens(retracted(start, incision.plus(ofHours(2))));
        assertThat(scene.clock(caseId, "resection-window").isOpen()).isTrue();
        scene.happens(slot(ofHours(40), incision.plus(ofHours(3))), started(lastBeam.plus(ofHours(40))));
        assertThat(scene.clock(caseId, "resection-window").elapsed()).isEqualTo(ofHours(40));
        assertThat(scene.openTasks(caseId)).containsExactly("Task_CollectSpecimen", "Task_CompleteSurgery");
    }

    @Test
    void theWindowRunsOnWhereTheReportOfTheIncisionIsTakenBack() {
        scene.hasHappened(story.before(COLLECTED));

        scene.happens(retracted(story.event(STARTED), incision.plus(ofHours(1))));
        scene.fireTimers();

        assertThat(scene.status(caseId)).isEqualTo("WINDOW_OPEN");
        assertThat(scene.clock(caseId, "resection-window").isOpen()).isTrue();
        assertThat(scene.openTasks(caseId)).containsExactly(WAITING_FOR_SURGERY);
    }

    /** Reference timeline A14, as far as the operation goes. */
    @Test
    void surgeryComesFirstWithoutAWindow() {
        scene.hasHappened(story.before("gamma-knife.plan-submitted"));
        Instant worse = DETECTED.plus(ofHours(50)).plus(ofMinutes(30));
        scene.happens(
                story.further("ward.neuro-status-recorded", worse, status -> status.put("gcs", 9)
                        .put("kps", 50)
                        .put("flag", "CRITICAL")),
                step("neurosurgery", "deterioration-decided", worse.plus(ofMinutes(10)), found -> found.put(
                                "choice", "SURGERY_FIRST")
                        .put("reason", "HERNIATION_SUSPECTED")));

        assertThat(scene.openTasks(caseId))
                .contains("Task_StartUrgentSurgery")
                .doesNotContain("Task_StartSurgery", "Task_CheckNeuroStatus", "Task_RebookOrSlot");
        String asked = scene.task(caseId, "Task_StartUrgentSurgery").getId();
        scene.happens(aborted(false, worse.plus(ofMinutes(40))));
        assertThat(scene.task(caseId, "Task_StartUrgentSurgery").getId()).isNotEqualTo(asked);
        assertThat(scene.milestones(caseId)).containsEntry("path-x-16", worse.plus(ofMinutes(40)));
        scene.happens(story.further(
                "intensive-care.bed-lost",
                worse.plus(ofMinutes(45)),
                bed -> bed.setAll(
                        (ObjectNode) story.event("intensive-care.bed-reserved").data())));
        scene.fireTimers();
        assertThat(scene.openTasks(caseId)).contains("Task_RebookBed", "Task_ResolveMissingBed");

        SyntheticEvent start = started(worse.plus(ofHours(1)));
        scene.happens(start);

        assertThat(scene.status(caseId)).isEqualTo("IN_SURGERY");
        assertThat(scene.milestones(caseId))
                .containsEntry("incision", worse.plus(ofHours(1)))
                .doesNotContainKeys("srs-delivered", "path-x-11");
        assertThat(scene.openTasks(caseId)).contains("Task_CompleteSurgery", "Task_CollectSpecimen");
        scene.happens(retracted(start, worse.plus(ofHours(2))));
        assertThat(scene.openTasks(caseId)).contains("Task_StartUrgentSurgery").doesNotContain("Task_CompleteSurgery");
        scene.happens(
                started(worse.plus(ofHours(3))),
                story.again(
                        "operating-room.surgery-completed",
                        worse.plus(ofHours(5)),
                        surgery -> surgery.put("endedAt", worse.plus(ofHours(5)).toString())));
        assertThat(scene.status(caseId)).isEqualTo("POSTOPERATIVE");
        assertThat(scene.milestones(caseId)).containsEntry("surgery-ended", worse.plus(ofHours(5)));
    }

    @Test
    void aSpecimenThatDoesNotArriveIsSentAgain() {
        scene.hasHappened(story.before(COLLECTED));
        SyntheticEvent early = problem("MISLABELLED", incision.plus(ofHours(1)));
        scene.happens(early);
        assertThat(scene.outcome(early)).isEqualTo("PARKED");

        scene.happens(story.event(COLLECTED));

        assertThat(scene.outcome(early)).isEqualTo("APPLIED");
        assertThat(scene.openTasks(caseId)).contains("Task_ReceiveSpecimen", "Task_ResendSpecimen");
        assertThat(scene.milestones(caseId)).containsEntry("path-x-17", incision.plus(ofHours(1)));
        SyntheticEvent unclear = step(
                "operating-room",
                "specimen-resent",
                incision.plus(ofHours(2).plusMinutes(3)),
                found -> found.put("reason", "LABEL_MISSING"));
        SyntheticEvent resent = step(
                "operating-room", "specimen-resent", incision.plus(ofHours(2).plusMinutes(5)), found -> found.put(
                                "outcome", "RESENT")
                        .put("reason", "LABEL_MISSING"));
        scene.happens(unclear, resent);
        assertThat(scene.outcome(unclear)).isEqualTo("REFUSED");
        assertThat(scene.openTasks(caseId)).contains("Task_ReceiveSpecimen").doesNotContain("Task_ResendSpecimen");
        scene.happens(problem("CONTAINER_BROKEN", incision.plus(ofHours(2).plusMinutes(8))));
        assertThat(scene.openTasks(caseId)).contains("Task_ResendSpecimen");

        scene.happens(story.event(RECEIVED));

        assertThat(scene.openTasks(caseId))
                .contains("Task_ReportFrozen")
                .doesNotContain("Task_ReceiveSpecimen", "Task_ResendSpecimen");
    }

    @Test
    void aSpecimenMayBeLost() {
        scene.hasHappened(story.before(RECEIVED));
        scene.happens(problem("NOT_ARRIVED", incision.plus(ofHours(2).plusMinutes(6))));

        scene.happens(step(
                "operating-room", "specimen-resent", incision.plus(ofHours(2).plusMinutes(10)), found -> found.put(
                                "outcome", "LOST")
                        .put("reason", "TRANSPORT")));

        assertThat(scene.openTasks(caseId)).doesNotContain("Task_ReceiveSpecimen", "Task_ResendSpecimen");
        assertThat(scene.milestones(caseId)).containsKey("specimen-unavailable");
        assertThat(scene.state(caseId, "specimen-transport")).isEqualTo(ClockState.CANCELLED);
        assertThat(scene.state(caseId, "frozen-section")).isEqualTo(ClockState.CANCELLED);
        assertThat(scene.openTasks(caseId)).containsExactly("Task_CompleteSurgery");
    }

    @Test
    void aFrozenSectionThatCannotBeMadeIsLeftOut() {
        scene.hasHappened(story.before("pathology.frozen-reported"));
        assertThat(scene.openTasks(caseId)).contains("Task_ReportFrozen");

        scene.happens(problem("TOO_SMALL", incision.plus(ofHours(2).plusMinutes(20))));

        assertThat(scene.openTasks(caseId)).doesNotContain("Task_ReportFrozen");
        assertThat(scene.state(caseId, "frozen-section")).isEqualTo(ClockState.WAIVED);
        assertThat(scene.clock(caseId, "frozen-section").reason()).isEqualTo("TOO_SMALL");
        assertThat(scene.clock(caseId, "histology").isOpen()).isTrue();
    }

    private SyntheticEvent aborted(boolean afterIncision, Instant when) {
        return story.further(
                ABORTED, when, surgery -> surgery.put("reason", "INSTABILITY").put("afterIncision", afterIncision));
    }

    private SyntheticEvent started(Instant when) {
        return story.again(STARTED, when, surgery -> surgery.put("incisionAt", when.toString()));
    }

    private SyntheticEvent slot(Duration sinceLastBeam, Instant told) {
        Instant start = lastBeam.plus(sinceLastBeam);
        return story.again(
                "operating-room.slot-confirmed", told, slot -> slot.put("slotRef", "ORS-" + sinceLastBeam.toHours())
                        .put("startAt", start.toString())
                        .put("endAt", start.plus(ofHours(5)).toString()));
    }

    private SyntheticEvent problem(String reason, Instant when) {
        String specimen = story.event(COLLECTED).data().path("specimenRef").asText();
        return story.further(
                PROBLEM, when, data -> data.put("specimenRef", specimen).put("reason", reason));
    }

    private SyntheticEvent retracted(SyntheticEvent wrong, Instant when) {
        return story.further(
                wrong.type().department() + ".event-retracted", when, data -> data.put("reason", "WRONG_EVENT")
                        .putObject("retracts")
                        .put("source", wrong.source())
                        .put("id", wrong.id()));
    }

    private SyntheticEvent step(String department, String step, Instant done, Consumer<ObjectNode> found) {
        return story.further(
                department + ".step-completed",
                done,
                data -> found.accept(data.put("step", step).putObject("data")));
    }
}
