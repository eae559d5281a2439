package org.tumorboard.flow;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Consumer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.tumorboard.EngineTest;
import org.tumorboard.embedded.SyntheticCase;
import org.tumorboard.event.CaseId;
import org.tumorboard.event.Urgency;

/** The window between the last beam and the incision: it opens, it closes, and it never stands in surgery's way. */
@EngineTest
class WindowTest {

    private static final Instant DETECTED = Instant.parse("2025-05-04T08:00:00Z");

    @Autowired
    Scene scene;

    @Autowired
    Notifications notifications;

    private Story story;
    private CaseId caseId;
    private Instant lastBeam;

    @BeforeEach
    void time() {
        scene.resetTimeTo(DETECTED);
        begins(Urgency.URGENT);
    }

    @Test
    void opensClosesAndIsLeft() {
        scene.hasHappened(story.before("ward.neuro-status-recorded"));
        assertThat(scene.status(caseId)).isEqualTo("SRS_DELIVERED");

        scene.timeIs(afterLastBeam(24).minusSeconds(1));
        assertThat(scene.status(caseId)).isEqualTo("SRS_DELIVERED");
        scene.timeIs(afterLastBeam(24));
        assertThat(scene.status(caseId)).isEqualTo("WINDOW_OPEN");
        scene.timeIs(afterLastBeam(48));
        assertThat(scene.status(caseId)).isEqualTo("WINDOW_MISSED");
        scene.timeIs(afterLastBeam(168));
        assertThat(scene.openTasks(caseId)).contains("Task_StartSurgery");

        scene.happens(story.again(
                "operating-room.surgery-started",
                afterLastBeam(170),
                surgery -> surgery.put("incisionAt", afterLastBeam(170).toString())));
        assertThat(scene.status(caseId)).isEqualTo("IN_SURGERY");
        assertThat(scene.milestones(caseId)).containsEntry("incision", afterLastBeam(170));
    }

    @Test
    void doesNotOpenOrCloseOnceSurgeryHasBegun() {
        scene.hasHappened(story.before("ward.neuro-status-recorded"));
        scene.happens(story.again(
                "operating-room.surgery-started",
                afterLastBeam(20),
                surgery -> surgery.put("incisionAt", afterLastBeam(20).toString())));

        scene.timeIs(afterLastBeam(60));

        assertThat(scene.status(caseId)).isEqualTo("IN_SURGERY");
        assertThat(scene.openTasks(caseId)).containsExactly("Task_CollectSpecimen", "Task_CompleteSurgery");
    }

    @Test
    void isOpenAtOnceIfTheLastBeamIsReportedADayLate() {
        scene.hasHappened(story.before("gamma-knife.delivery-completed"));
        scene.timeIs(afterLastBeam(40));

        scene.said(story.event("gamma-knife.delivery-completed"));
        scene.fireTimers();

        assertThat(scene.status(caseId)).isEqualTo("WINDOW_OPEN");
        assertThat(scene.milestones(caseId)).containsEntry("srs-delivered", lastBeam);
    }

    @Test
    void opensWithTheLastBeamWhereTheBoardAllowsEarlySurgery() {
        begins(Urgency.EMERGENCY);

        scene.hasHappened(story.before("ward.neuro-status-recorded"));
        scene.fireTimers();

        assertThat(scene.status(caseId)).isEqualTo("WINDOW_OPEN");
        scene.awaitSent();
        assertThat(notifications.about(caseId))
                .filteredOn(told -> told.name().equals("window-set"))
                .isNotEmpty()
                .allSatisfy(told -> {
                    assertThat(told.payload().path("windowOpensAt").asText()).isEqualTo(lastBeam.toString());
                    assertThat(told.payload().path("windowClosesAt").asText())
                            .isEqualTo(afterLastBeam(24).toString());
                });
        assertThat(scene.openTasks(caseId)).doesNotContain("Task_RebookOrSlot");
    }

    @Test
    void asksForAnotherOrSlotWhereTheActualLastBeamLeavesItOutside() {
        Instant late = lastBeam.plus(Duration.ofHours(20));
        story = story.with("gamma-knife.delivery-completed", delivery -> delivery.put("endAt", late.toString()))
                .at("gamma-knife.delivery-completed", late)
                .at("gamma-knife.immobilisation-removed", late.plusSeconds(900));
        scene.hasHappened(story.without("ward.neuro-status-recorded").before("preoperative-checklist"));
        assertThat(scene.openTasks(caseId)).contains("Task_RebookOrSlot");

        scene.happens(story.again("operating-room.slot-confirmed", late.plusSeconds(3600), startsAt(late, 50)));
        assertThat(scene.openTasks(caseId)).contains("Task_RebookOrSlot");
        scene.happens(story.again("operating-room.slot-confirmed", late.plusSeconds(7200), startsAt(late, 30)));

        assertThat(scene.openTasks(caseId))
                .containsExactly("Task_CheckNeuroStatus", "Task_CompleteChecklist", "Task_StartSurgery");
    }

    @Test
    void endsTheSpecimensWayAtPathologyIfNoFrozenSectionIsAskedFor() {
        story = story.without("pathology.frozen-reported")
                .with("operating-room.specimen-collected", specimen -> specimen.put("frozenRequested", false));

        scene.hasHappened(story.before("POSTOPERATIVE"));

        assertThat(scene.status(caseId)).isEqualTo("POSTOPERATIVE");
        assertThat(scene.openTasks(caseId)).containsExactly("Task_AcquirePostoperativeMri", "Task_FinaliseHistology");
        assertThat(scene.milestones(caseId)).containsKey("specimen-received").doesNotContainKey("frozen-reported");
    }

    @Test
    void aSpecimenMayStillBeOnItsWayWhenTheOperationIsOver() {
        story = story.without("pathology.specimen-received", "pathology.frozen-reported");

        scene.hasHappened(story.before("POSTOPERATIVE"));

        assertThat(scene.openTasks(caseId))
                .containsExactly("Task_AcquirePostoperativeMri", "Task_FinaliseHistology", "Task_ReceiveSpecimen");
    }

    private void begins(Urgency urgency) {
        SyntheticCase patient = scene.aCase(urgency, DETECTED);
        story = Story.of(patient);
        caseId = story.caseId();
        lastBeam = patient.lastBeam();
    }

    private Instant afterLastBeam(int hours) {
        return lastBeam.plus(Duration.ofHours(hours));
    }

    private static Consumer<ObjectNode> startsAt(Instant lastBeam, int hours) {
        Instant start = lastBeam.plus(Duration.ofHours(hours));
        return slot -> slot.put("slotRef", "ORS-" + hours)
                .put("startAt", start.toString())
                .put("endAt", start.plus(Duration.ofHours(5)).toString());
    }
}
