package org.tumorboard.flow;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.tumorboard.EngineTest;
import org.tumorboard.embedded.SyntheticCase;
import org.tumorboard.embedded.SyntheticEvent;
import org.tumorboard.event.CaseId;
import org.tumorboard.event.EventType;

/** Slots, beds and units that are lost before the radiosurgery: who is told, what is held, what is booked anew. */
@EngineTest
class ResourceLossTest {

    private static final Instant DETECTED = Instant.parse("2025-05-11T08:00:00Z");
    private static final String DAILY_QA = "medical-physics.daily-qa-passed";
    private static final AtomicInteger NUMBERS = new AtomicInteger(1);

    @Autowired
    Scene scene;

    @Autowired
    Notifications notifications;

    @Autowired
    JdbcClient jdbc;

    private String unit;
    private SyntheticCase patient;
    private Story story;
    private CaseId caseId;

    @BeforeEach
    void anUrgentCase() {
        scene.resetTimeTo(DETECTED);
        unit = "GK-L" + NUMBERS.getAndIncrement();
        patient = scene.urgentCase(DETECTED);
        story = on(unit, Story.of(patient));
        caseId = story.caseId();
    }

    @Test
    void asksForTheNextOrSlotWhileOtherThingsAreStillMissing() {
        scene.hasHappened(story.before("ward.steroid-plan-recorded"));
        SyntheticEvent lost = slotLost(at(28));

        scene.happens(lost);

        assertThat(scene.openTasks(caseId))
                .containsExactlyInAnyOrder("Task_ConfirmDailyQa", "Task_ConfirmOrSlot", "Task_RecordSteroidPlan");
        assertThat(scene.milestones(caseId)).containsEntry("path-x-10", at(28));
        assertThat(gates()).containsExactly("RED", "RED");
        assertThat(missing()).contains("OR_SLOT", "STEROID_PLAN");
        assertThat(bookings("or-slot")).containsExactly("LOST");

        scene.happens(nextOrSlot(at(29), 30), story.event("ward.steroid-plan-recorded"));
        unitSays(dailyQa());

        scene.awaitOpenTasks(caseId, "Task_CheckIdentity");
        assertThat(gates()).containsExactly("RED", "RED", "GREEN");
        assertThat(bookings("or-slot")).containsExactlyInAnyOrder("LOST", "HELD");
    }

    @Test
    void asksForTheNextOrSlotBeforeThePatientIsClearedForAnaesthesia() {
        scene.hasHappened(
                story.without("anaesthesia.assessment-completed", DAILY_QA).before("identity-check"));
        SyntheticEvent lost = slotLost(at(40));

        scene.happens(lost);

        assertThat(scene.outcome(lost)).isEqualTo("APPLIED");
        assertThat(scene.openTasks(caseId))
                .containsExactlyInAnyOrder("Task_AssessAnaesthesia", "Task_ConfirmDailyQa", "Task_ConfirmOrSlot");
        assertThat(gates()).containsExactly("RED", "RED");
        assertThat(missing()).contains("OR_SLOT", "ANAESTHESIA");
    }

    @Test
    void asksForTheNextOrSlotAfterAllElseIsThere() {
        scene.hasHappened(story.without(DAILY_QA).before("identity-check"));

        scene.happens(slotLost(at(40)));
        assertThat(scene.openTasks(caseId)).containsExactlyInAnyOrder("Task_ConfirmDailyQa", "Task_ConfirmOrSlot");
        unitSays(dailyQa());
        assertThat(scene.openTasks(caseId)).containsExactly("Task_ConfirmOrSlot");
        scene.happens(nextOrSlot(at(47), 60));
        assertThat(scene.openTasks(caseId)).containsExactly("Task_MoveOrSlot");
        scene.happens(nextOrSlot(at(47.25), 30));

        scene.awaitOpenTasks(caseId, "Task_CheckIdentity");
        assertThat(gates()).containsExactly("RED", "RED", "GREEN");
    }

