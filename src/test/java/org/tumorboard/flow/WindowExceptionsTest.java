package org.tumorboard.flow;

import static java.time.Duration.ofHours;
import static java.time.Duration.ofMinutes;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.tumorboard.EngineTest;
import org.tumorboard.embedded.SyntheticCase;
import org.tumorboard.embedded.SyntheticEvent;
import org.tumorboard.event.CaseId;
import org.tumorboard.event.Urgency;
import org.tumorboard.sla.ClockState;

/** Between the last beam and the incision: slots and beds that get lost, a window that is missed or moves. */
@EngineTest
class WindowExceptionsTest {

    private static final Instant DETECTED = Instant.parse("2025-09-07T08:00:00Z");
    private static final String WINDOW = "resection-window";
    private static final String DELIVERY = "gamma-knife.delivery-completed";
    private static final String OR_SLOT = "operating-room.slot-confirmed";
    private static final String NEURO_STATUS = "ward.neuro-status-recorded";
    private static final String[] WAITING_FOR_SURGERY = {
        "Task_CheckNeuroStatus", "Task_CompleteChecklist", "Task_StartSurgery"
    };

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
    void time() {
        scene.resetTimeTo(DETECTED);
        begins(Urgency.URGENT);
    }

    @ParameterizedTest
    @CsvSource({
        "anaesthesia.assessment-completed, outcome, UNFIT, UNFIT",
        "neurosurgery.resectability-assessed, resectable, false, NOT_RESECTABLE"
    })
    void whoCannotBeOperatedOnAfterAllGoesBackToTheBoard(String event, String field, String finding, String reason) {
        scene.hasHappened(story.before(NEURO_STATUS));
        SyntheticEvent found = story.again(
                event,
                after(ofHours(10)),
                data -> data.set(field, finding.equals("false") ? BooleanNode.FALSE : TextNode.valueOf(finding)));

        scene.happens(found, found);

        assertThat(scene.milestones(caseId)).containsEntry("path-x-06", after(ofHours(10)));
        assertThat(scene.openTasks(caseId)).contains("Task_WriteCaseSummary").doesNotContain("Task_StartSurgery");
        scene.awaitSent();
        assertThat(notifications.about(caseId).stream()
                        .filter(told -> told.name().equals("resources-released"))
                        .map(told -> told.payload().path("reason").asText()))
                .isNotEmpty()
                .containsOnly(reason);
    }

    /** Reference timeline A2. */
    @Test
    void asksForTheNextSlotAtT0WhereTheBookedOneNowLiesAfterTheWindow() {
        story = story.with(
                        "gamma-knife.slot-confirmed",
                        slot -> slot.put("endAt", after(ofHours(20)).toString()))
                .with(OR_SLOT, startsAfter(ofHours(50)));
        scene.hasHappened(story.before(DELIVERY));

        scene.happens(story.event(DELIVERY));

        assertThat(scene.milestones(caseId))
                .containsEntry("srs-delivered", lastBeam)
                .containsEntry("path-x-10", lastBeam);
        assertThat(scene.openTasks(caseId)).contains("Task_RebookOrSlot").doesNotContain("Task_ResolveMissingSlot");
        assertThat(scene.task(caseId, "Task_RebookOrSlot").getDueDate()).isEqualTo(after(ofHours(30)));
        assertThat(scene.status(caseId)).isEqualTo("SRS_DELIVERED");
        scene.awaitSent();
        assertThat(requests("rebook-or-slot")).containsExactly("operating-room");

        SyntheticEvent next = slot(ofHours(31), after(ofHours(1)));
        scene.happens(next, next);
        assertThat(scene.openTasks(caseId)).doesNotContain("Task_RebookOrSlot").contains("Task_StartSurgery");
    }

