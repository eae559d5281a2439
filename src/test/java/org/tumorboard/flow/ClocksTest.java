package org.tumorboard.flow;

import static java.time.Duration.ofHours;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.tumorboard.EngineTest;
import org.tumorboard.SettableClock;
import org.tumorboard.embedded.SyntheticCase;
import org.tumorboard.embedded.SyntheticEvent;
import org.tumorboard.event.CaseId;
import org.tumorboard.event.Urgency;
import org.tumorboard.sla.ClockHistory;
import org.tumorboard.sla.ClockState;
import org.tumorboard.sla.SlaClock;
import org.tumorboard.sla.Threshold;

/** The clocks of a case from Kafka to announcement, to the second. */
@EngineTest
class ClocksTest {

    private static final Instant DETECTED = Instant.parse("2027-02-01T08:00:00Z");
    private static final String WINDOW = "resection-window";

    @Autowired
    Scene scene;

    @Autowired
    Notifications notifications;

    @Autowired
    ClockHistory changes;

    @Autowired
    SettableClock clock;

    private Story story;
    private CaseId caseId;
    private Instant lastBeam;

    @BeforeEach
    void time() {
        scene.resetTimeTo(DETECTED);
        begins(Urgency.URGENT);
    }

    @Test
    void meetsEveryClockOnTheReferenceTimeline() {
        scene.happens(story.all());

        assertThat(scene.clocks(caseId))
                .filteredOn(run -> !run.isOpen() && run.state(Instant.MAX) != ClockState.CANCELLED)
                .allSatisfy(run ->
                        assertThat(run.state(Instant.MAX)).as(run.toString()).isEqualTo(ClockState.MET))
                .extracting(SlaClock::clock)
                .contains(
                        "triage", "case-ready", "board-decision", "srs-delivery", WINDOW, "histology", "result-review");
        assertThat(scene.clock(caseId, WINDOW).elapsed()).isEqualTo(ofHours(30));
    }

    @Test
    void asksForAnotherSlotBeforeAnyTimerIfTheGammaKnifeEndsLate() {
        Instant late = lastBeam.plus(ofHours(20));
        story = story.with("gamma-knife.delivery-completed", delivery -> delivery.put("endAt", late.toString()))
                .at("gamma-knife.delivery-completed", late);

        scene.hasHappened(story.before("gamma-knife.immobilisation-removed"));
        scene.hasHappened(List.of(story.event("gamma-knife.delivery-completed")));

        assertThat(scene.openTasks(caseId)).contains("Task_RebookOrSlot");
        assertThat(scene.clock(caseId, WINDOW).latestAt()).isEqualTo(late.plus(ofHours(48)));
    }

    @Test
    void announcesTheBreachOnceAndTheIncisionAfterItIsLate() {
        scene.hasHappened(story.before("ward.neuro-status-recorded"));
        scene.timePasses(caseId, lastBeam.plus(ofHours(48)));
        assertThat(scene.state(caseId, WINDOW)).isEqualTo(ClockState.WARNED);
        scene.timePasses(caseId, lastBeam.plus(ofHours(48)).plusSeconds(1));
        assertThat(scene.state(caseId, WINDOW)).isEqualTo(ClockState.BREACHED);
        scene.timePasses(caseId, lastBeam.plus(ofHours(49)));

        scene.said(incisionAfter(ofHours(49)));

        assertThat(scene.state(caseId, WINDOW)).isEqualTo(ClockState.MET_LATE);
        scene.awaitSent();
        assertThat(told(WINDOW))
                .containsExactly(
                        "sla-warning warn-30h",
                        "sla-warning warn-36h",
                        "sla-warning warn-42h",
                        "sla-warning critical-46h",
                        "sla-breached breach",
                        "sla-resolved breach");
        assertThat(notifications.about(caseId))
                .filteredOn(one -> one.name().equals("sla-breached")
                        && one.payload().path("clock").asText().equals(WINDOW))
                .extracting(Notifications.Received::department)
                .containsExactlyInAnyOrder("neurosurgery", "operating-room", "coordination");
    }