    @Test
    void takesALossOnlyOnceAndOnlyOfWhatIsHeld() {
        scene.hasHappened(story.without(DAILY_QA).before("identity-check"));
        SyntheticEvent lost = slotLost(at(40));

        scene.happens(lost);
        scene.happens(lost, slotLost(at(40.1)));
        scene.happens(nextOrSlot(at(41), 30));
        SyntheticEvent late = slotLost(at(40.5));
        scene.happens(late);

        assertThat(scene.openTasks(caseId)).containsExactly("Task_ConfirmDailyQa");
        assertThat(scene.outcome(late)).isEqualTo("PARKED");
        assertThat(gates()).containsExactly("RED", "RED");
        assertThat(requests("or-slot"))
                .as("the first was answered before it was sent")
                .isEqualTo(1);
    }

    @Test
    void takesALossThatArrivesBeforeItsBooking() {
        scene.hasHappened(story.before("operating-room.slot-confirmed"));
        SyntheticEvent lost = slotLost(at(26.5));
        scene.happens(lost);
        assertThat(scene.outcome(lost)).isEqualTo("PARKED");

        scene.hasHappened(List.of(story.event("operating-room.slot-confirmed")));

        assertThat(scene.outcome(lost)).isEqualTo("APPLIED");
        assertThat(scene.openTasks(caseId)).contains("Task_ConfirmOrSlot");
    }

    @Test
    void asksForAnotherBedAndForNothingElse() {
        scene.hasHappened(story.without(DAILY_QA).before("identity-check"));
        SyntheticEvent lost = story.further(
                "intensive-care.bed-lost",
                at(40),
                bed -> bed.setAll(
                        (ObjectNode) story.event("intensive-care.bed-reserved").data()));

        scene.happens(lost);
        scene.timeIs(at(40.5));
        assertThat(scene.openTasks(caseId))
                .containsExactlyInAnyOrder("Task_ConfirmDailyQa", "Task_OverridePendingBed", "Task_ReserveIcuBed");
        scene.happens(story.again("intensive-care.bed-reserved", at(41), bed -> bed.put("bedRef", "BED-OTHER")));
        assertThat(scene.openTasks(caseId)).containsExactly("Task_ConfirmDailyQa");
        unitSays(dailyQa());

        scene.awaitOpenTasks(caseId, "Task_CheckIdentity");
        assertThat(scene.milestones(caseId)).containsEntry("path-x-10", at(40));
        assertThat(bookings("icu-bed")).containsExactlyInAnyOrder("LOST", "HELD");
    }

    @Test
    void losesSlotAndBedAtOnceAndRecoversBoth() {
        scene.hasHappened(story.without(DAILY_QA).before("identity-check"));
        SyntheticEvent bedLost = story.further(
                "intensive-care.bed-lost",
                at(40),
                bed -> bed.setAll(
                        (ObjectNode) story.event("intensive-care.bed-reserved").data()));

        scene.said(slotLost(at(40)), bedLost);
        scene.happens(nextOrSlot(at(41), 30));
        scene.happens(story.again("intensive-care.bed-reserved", at(42), bed -> bed.put("bedRef", "BED-OTHER")));
        unitSays(dailyQa());

        scene.awaitOpenTasks(caseId, "Task_CheckIdentity");
        assertThat(gates()).endsWith("GREEN");
    }

    @Test
    void booksAnotherGammaKnifeSlotAndMovesTheOrSlotWithIt() {
        scene.hasHappened(story.without(DAILY_QA).before("identity-check"));
        SyntheticEvent lost = slotLost("gamma-knife.slot", at(40));

        scene.happens(lost);
        assertThat(scene.openTasks(caseId)).containsExactly("Task_ConfirmGammaKnifeSlot");
        assertThat(missing()).contains("GK_SLOT");
        scene.happens(gammaKnifeSlot(at(41), unit, at(72)));
        assertThat(scene.openTasks(caseId)).containsExactly("Task_MoveOrSlot");
        scene.happens(nextOrSlot(at(42), 54));
        assertThat(scene.openTasks(caseId)).containsExactly("Task_ConfirmDailyQa");
        unitSays(dailyQa(unit, at(70), "2025-05-14"));

        scene.awaitOpenTasks(caseId, "Task_CheckIdentity");
        assertThat(scene.milestones(caseId)).containsEntry("path-x-09", at(40)).containsKey("path-x-10");
        assertThat(bookings("gamma-knife-slot")).containsExactlyInAnyOrder("LOST", "HELD");
        assertThat(bookings("or-slot")).containsExactlyInAnyOrder("REPLACED", "HELD");
    }