    @Test
    void aLostSlotIsAskedForAtOnceHoweverOftenTheLossIsTold() {
        scene.hasHappened(story.before(NEURO_STATUS));
        SyntheticEvent othersSlot = lost("ORS-OF-OTHERS", after(ofHours(2)));
        SyntheticEvent loss = lost(bookedSlot(), after(ofHours(3)));
        SyntheticEvent again = lost(bookedSlot(), after(ofHours(3).plusMinutes(5)));

        scene.happens(othersSlot);
        assertThat(scene.outcome(othersSlot)).isEqualTo("PARKED");
        scene.happens(loss, again, loss);

        assertThat(scene.outcome(again)).isEqualTo("APPLIED");
        assertThat(scene.openTasks(caseId)).containsOnlyOnce("Task_RebookOrSlot");
        assertThat(scene.milestones(caseId)).containsEntry("path-x-10", after(ofHours(3)));
        assertThat(bookings()).containsExactlyInAnyOrder("or-slot LOST", "gamma-knife-slot HELD", "icu-bed HELD");
        scene.happens(slot(ofHours(50), after(ofHours(4))));
        assertThat(scene.openTasks(caseId)).contains("Task_RebookOrSlot");
        scene.happens(slot(ofHours(32), after(ofHours(5))));
        assertThat(scene.openTasks(caseId)).containsExactly(WAITING_FOR_SURGERY);

        SyntheticEvent late = lost(bookedSlot(), after(ofHours(3).plusMinutes(9)));
        scene.happens(late.at(after(ofHours(6))));
        assertThat(scene.openTasks(caseId)).containsExactly(WAITING_FOR_SURGERY);
        assertThat(bookings()).contains("or-slot HELD");
    }

    @Test
    void withoutASlotThirtyHoursAfterT0TheChairAndTheDirectionAreAsked() {
        scene.hasHappened(story.before(NEURO_STATUS));
        scene.happens(lost(bookedSlot(), after(ofHours(5))));

        scene.timePasses(caseId, after(ofHours(30)).minusSeconds(1));
        assertThat(scene.openTasks(caseId)).doesNotContain("Task_ResolveMissingSlot");
        scene.timeIs(after(ofHours(30)));

        assertThat(scene.openTasks(caseId)).contains("Task_ResolveMissingSlot", "Task_RebookOrSlot");
        assertThat(group("Task_ResolveMissingSlot")).isEqualTo("board-chair,medical-direction");
        scene.awaitSent();
        assertThat(missing("or-slot")).contains("operating-room", "coordination");
        SyntheticEvent unexplained = step("coordination", "missing-slot-resolved", after(ofHours(31)), found -> {});
        SyntheticEvent measure = step(
                "coordination", "missing-slot-resolved", after(ofHours(31)), found -> found.put("measure", "EXTRA_SLOT")
                        .put("reason", "STAFFING"));
        scene.happens(unexplained, measure);
        assertThat(scene.outcome(unexplained)).isEqualTo("REFUSED");
        assertThat(scene.openTasks(caseId)).contains("Task_RebookOrSlot").doesNotContain("Task_ResolveMissingSlot");

        scene.happens(slot(ofHours(40), after(ofHours(32))));
        scene.happens(lost("ORS-40", after(ofHours(33))));
        scene.fireTimers();
        assertThat(scene.openTasks(caseId)).contains("Task_ResolveMissingSlot");
        scene.happens(slot(ofHours(41), after(ofHours(34))));
        assertThat(scene.openTasks(caseId)).containsExactly(WAITING_FOR_SURGERY);
    }

    @Test
    void anEmergencyThatMayBeOperatedEarlyIsAskedAboutSooner() {
        begins(Urgency.EMERGENCY);
        scene.hasHappened(story.before(NEURO_STATUS));
        scene.happens(lost(bookedSlot(), after(ofHours(2))));

        scene.timePasses(caseId, after(ofHours(12)).minusSeconds(1));
        assertThat(scene.openTasks(caseId)).doesNotContain("Task_ResolveMissingSlot");
        scene.timeIs(after(ofHours(12)));

        assertThat(scene.openTasks(caseId)).contains("Task_ResolveMissingSlot");
    }