    @Test
    void countsFromTheLastBeamThoughItIsReportedADayAndAHalfLate() {
        scene.hasHappened(story.before("gamma-knife.delivery-completed"));
        scene.timeIs(lastBeam.plus(ofHours(40)));

        scene.said(story.event("gamma-knife.delivery-completed"));
        scene.fireTimers();

        assertThat(scene.clock(caseId, WINDOW).startedAt()).isEqualTo(lastBeam);
        assertThat(scene.clock(caseId, WINDOW).thresholds().subList(0, 3))
                .extracting(threshold -> threshold.name() + " " + threshold.outcome() + " " + threshold.late())
                .containsExactly("warn-30h OVERTAKEN true", "warn-36h ANNOUNCED true", "warn-42h null false");
        scene.timeIs(lastBeam.plus(ofHours(42)).plusSeconds(1));
        scene.awaitSent();
        assertThat(told(WINDOW)).containsExactly("sla-warning warn-36h late", "sla-warning warn-42h");
    }

    @Test
    void aCorrectedLastBeamTakesTheWarningBackAndMovesEverything() {
        scene.hasHappened(story.before("ward.neuro-status-recorded"));
        scene.timePasses(caseId, lastBeam.plus(ofHours(30)).plusSeconds(1));
        assertThat(scene.state(caseId, WINDOW)).isEqualTo(ClockState.WARNED);
        assertThat(scene.status(caseId)).isEqualTo("WINDOW_OPEN");
        Instant corrected = lastBeam.plus(ofHours(3));

        scene.said(correctionOfTheLastBeam(corrected));

        assertThat(scene.state(caseId, WINDOW)).isEqualTo(ClockState.RUNNING);
        assertThat(scene.clock(caseId, WINDOW).earliestAt()).isEqualTo(corrected.plus(ofHours(24)));
        assertThat(scene.clock(caseId, WINDOW).latestAt()).isEqualTo(corrected.plus(ofHours(48)));
        assertThat(history(WINDOW)).contains("MOVED WARNED TYPING_ERROR", "WITHDRAWN WARNED TYPING_ERROR warn-30h");
        assertThat(scene.nextNudge(caseId)).isEqualTo(nearestThreshold().plusMillis(1));
        scene.timePasses(caseId, corrected.plus(ofHours(30)).plusSeconds(1));
        scene.timePasses(caseId, corrected.plus(ofHours(48)));
        assertThat(scene.status(caseId)).isEqualTo("WINDOW_MISSED");
        scene.awaitSent();
        assertThat(told(WINDOW))
                .startsWith(
                        "sla-warning warn-30h",
                        "sla-resolved warn-30h",
                        "sla-warning warn-30h",
                        "sla-warning warn-36h");
        assertThat(notifications.about(caseId))
                .filteredOn(one ->
                        one.name().equals("window-set") && one.department().equals("operating-room"))
                .extracting(one -> one.payload().path("windowClosesAt").asText())
                .containsExactly(
                        lastBeam.plus(ofHours(48)).toString(),
                        corrected.plus(ofHours(48)).toString());
    }

    @Test
    void theWindowsTimersFollowACorrectionBeforeTheyHaveFired() {
        scene.hasHappened(story.before("ward.neuro-status-recorded"));
        Instant corrected = lastBeam.plus(ofHours(3));
        scene.timePasses(caseId, lastBeam.plus(ofHours(5)));

        scene.said(correctionOfTheLastBeam(corrected));

        scene.timePasses(caseId, lastBeam.plus(ofHours(24)));
        assertThat(scene.status(caseId)).isEqualTo("SRS_DELIVERED");
        scene.timePasses(caseId, corrected.plus(ofHours(24)));
        assertThat(scene.status(caseId)).isEqualTo("WINDOW_OPEN");
    }