    @Test
    void tellsEveryCaseOfAUnitThatIsDownTwoHoursBeforeItsSlotAndOnlyThose() {
        Story sameUnit = on(unit, Story.of(scene.urgentCase(DETECTED)));
        Story otherUnit = on(unit + "-B", Story.of(scene.urgentCase(DETECTED)));
        for (Story each : List.of(story, sameUnit, otherUnit)) {
            scene.hasHappened(each.without(DAILY_QA).before("identity-check"));
        }

        unitSays(down(at(46), at(56)));

        for (Story told : List.of(story, sameUnit)) {
            assertThat(gates(told.caseId())).containsExactly("RED", "RED");
            assertThat(scene.openTasks(told.caseId())).containsExactly("Task_ConfirmGammaKnifeSlot");
            assertThat(scene.milestones(told.caseId())).containsEntry("path-x-09", at(46));
        }
        assertThat(gates(otherUnit.caseId())).containsExactly("RED");
        assertThat(scene.openTasks(otherUnit.caseId())).containsExactly("Task_ConfirmDailyQa");

        scene.happens(gammaKnifeSlot(at(46.25), unit + "-B", at(50)));
        scene.happens(sameUnit.again("gamma-knife.slot-confirmed", at(46.5), slot -> slot.put("slotRef", "GKS-NEXT-DAY")
                .put("startAt", at(72).toString())
                .put("endAt", at(80).toString())));

        assertThat(scene.openTasks(caseId)).as("in the window still").containsExactly("Task_ConfirmDailyQa");
        assertThat(scene.openTasks(sameUnit.caseId()))
                .as("the OR slot moves with the Gamma Knife slot")
                .containsExactly("Task_MoveOrSlot");
    }

    @Test
    void holdsUntilTheUnitIsBackBeforeTheSlot() {
        scene.hasHappened(story.without(DAILY_QA).before("identity-check"));

        unitSays(down(at(42), at(45)));
        assertThat(missing()).contains("GK_UNIT");
        assertThat(scene.openTasks(caseId)).containsExactly("Task_ConfirmDailyQa");
        unitSays(dailyQaOfOtherUnit());
        unitSays(news("gamma-knife.machine-restored", unit, at(44), restored -> {}));
        assertThat(scene.openTasks(caseId)).containsExactly("Task_ConfirmDailyQa");
        unitSays(dailyQa());

        scene.awaitOpenTasks(caseId, "Task_CheckIdentity");
        assertThat(gates()).containsExactly("RED", "RED", "GREEN");
        assertThat(scene.milestones(caseId)).containsEntry("path-x-09", at(42));
        assertThat(bookings("gamma-knife-slot")).containsExactly("HELD");
    }

    @Test
    void booksAnewIfThePromiseIsNotKept() {
        scene.hasHappened(story.without(DAILY_QA).before("identity-check"));

        unitSays(down(at(42), at(45)));
        scene.timePasses(caseId, at(48).minusSeconds(1));
        assertThat(scene.openTasks(caseId)).containsExactly("Task_ConfirmDailyQa");
        scene.timePasses(caseId, at(48));

        assertThat(scene.openTasks(caseId)).containsExactly("Task_ConfirmGammaKnifeSlot");
    }

    @Test
    void booksAnewAtOnceIfTheUnitWillNotBeBackInTime() {
        scene.hasHappened(story.without(DAILY_QA).before("identity-check"));

        unitSays(down(at(46), at(47)));
        assertThat(scene.openTasks(caseId)).containsExactly("Task_ConfirmDailyQa");
        unitSays(down(at(46.5), at(53)));
        assertThat(scene.openTasks(caseId)).containsExactly("Task_ConfirmGammaKnifeSlot");
        scene.happens(gammaKnifeSlot(at(47), unit + "-B", at(50)));

        assertThat(scene.openTasks(caseId)).containsExactly("Task_ConfirmDailyQa");
        assertThat(bookings("gamma-knife-slot")).containsExactlyInAnyOrder("REPLACED", "HELD");
    }