    @Test
    void aLostBedIsReplaced() {
        scene.hasHappened(story.before(NEURO_STATUS));
        SyntheticEvent loss = lostBed(after(ofHours(5)));
        SyntheticEvent again = lostBed(after(ofHours(6)));

        scene.happens(loss, again);

        assertThat(scene.openTasks(caseId)).containsOnlyOnce("Task_RebookBed");
        assertThat(scene.outcome(again)).isEqualTo("PARKED");
        assertThat(scene.milestones(caseId)).containsEntry("path-x-10", after(ofHours(5)));
        scene.timePasses(caseId, after(ofHours(30)));
        assertThat(scene.openTasks(caseId)).contains("Task_ResolveMissingBed").doesNotContain("Task_RebookOrSlot");
        scene.awaitSent();
        assertThat(missing("icu-bed")).contains("operating-room", "intensive-care");
        scene.byHand(
                caseId, "Task_ResolveMissingBed", Map.of("measure", "STEP_DOWN_UNIT", "reason", "NO_BED_IN_HOUSE"));
        scene.happens(story.again(
                "intensive-care.bed-reserved", after(ofHours(31)), bed -> bed.put("bedRef", "BED-INSTEAD")));

        assertThat(scene.openTasks(caseId)).containsExactly(WAITING_FOR_SURGERY);
        assertThat(bookings()).contains("icu-bed LOST", "icu-bed HELD");
    }

    /** Reference timeline A3. */
    @Test
    void aMissedWindowIsExplainedAlsoAfterTheOperation() {
        scene.hasHappened(story.before(NEURO_STATUS));
        scene.timePasses(caseId, after(ofHours(48)).minusSeconds(1));
        assertThat(scene.status(caseId)).isEqualTo("WINDOW_OPEN");

        scene.timeIs(after(ofHours(48)));

        assertThat(scene.status(caseId)).isEqualTo("WINDOW_MISSED");
        assertThat(scene.milestones(caseId))
                .containsEntry("path-x-11", after(ofHours(48)))
                .doesNotContainKey("path-x-10");
        assertThat(scene.openTasks(caseId))
                .contains(
                        "Task_ExplainMissedWindow",
                        "Task_RebookOrSlot",
                        "Task_ResolveMissingSlot",
                        "Task_StartSurgery");
        scene.happens(slot(ofHours(50), after(ofHours(48)).plusSeconds(600)));
        assertThat(scene.openTasks(caseId)).doesNotContain("Task_RebookOrSlot", "Task_ResolveMissingSlot");
        scene.timePasses(caseId, after(ofHours(49)));
        SyntheticEvent incision = incision(ofHours(49));
        scene.said(incision, incision);

        assertThat(scene.status(caseId)).isEqualTo("IN_SURGERY");
        assertThat(scene.state(caseId, WINDOW)).isEqualTo(ClockState.MET_LATE);
        assertThat(scene.clock(caseId, WINDOW).elapsed()).isEqualTo(ofHours(49));
        scene.awaitSent();
        assertThat(notifications.clocks(caseId, WINDOW))
                .filteredOn(told -> told.path("name").asText().equals("sla-breached"))
                .hasSize(1);
        SyntheticEvent unexplained = step("neurosurgery", "missed-window-explained", after(ofHours(50)), found -> {});
        scene.happens(unexplained);
        assertThat(scene.outcome(unexplained)).isEqualTo("REFUSED");
        assertThat(scene.openTasks(caseId))
                .containsExactly("Task_CollectSpecimen", "Task_CompleteSurgery", "Task_ExplainMissedWindow");
        scene.happens(explanation(after(ofHours(51))));
        assertThat(scene.openTasks(caseId)).containsExactly("Task_CollectSpecimen", "Task_CompleteSurgery");
        assertThat(scene.milestones(caseId)).containsEntry("missed-window-explained", after(ofHours(51)));
    }

    @Test
    void aMissedWindowIsFoundByTheReportsAloneInTheWrongOrder() {
        scene.hasHappened(story.before(DELIVERY));
        scene.resetTimeTo(after(ofHours(60)));
        SyntheticEvent incision = incision(ofHours(49));

        scene.said(incision);
        scene.said(story.event(DELIVERY));

        assertThat(scene.outcome(incision)).isEqualTo("APPLIED");
        assertThat(scene.state(caseId, WINDOW)).isEqualTo(ClockState.MET_LATE);
        assertThat(scene.milestones(caseId)).containsEntry("path-x-11", after(ofHours(49)));
        assertThat(scene.openTasks(caseId))
                .contains("Task_ExplainMissedWindow", "Task_CompleteSurgery")
                .doesNotContain("Task_RebookOrSlot");
        assertThatThrownBy(() -> scene.byHand(caseId, "Task_ExplainMissedWindow", Map.of()))
                .hasMessageContaining("Reason code");
        scene.byHand(caseId, "Task_ExplainMissedWindow", Map.of("reason", "REPORTED_LATE"));
        assertThat(scene.openTasks(caseId)).doesNotContain("Task_ExplainMissedWindow");
    }