    @Test
    void aCorrectionWhileTheSlotIsRebookedAsksAgain() {
        Instant late = lastBeam.plus(ofHours(20));
        story = story.with("gamma-knife.delivery-completed", delivery -> delivery.put("endAt", late.toString()))
                .at("gamma-knife.delivery-completed", late)
                .at("gamma-knife.immobilisation-removed", late.plusSeconds(900));
        scene.hasHappened(story.without("ward.neuro-status-recorded").before("preoperative-checklist"));
        assertThat(scene.openTasks(caseId)).contains("Task_RebookOrSlot");

        scene.said(correctionOfTheLastBeam(lastBeam));

        assertThat(scene.openTasks(caseId)).doesNotContain("Task_RebookOrSlot");
        assertThat(scene.clock(caseId, WINDOW).startedAt()).isEqualTo(lastBeam);
    }

    @Test
    void givesTheSameWindowIfTheIncisionIsReportedBeforeTheLastBeam() {
        scene.hasHappened(story.before("gamma-knife.delivery-completed"));
        scene.timeIs(lastBeam.plus(ofHours(31)));

        SyntheticEvent incision = incisionAfter(ofHours(30));
        scene.said(incision, incision);
        assertThat(scene.outcome(incision)).isEqualTo("PARKED");
        scene.said(story.event("gamma-knife.delivery-completed"));

        assertThat(scene.outcome(incision)).isEqualTo("APPLIED");
        assertThat(scene.state(caseId, WINDOW)).isEqualTo(ClockState.MET);
        assertThat(scene.clock(caseId, WINDOW).elapsed()).isEqualTo(ofHours(30));
    }

    @Test
    void anUpgradeMovesLimitsAndTimerFromTheOriginalStart() {
        scene.happens(story.event("radiology.recurrence-suspected"));
        assertThat(scene.clock(caseId, "board-decision").latestAt()).isEqualTo(DETECTED.plus(Duration.ofDays(7)));
        assertThat(scene.clock(caseId, "triage").latestAt()).isEqualTo(DETECTED.plus(ofHours(24)));

        scene.happens(story.at(
                        "neurosurgery.triage-completed",
                        DETECTED.plus(ofHours(4)).plusSeconds(1))
                .event("neurosurgery.triage-completed"));

        assertThat(scene.clock(caseId, "board-decision").startedAt()).isEqualTo(DETECTED);
        assertThat(scene.clock(caseId, "board-decision").latestAt()).isEqualTo(DETECTED.plus(ofHours(24)));
        assertThat(scene.state(caseId, "triage")).isEqualTo(ClockState.MET_LATE);
        assertThat(scene.nextNudge(caseId)).isEqualTo(nearestThreshold().plusMillis(1));
        scene.fireTimers();
        scene.awaitSent();
        assertThat(told("triage")).containsExactly("sla-breached breach", "sla-resolved breach");
    }

    @Test
    void somebodyTakesOverAtLevelTwoAndTheLadderStops() {
        scene.hasHappened(story.before("ward.neuro-status-recorded"));
        scene.timePasses(caseId, lastBeam.plus(ofHours(49)));
        assertThat(scene.escalations(caseId)).contains("Task_AcknowledgeEscalation");

        acknowledge();
        scene.timePasses(caseId, lastBeam.plus(ofHours(80)));

        assertThat(scene.clock(caseId, WINDOW).thresholds())
                .filteredOn(threshold -> threshold.kind() == Threshold.Kind.ESCALATION)
                .extracting(Threshold::outcome)
                .containsExactly(Threshold.Outcome.ACKNOWLEDGED);
        assertThat(history(WINDOW)).contains("ACKNOWLEDGED BREACHED STAFFING");
    }