    @Test
    void holdsASlotThatBeginsAfterTheUnitIsExpectedBack() {
        scene.hasHappened(story.without(DAILY_QA).before("identity-check"));
        unitSays(down(at(44), at(56)));
        assertThat(scene.openTasks(caseId)).containsExactly("Task_ConfirmGammaKnifeSlot");

        scene.happens(gammaKnifeSlot(at(45), unit, at(72)), nextOrSlot(at(45.5), 50));

        assertThat(scene.openTasks(caseId)).isEmpty();
        assertThat(missing()).contains("GK_UNIT");
        unitSays(news("gamma-knife.machine-restored", unit, at(55), restored -> {}));
        assertThat(scene.openTasks(caseId)).containsExactly("Task_ConfirmDailyQa");
    }

    @Test
    void asksForAnotherSlotIfTheOneIsLostWhileTheUnitIsDown() {
        scene.hasHappened(story.without(DAILY_QA).before("identity-check"));
        unitSays(down(at(44), at(46)));

        scene.happens(slotLost("gamma-knife.slot", at(45)));
        assertThat(scene.openTasks(caseId)).containsExactly("Task_ConfirmGammaKnifeSlot");
        unitSays(news("gamma-knife.machine-restored", unit, at(46), restored -> {}));
        scene.happens(gammaKnifeSlot(at(46.5), unit, at(50)));

        assertThat(scene.openTasks(caseId)).containsExactly("Task_ConfirmDailyQa");
    }

    @Test
    void asksForTheNewTimeOfASlotThatHasBegunMeanwhile() {
        scene.hasHappened(story.without(DAILY_QA).before("identity-check"));

        unitSays(down(at(46), at(50)));
        unitSays(news("gamma-knife.machine-restored", unit, at(50), restored -> {}));

        assertThat(scene.openTasks(caseId)).containsExactly("Task_ConfirmGammaKnifeSlot");
    }

    @Test
    void takesAFailedDailyQaForAnOutageThatAPassedOneEnds() {
        scene.hasHappened(story.without(DAILY_QA, "ward.steroid-plan-recorded").before("identity-check"));
        unitSays(dailyQa());
        assertThat(scene.openTasks(caseId)).containsExactly("Task_RecordSteroidPlan");

        unitSays(news("medical-physics.daily-qa-failed", unit, at(46.5), qa -> qa.put("date", "2025-05-13")));
        assertThat(missing()).contains("GK_UNIT", "DAILY_QA");
        scene.happens(story.event("ward.steroid-plan-recorded").at(at(46.6)));
        assertThat(scene.openTasks(caseId)).isEmpty();
        unitSays(dailyQa(unit, at(47), "2025-05-13"));

        scene.awaitOpenTasks(caseId, "Task_CheckIdentity");
        assertThat(gates()).containsExactly("RED", "RED", "GREEN");
    }

    @Test
    void tellsACaseThatBooksASlotOnAUnitThatIsDown() {
        unitSays(down(at(-30), null));
        unitSays(news("gamma-knife.machine-restored", unit, at(-20), restored -> {}));
        unitSays(down(at(-1), at(60)));
        scene.hasHappened(story.before("gamma-knife.slot-confirmed"));

        scene.happens(story.event("gamma-knife.slot-confirmed"));

        assertThat(scene.milestones(caseId)).containsEntry("path-x-09", at(-1));
        assertThat(scene.milestoneRecord(caseId).stream().filter(entry -> entry.startsWith("path-x-09")))
                .hasSize(1);
        assertThat(scene.openTasks(caseId)).contains("Task_ConfirmGammaKnifeSlot");
    }

    @Test
    void doesNotTellACaseOfAnOutageThatHasEnded() {
        unitSays(down(at(-30), null), down(at(-28), null));
        unitSays(dailyQa(unit, at(-20), "2025-05-10"));
        scene.hasHappened(story.without(DAILY_QA).before("identity-check"));
        unitSays(news("gamma-knife.machine-restored", unit, at(41), restored -> {}));
        unitSays(down(at(40), at(45)));

        assertThat(scene.openTasks(caseId)).containsExactly("Task_ConfirmDailyQa");
        assertThat(scene.milestones(caseId)).doesNotContainKey("path-x-09");
        assertThat(gates()).containsExactly("RED");
    }