    @Test
    void aMiniBoardConfirmsALateOperation() {
        scene.hasHappened(story.before(NEURO_STATUS));
        scene.timePasses(caseId, after(ofHours(72)).minusSeconds(1));
        assertThat(scene.openTasks(caseId)).doesNotContain("Task_ConfirmLateSurgery");

        scene.timeIs(after(ofHours(72)));

        assertThat(scene.openTasks(caseId)).contains("Task_ConfirmLateSurgery", "Task_StartSurgery");
        assertThat(scene.milestones(caseId)).containsEntry("window-left-long", after(ofHours(72)));
        assertThat(scene.clock(caseId, "missed-window").latestAt()).isEqualTo(after(ofHours(84)));
        SyntheticEvent unclear =
                step("coordination", "late-surgery-decided", after(ofHours(74)), found -> found.put("choice", "LATER"));
        SyntheticEvent confirmed =
                step("coordination", "late-surgery-decided", after(ofHours(75)), found -> found.put("choice", "CONFIRM")
                        .put("reason", "STABLE_PATIENT"));
        scene.happens(unclear, confirmed);
        assertThat(scene.outcome(unclear)).isEqualTo("REFUSED");
        assertThat(scene.state(caseId, "missed-window")).isEqualTo(ClockState.MET);
        assertThat(scene.openTasks(caseId)).doesNotContain("Task_ConfirmLateSurgery");
        scene.happens(slot(ofHours(90), after(ofHours(76))));
        assertThat(scene.openTasks(caseId)).doesNotContain("Task_RebookOrSlot");

        scene.timePasses(caseId, after(ofHours(96)));
        assertThat(scene.openTasks(caseId)).as("the late slot has passed").contains("Task_RebookOrSlot");
        scene.happens(incision(ofHours(97)));
        assertThat(scene.status(caseId)).isEqualTo("IN_SURGERY");
    }

    @Test
    void aMiniBoardMayHandTheCaseToTheFullBoardOnceTheReasonIsGiven() {
        scene.hasHappened(story.before(NEURO_STATUS));
        scene.timePasses(caseId, after(ofHours(73)));

        scene.byHand(caseId, "Task_ConfirmLateSurgery", Map.of("choice", "FULL_BOARD", "reason", "NEW_DEFICIT"));

        assertThat(scene.milestones(caseId)).containsEntry("missed-window-decided", after(ofHours(73)));
        assertThat(scene.status(caseId)).isEqualTo("WINDOW_MISSED");
        assertThat(scene.openTasks(caseId))
                .contains("Task_ExplainMissedWindow", "Task_StartSurgery")
                .doesNotContain("Task_RebookOrSlot", "Task_AcquireNewMri");
        scene.happens(explanation(after(ofHours(74))));
        assertThat(scene.openTasks(caseId)).doesNotContain("Task_StartSurgery", "Task_ExplainMissedWindow");
        assertThat(scene.status(caseId)).isNotEqualTo("WINDOW_MISSED");
    }

    @Test
    void anOperationReportedBeforeTheBoardHasTheCaseIsTaken() {
        scene.hasHappened(story.before(NEURO_STATUS));
        scene.timePasses(caseId, after(ofHours(73)));
        scene.byHand(caseId, "Task_ConfirmLateSurgery", Map.of("choice", "FULL_BOARD", "reason", "NEW_DEFICIT"));

        scene.happens(incision(ofHours(74)), explanation(after(ofHours(75))));

        assertThat(scene.status(caseId)).isEqualTo("IN_SURGERY");
        assertThat(scene.openTasks(caseId)).containsExactly("Task_CollectSpecimen", "Task_CompleteSurgery");
    }