    @Test
    void medicalDirectionIsAskedIfNobodyTakesOver() {
        scene.hasHappened(story.before("ward.neuro-status-recorded"));

        scene.timePasses(caseId, lastBeam.plus(ofHours(73)));

        assertThat(scene.escalations(caseId)).contains("Task_DirectEscalation");
        long asked = directions();
        scene.byHandAny(caseId, "Task_DirectEscalation", Map.of("reason", "STAFFING", "action", "ACCEPTED_DELAY"));
        assertThat(directions()).isEqualTo(asked - 1);
    }

    private long directions() {
        return scene.escalations(caseId).stream()
                .filter("Task_DirectEscalation"::equals)
                .count();
    }

    @Test
    void aStandardCaseMayPauseAndItsTimerWaits() {
        begins(Urgency.STANDARD);
        scene.hasHappened(story.before("neurosurgery.resectability-assessed"));
        Instant triaged = scene.milestones(caseId).get("triaged");

        scene.happens(adjustment("clock-paused", "case-ready", triaged.plus(ofHours(20))));
        assertThat(scene.state(caseId, "case-ready")).isEqualTo(ClockState.PAUSED);
        scene.happens(adjustment("clock-resumed", "case-ready", triaged.plus(ofHours(50))));

        assertThat(scene.clock(caseId, "case-ready").latestAt()).isEqualTo(triaged.plus(ofHours(102)));
        assertThat(scene.state(caseId, "case-ready")).isEqualTo(ClockState.RUNNING);
    }

    @Test
    void refusesToPauseAClockThatMayNotPause() {
        begins(Urgency.STANDARD);
        scene.hasHappened(story.before("neurosurgery.resectability-assessed"));
        SyntheticEvent pause = adjustment("clock-paused", "board-decision", DETECTED.plus(ofHours(3)));

        scene.said(pause);

        assertThat(scene.outcome(pause)).isEqualTo("REFUSED");
        assertThat(scene.reason(pause)).contains("data.clock");
    }

    @Test
    void aPauseToldBeforeTheUrgencyIsLoweredWaitsForThat() {
        scene.hasHappened(story.before("neurosurgery.resectability-assessed"));
        Instant triaged = scene.milestones(caseId).get("triaged");
        SyntheticEvent pause = adjustment("clock-paused", "case-ready", triaged.plus(ofHours(4)));

        scene.said(pause);
        assertThat(scene.outcome(pause)).isEqualTo("PARKED");
        assertThat(scene.reason(pause))
                .contains("data.clock", "case-ready may not", "released when the urgency is lowered");
        assertThat(scene.state(caseId, "case-ready")).isEqualTo(ClockState.RUNNING);

        scene.said(urgencyLowered(triaged.plus(ofHours(3))));
        assertThat(scene.outcome(pause)).isEqualTo("APPLIED");
        assertThat(scene.state(caseId, "case-ready")).isEqualTo(ClockState.PAUSED);
    }

    @Test
    void aWaiverEndsTheClockWithItsReason() {
        scene.hasHappened(story.before("ward.neuro-status-recorded"));
        scene.timeIs(lastBeam.plus(ofHours(31)));

        scene.said(adjustment("clock-waived", WINDOW, lastBeam.plus(ofHours(31))));

        assertThat(scene.state(caseId, WINDOW)).isEqualTo(ClockState.WAIVED);
        assertThat(scene.clock(caseId, WINDOW).reason()).isEqualTo("PATIENT_CHOICE");
    }