    /** News of a unit, and all its cases have heard of it. */
    private void unitSays(SyntheticEvent... news) {
        scene.happens(news);
        scene.awaitQuiet();
    }

    private SyntheticEvent slotLost(Instant time) {
        return slotLost("operating-room.slot", time);
    }

    private SyntheticEvent slotLost(String slot, Instant time) {
        return story.further(
                slot + "-lost",
                time,
                data -> data.setAll(
                        (ObjectNode) story.event(slot + "-confirmed").data()));
    }

    private SyntheticEvent nextOrSlot(Instant time, int hoursAfterLastBeam) {
        Instant start = patient.lastBeam().plus(Duration.ofHours(hoursAfterLastBeam));
        return story.again(
                "operating-room.slot-confirmed", time, slot -> slot.put("slotRef", "ORS-" + hoursAfterLastBeam)
                        .put("startAt", start.toString())
                        .put("endAt", start.plus(Duration.ofHours(5)).toString()));
    }

    private SyntheticEvent gammaKnifeSlot(Instant time, String on, Instant start) {
        return story.again("gamma-knife.slot-confirmed", time, slot -> slot.put("slotRef", "GKS-OTHER")
                .put("unit", on)
                .put("startAt", start.toString())
                .put("endAt", start.plus(Duration.ofHours(8)).toString()));
    }

    private SyntheticEvent down(Instant time, Instant etaAt) {
        return news("gamma-knife.machine-down", unit, time, down -> {
            if (etaAt != null) {
                down.put("etaAt", etaAt.toString());
            }
        });
    }

    private SyntheticEvent dailyQa() {
        return dailyQa(unit, at(46), "2025-05-13");
    }

    private static SyntheticEvent dailyQa(String of, Instant time, String date) {
        return news("medical-physics.daily-qa-passed", of, time, qa -> qa.put("date", date));
    }

    private SyntheticEvent dailyQaOfOtherUnit() {
        return dailyQa(unit + "-B", at(43), "2025-05-13");
    }

    private static SyntheticEvent news(String type, String of, Instant time, Consumer<ObjectNode> facts) {
        ObjectNode data = JsonNodeFactory.instance.objectNode().put("unit", of);
        facts.accept(data);
        return new SyntheticEvent(
                EventType.ofShortName(type).orElseThrow(),
                of + "-news-" + NUMBERS.getAndIncrement(),
                of,
                null,
                time,
                data);
    }

    /** The story with its slot on that unit. */
    private static Story on(String of, Story story) {
        return story.with("gamma-knife.slot-confirmed", slot -> slot.put("unit", of))
                .with("medical-physics.daily-qa-passed", qa -> qa.put("unit", of));
    }

    private List<String> gates() {
        return gates(caseId);
    }

    private List<String> gates(CaseId about) {
        scene.awaitSent();
        return told(about).stream()
                .map(told -> told.payload().path("gate").asText())
                .toList();
    }

    /** What was missing when the gate was told last. */
    private List<String> missing() {
        scene.awaitSent();
        List<Notifications.Received> told = told(caseId);
        List<String> missing = new java.util.ArrayList<>();
        told.get(told.size() - 1).payload().path("gateMissing").forEach(item -> missing.add(item.asText()));
        return missing;
    }

    private List<Notifications.Received> told(CaseId about) {
        return notifications.about(about).stream()
                .filter(told -> told.name().equals("readiness-changed")
                        && told.department().equals("gamma-knife"))
                .toList();
    }

    private long requests(String step) {
        scene.awaitSent();
        return notifications.about(caseId).stream()
                .filter(told -> told.name().equals("work-requested")
                        && told.payload().path("step").asText().equals(step))
                .count();
    }

    private List<String> bookings(String kind) {
        return jdbc.sql("select state from resource_booking where case_id = ? and kind = ?")
                .params(caseId.value(), kind)
                .query(String.class)
                .list();
    }

    private static Instant at(double hour) {
        return DETECTED.plusSeconds(Math.round(hour * 3600));
    }
}