    @Test
    void outOfProtocolTheFullBoardDecidesOnNewImages() {
        scene.hasHappened(story.before(NEURO_STATUS));
        scene.timePasses(caseId, after(ofHours(60)));
        scene.happens(explanation(after(ofHours(60))));
        scene.timePasses(caseId, after(ofHours(168)).minusSeconds(1));
        assertThat(scene.openTasks(caseId))
                .contains("Task_ConfirmLateSurgery", "Task_RebookOrSlot")
                .doesNotContain("Task_AcquireNewMri");

        scene.timeIs(after(ofHours(168)));

        assertThat(scene.openTasks(caseId))
                .contains("Task_AcquireNewMri", "Task_StartSurgery")
                .doesNotContain("Task_ConfirmLateSurgery", "Task_RebookOrSlot", "Task_ResolveMissingSlot");
        SyntheticEvent old = images(after(ofHours(40)));
        scene.said(old);
        assertThat(scene.outcome(old)).isEqualTo("APPLIED");
        assertThat(scene.openTasks(caseId)).contains("Task_AcquireNewMri");
        scene.happens(images(after(ofHours(169))));

        assertThat(scene.openTasks(caseId)).doesNotContain("Task_AcquireNewMri", "Task_StartSurgery");
        assertThat(scene.status(caseId)).isNotEqualTo("WINDOW_MISSED");
    }

    @Test
    void theProtocolIsNotLeftWhereT0Moves() {
        scene.hasHappened(story.before(NEURO_STATUS));
        scene.timePasses(caseId, after(ofHours(169)));
        assertThat(scene.openTasks(caseId)).contains("Task_AcquireNewMri");

        scene.said(corrected(after(ofHours(20))));
        scene.fireTimers();

        assertThat(scene.openTasks(caseId))
                .contains("Task_RebookOrSlot", "Task_ConfirmLateSurgery", "Task_StartSurgery")
                .doesNotContain("Task_AcquireNewMri");
        assertThat(scene.status(caseId)).isEqualTo("WINDOW_MISSED");
    }

    @Test
    void anOpenWindowClosesAgainWhereT0Moves() {
        scene.hasHappened(story.before(NEURO_STATUS));
        scene.timePasses(caseId, after(ofHours(30)));
        assertThat(scene.status(caseId)).isEqualTo("WINDOW_OPEN");
        Instant corrected = after(ofHours(10));

        scene.said(corrected(corrected));
        scene.fireTimers();

        assertThat(scene.status(caseId)).isEqualTo("SRS_DELIVERED");
        assertThat(scene.openTasks(caseId)).as("a slot before the window").contains("Task_RebookOrSlot");
        scene.timePasses(caseId, corrected.plus(ofHours(24)).minusSeconds(1));
        assertThat(scene.status(caseId)).isEqualTo("SRS_DELIVERED");
        scene.timeIs(corrected.plus(ofHours(24)));
        assertThat(scene.status(caseId)).isEqualTo("WINDOW_OPEN");
        scene.timePasses(caseId, corrected.plus(ofHours(48)));
        assertThat(scene.status(caseId)).isEqualTo("WINDOW_MISSED");
    }

    @Test
    void aMissedWindowOpensAgainWhereT0MovesAndIsMissedAgainOnce() {
        scene.hasHappened(story.before(NEURO_STATUS));
        scene.timePasses(caseId, after(ofHours(49)));
        assertThat(scene.status(caseId)).isEqualTo("WINDOW_MISSED");
        Instant corrected = after(ofHours(3));

        scene.said(corrected(corrected));
        scene.fireTimers();

        assertThat(scene.status(caseId)).isEqualTo("WINDOW_OPEN");
        scene.timePasses(caseId, corrected.plus(ofHours(48)));
        assertThat(scene.status(caseId)).isEqualTo("WINDOW_MISSED");
        assertThat(scene.openTasks(caseId)).containsOnlyOnce("Task_ExplainMissedWindow");
        scene.timePasses(caseId, corrected.plus(ofHours(72)));
        assertThat(scene.milestones(caseId)).containsEntry("window-left-long", corrected.plus(ofHours(72)));
    }

    /** Reference timeline A4, the waiver told by coordination. */
    @Test
    void aWaivedLowerBoundIsMetEarly() {
        scene.hasHappened(story.before(NEURO_STATUS));

        scene.happens(
                story.again(NEURO_STATUS, after(ofHours(18)), status -> status.put("gcs", 11)
                        .put("flag", "CRITICAL")),
                step("coordination", "clock-earliest-waived", after(ofHours(19)), found -> found.put("clock", WINDOW)
                        .put("reason", "HERNIATION_SUSPECTED")),
                incision(ofHours(20)));

        assertThat(scene.state(caseId, WINDOW)).isEqualTo(ClockState.MET_EARLY);
        assertThat(scene.clock(caseId, WINDOW).elapsed()).isEqualTo(ofHours(20));
        assertThat(scene.clock(caseId, WINDOW).earliestWaived()).isTrue();
        assertThat(scene.clock(caseId, WINDOW).reason()).isEqualTo("HERNIATION_SUSPECTED");
        assertThat(scene.status(caseId)).isEqualTo("IN_SURGERY");
        assertThat(scene.milestones(caseId)).doesNotContainKey("path-x-11");
    }