    @Test
    void theChairLowersTheUrgencyAndTheClocksFollow() {
        scene.hasHappened(story.before("neurosurgery.resectability-assessed"));
        Instant triaged = scene.milestones(caseId).get("triaged");
        assertThat(scene.clock(caseId, "case-ready").latestAt()).isEqualTo(triaged.plus(ofHours(16)));

        SyntheticEvent lowered = urgencyLowered(clock.instant());
        scene.said(lowered);

        assertThat(scene.outcome(lowered)).isEqualTo("APPLIED");
        assertThat(scene.caseFromApi(caseId).path("urgency").asText()).isEqualTo("STANDARD");
        assertThat(scene.clock(caseId, "case-ready").latestAt()).isEqualTo(triaged.plus(ofHours(72)));
        scene.awaitSent();
        assertThat(notifications.about(caseId))
                .filteredOn(told -> told.name().equals("urgency-changed")
                        && told.payload().path("urgency").asText().equals("STANDARD"))
                .extracting(told -> told.payload().path("previousUrgency").asText())
                .containsOnly("URGENT")
                .isNotEmpty();
    }

    @Test
    void theWatchStandsOnTheNearestThresholdOfAllClocks() {
        scene.said(story.event("radiology.recurrence-suspected"));
        assertThat(scene.nextNudge(caseId)).isEqualTo(nearestThreshold().plusMillis(1));

        scene.happens(story.event("neurosurgery.triage-completed"));

        assertThat(scene.nextNudge(caseId)).isEqualTo(nearestThreshold().plusMillis(1));
    }

    private Instant nearestThreshold() {
        return scene.clocks(caseId).stream()
                .flatMap(run -> run.thresholds().stream()
                        .filter(threshold ->
                                run.stoppedAt() == null || threshold.at().isBefore(run.stoppedAt())))
                .filter(threshold -> threshold.outcome() == null)
                .map(Threshold::at)
                .min(Instant::compareTo)
                .orElseThrow();
    }

    private void begins(Urgency urgency) {
        SyntheticCase patient = scene.aCase(urgency, DETECTED);
        story = Story.of(patient);
        caseId = story.caseId();
        lastBeam = patient.lastBeam();
    }

    private SyntheticEvent incisionAfter(Duration sinceLastBeam) {
        Instant incision = lastBeam.plus(sinceLastBeam);
        return story.again(
                "operating-room.surgery-started", incision, surgery -> surgery.put("incisionAt", incision.toString()));
    }

    private SyntheticEvent correctionOfTheLastBeam(Instant endAt) {
        SyntheticEvent delivery = story.event("gamma-knife.delivery-completed");
        return story.further("gamma-knife.event-corrected", Instant.now(clock), data -> {
            data.put("reason", "TYPING_ERROR").putObject("data").put("endAt", endAt.toString());
            data.putObject("corrects").put("source", delivery.source()).put("id", delivery.id());
        });
    }

    private List<String> history(String clockName) {
        return changes.of(caseId).stream()
                .filter(change -> change.clock().equals(clockName))
                .map(change -> Stream.of(change.what(), change.state(), change.reason(), change.threshold())
                        .filter(Objects::nonNull)
                        .map(Object::toString)
                        .collect(Collectors.joining(" ")))
                .toList();
    }

    private SyntheticEvent urgencyLowered(Instant at) {
        return story.further("coordination.step-completed", at, data -> data.put("step", "urgency-lowered")
                .putObject("data")
                .put("urgency", "STANDARD")
                .put("reason", "CLINICALLY_IMPROVED"));
    }

    private SyntheticEvent adjustment(String what, String clock, Instant at) {
        return story.further("coordination.step-completed", at, data -> {
            ObjectNode found = data.put("step", what).putObject("data");
            found.put("clock", clock).put("reason", "PATIENT_CHOICE");
        });
    }

    private void acknowledge() {
        while (scene.escalations(caseId).contains("Task_AcknowledgeEscalation")) {
            scene.byHandAny(
                    caseId, "Task_AcknowledgeEscalation", Map.of("reason", "STAFFING", "action", "OTHER_TEAM_ASKED"));
        }
    }

    private List<String> told(String clock) {
        return notifications.clocks(caseId, clock).stream()
                .map(one -> one.path("name").asText() + " "
                        + one.path("threshold").asText() + (one.path("late").asBoolean() ? " late" : ""))
                .toList();
    }
}