    private void begins(Urgency urgency) {
        SyntheticCase patient = scene.aCase(urgency, DETECTED);
        story = Story.of(patient);
        caseId = story.caseId();
        lastBeam = patient.lastBeam();
    }

    private Instant after(Duration sinceLastBeam) {
        return lastBeam.plus(sinceLastBeam);
    }

    private String bookedSlot() {
        return story.event(OR_SLOT).data().path("slotRef").asText();
    }

    private SyntheticEvent slot(Duration start, Instant told) {
        return story.again(OR_SLOT, told, startsAfter(start));
    }

    private Consumer<ObjectNode> startsAfter(Duration start) {
        return slot -> slot.put("slotRef", "ORS-" + start.toHours())
                .put("startAt", after(start).toString())
                .put("endAt", after(start.plusHours(5)).toString());
    }

    private SyntheticEvent lost(String slotRef, Instant told) {
        return story.further("operating-room.slot-lost", told, slot -> slot.put("slotRef", slotRef)
                .put("startAt", after(ofHours(30)).toString())
                .put("endAt", after(ofHours(35)).toString()));
    }

    private SyntheticEvent lostBed(Instant told) {
        ObjectNode reserved =
                (ObjectNode) story.event("intensive-care.bed-reserved").data();
        return story.further("intensive-care.bed-lost", told, bed -> bed.setAll(reserved));
    }

    private SyntheticEvent incision(Duration sinceLastBeam) {
        return story.again(
                "operating-room.surgery-started",
                after(sinceLastBeam),
                surgery -> surgery.put("incisionAt", after(sinceLastBeam).toString()));
    }

    private SyntheticEvent explanation(Instant told) {
        return step("neurosurgery", "missed-window-explained", told, found -> found.put("reason", "THEATRE_OVERRUN"));
    }

    private SyntheticEvent images(Instant made) {
        return story.further(
                "radiology.imaging-acquired", made, order -> order.put("orderRef", "MRI-" + made.getEpochSecond())
                        .put("purpose", "DIAGNOSTIC"));
    }

    private SyntheticEvent corrected(Instant end) {
        SyntheticEvent delivery = story.event(DELIVERY);
        return story.further("gamma-knife.event-corrected", after(ofHours(29)).plus(ofMinutes(30)), data -> {
            data.put("reason", "TYPING_ERROR").put("occurredAt", end.toString());
            data.putObject("corrects").put("source", delivery.source()).put("id", delivery.id());
            data.putObject("data").put("endAt", end.toString());
        });
    }

    private SyntheticEvent step(String department, String step, Instant done, Consumer<ObjectNode> found) {
        return story.further(
                department + ".step-completed",
                done,
                data -> found.accept(data.put("step", step).putObject("data")));
    }

    private String group(String elementId) {
        return jdbc.sql(
                        "select string_agg(group_id_, ',' order by group_id_) from act_ru_identitylink where task_id_ = ?")
                .param(scene.task(caseId, elementId).getId())
                .query(String.class)
                .single();
    }

    private List<String> bookings() {
        return jdbc.sql("select kind || ' ' || state from resource_booking where case_id = ?")
                .param(caseId.value())
                .query(String.class)
                .list();
    }

    /** Whose work it was asked for. */
    private List<String> requests(String step) {
        return notifications.about(caseId).stream()
                .filter(told -> told.name().equals("work-requested")
                        && told.payload().path("step").asText().equals(step))
                .map(Notifications.Received::department)
                .toList();
    }

    /** Who was told that it is missing. */
    private List<String> missing(String resource) {
        return notifications.about(caseId).stream()
                .filter(told -> told.name().equals("resource-missing")
                        && told.payload().path("resource").asText().equals(resource))
                .map(Notifications.Received::department)
                .toList();
    }
}
