package org.tumorboard.flow;

import static java.time.Duration.ofDays;
import static java.time.Duration.ofHours;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.time.Period;
import java.time.ZoneOffset;
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

/** What goes wrong in follow-up, and how else it ends. */
@EngineTest
class FollowUpExceptionsTest {

    private static final Instant DETECTED = Instant.parse("2025-03-02T08:00:00Z");
    private static final String BOOKED = "follow-up-clinic.appointment-booked";
    private static final String IMAGED = "radiology.imaging-acquired FOLLOW_UP";
    private static final String REPORTED = "radiology.imaging-reported FOLLOW_UP";
    private static final String CLASSIFIED = "follow-up-classified";
    private static final String DECISION = "coordination.decision-signed";

    @Autowired
    Scene scene;

    @Autowired
    Notifications notifications;

    private SyntheticCase patient;
    private Story story;
    private CaseId caseId;
    private Instant due;

    @BeforeEach
    void anUrgentCaseBeforeItsFirstVisit() {
        scene.resetTimeTo(DETECTED);
        patient = scene.urgentCase(DETECTED);
        story = new Story(patient.throughFollowUp(1, "STABLE"));
        caseId = story.caseId();
        due = afterMonths(patient.incision().plus(ofHours(4)), Period.ofMonths(2));
    }

    //

    @Test
    void anotherAppointmentIsBookedWhenTheImagesFail() {
        scene.hasHappened(story.before(IMAGED));
        SyntheticEvent failed = imagingFailed(due);

        scene.happens(failed, failed);
        assertThat(scene.openTasks(caseId)).containsExactly("Task_BookAppointment");
        scene.happens(booked("FU-AGAIN", due.plus(ofHours(1)), due.plus(ofDays(3))));
        assertThat(scene.openTasks(caseId)).containsExactly("Task_AcquireFollowUpImaging");
        scene.happens(imaged("FU-AGAIN", due.plus(ofDays(3))));

        assertThat(scene.openTasks(caseId)).containsExactly("Task_ReportFollowUpImaging");
        assertThat(scene.milestones(caseId))
                .containsEntry("path-x-01", due)
                .containsEntry("follow-up-imaged", due.plus(ofDays(3)))
                .doesNotContainKey("contact-needed");
    }

    @Test
    void imagesUnderTheSameOrderCountAfterAFailure() {
        scene.hasHappened(story.before(IMAGED));

        scene.happens(imagingFailed(due), imaged(order(), due.plus(ofHours(2))));

        assertThat(scene.openTasks(caseId)).containsExactly("Task_ReportFollowUpImaging");
        assertThat(scene.state(caseId, "follow-up-imaging")).isEqualTo(ClockState.MET);
    }

    //

    @Test
    void aPatientWhoDidNotComeIsContactedAndBookedAgain() {
        scene.hasHappened(story.before(IMAGED));
        SyntheticEvent missed = missed(due);

        scene.happens(missed, missed);
        assertThat(scene.openTasks(caseId)).containsExactly("Task_BookAppointment", "Task_ContactPatient");
        assertThat(scene.task(caseId, "Task_ContactPatient").getDueDate()).isEqualTo(due.plus(ofDays(3)));
        SyntheticEvent missedTwice = missed(due.plusSeconds(60));
        scene.happens(missedTwice, contacted("REACHED", due.plus(ofDays(1))));
        assertThat(scene.outcome(missedTwice)).isEqualTo("PARKED");
        assertThat(scene.openTasks(caseId)).containsExactly("Task_BookAppointment");
        scene.happens(booked("FU-AGAIN", due.plus(ofDays(2)), due.plus(ofDays(9))));

        assertThat(scene.openTasks(caseId)).containsExactly("Task_AcquireFollowUpImaging");
        assertThat(scene.milestones(caseId)).containsEntry("path-x-12", due).containsEntry("contact-needed", due);
        assertThat(scene.state(caseId, "patient-contact")).isEqualTo(ClockState.MET);
        assertThat(scene.clock(caseId, "patient-contact").elapsed()).isEqualTo(ofDays(2));
    }

    @Test
    void anAppointmentMadeMeanwhileMakesFurtherContactsNeedless() {
        scene.hasHappened(story.before(IMAGED));
        scene.happens(missed(due), contacted("NOT_REACHED", due.plus(ofDays(1))));
        assertThat(scene.openTasks(caseId)).containsExactly("Task_BookAppointment", "Task_ContactPatient");

        scene.happens(booked("FU-AGAIN", due.plus(ofDays(2)), due.plus(ofDays(9))));

        assertThat(scene.openTasks(caseId)).containsExactly("Task_AcquireFollowUpImaging");
        SyntheticEvent late = contacted("NOT_REACHED", due.plus(ofDays(1)).plusSeconds(60));
        scene.happens(late);
        assertThat(scene.outcome(late)).isEqualTo("ALREADY_DONE");
    }

    @Test
    void aPatientWhoCameAfterAllIsImagedAndNotContacted() {
        scene.hasHappened(story.before(IMAGED));

        scene.happens(missed(due), imaged(order(), due.plus(ofHours(3))));

        assertThat(scene.openTasks(caseId)).containsExactly("Task_ReportFollowUpImaging");
        assertThat(scene.state(caseId, "patient-contact")).isEqualTo(ClockState.MET);
        SyntheticEvent late = missed(due.plusSeconds(60));
        scene.happens(late);
        assertThat(scene.outcome(late)).isEqualTo("PARKED");
        assertThat(scene.openTasks(caseId)).containsExactly("Task_ReportFollowUpImaging");
    }

    @Test
    void coordinationDecidesAfterThreeContactsAndMayAskForAnotherAppointment() {
        scene.hasHappened(story.before(IMAGED));
        contactsFail();

        scene.happens(unreached("NEW_APPOINTMENT", due.plus(ofDays(8))));

        assertThat(scene.openTasks(caseId)).containsExactly("Task_BookAppointment");
        scene.happens(booked("FU-AGAIN", due.plus(ofDays(10)), due.plus(ofDays(13))));
        assertThat(scene.openTasks(caseId)).containsExactly("Task_AcquireFollowUpImaging");
    }

    @Test
    void aPatientWhoIsNeverReachedIsLostToFollowUp() {
        scene.hasHappened(story.before(IMAGED));
        contactsFail();
        SyntheticEvent guess = unreached("GIVE_UP", due.plus(ofDays(8)));
        scene.happens(guess);
        assertThat(scene.outcome(guess)).isEqualTo("REFUSED");

        scene.happens(unreached("LOST", due.plus(ofDays(9))));

        assertThat(scene.status(caseId)).isEqualTo("LOST_TO_FOLLOW_UP");
        assertThat(scene.openTasks(caseId)).isEmpty();
        SyntheticEvent late = booked("FU-AGAIN", due.plus(ofDays(8)), due.plus(ofDays(13)));
        scene.happens(late);
        assertThat(scene.outcome(late)).isEqualTo("ALREADY_DONE");
    }

    @Test
    void anUnreachedPatientMayBeInTheCareOfOthers() {
        scene.hasHappened(story.before(BOOKED));
        scene.happens(step("follow-up-clinic", "patient-not-reached", due.minus(ofDays(20)), found -> {}));
        assertThat(scene.openTasks(caseId)).containsExactly("Task_BookAppointment", "Task_ContactPatient");
        for (int attempt = 0; attempt < 3; attempt++) {
            scene.byHand(caseId, "Task_ContactPatient", Map.of("result", "NOT_REACHED"));
        }

        scene.byHand(caseId, "Task_DecideOnUnreached", Map.of("choice", "TRANSFERRED", "reason", "OTHER_HOSPITAL"));

        assertThat(scene.status(caseId)).isEqualTo("COMPLETED");
        assertThat(scene.openTasks(caseId)).isEmpty();
        assertThat(scene.milestones(caseId)).containsEntry("path-x-12", due.minus(ofDays(20)));
    }

    private void contactsFail() {
        scene.happens(missed(due));
        for (int day = 1; day <= 3; day++) {
            scene.happens(contacted("NOT_REACHED", due.plus(ofDays(2 * day))));
        }
        assertThat(scene.openTasks(caseId)).containsExactly("Task_BookAppointment", "Task_DecideOnUnreached");
    }

    //

    @Test
    void withoutSurgeryTheFirstVisitIsAtSixWeeksAndTheNextThreeMonthsLater() {
        Story irradiated = Story.of(patient);
        Instant lastBeam = patient.lastBeam();
        Instant first = lastBeam.plus(ofDays(42));
        scene.hasHappened(irradiated.before("ward.neuro-status-recorded"));
        scene.happens(
                story.further(
                        "coordination.consent-withdrawn",
                        lastBeam.plus(ofHours(8)),
                        data -> data.put("scope", "SURGERY")),
                step("neurosurgery", "withdrawal-talk", lastBeam.plus(ofHours(10)), found -> found.put(
                                "choice", "UPHELD")
                        .put("reason", "PATIENT_WISH")));
        assertThat(scene.milestones(caseId)).containsEntry("follow-up-due", first);

        scene.happens(booked("FU-1", first.minus(ofDays(20)), first), imaged("FU-1", first));
        scene.happens(reported("FU-1", "NO_EVIDENCE", first.plus(ofHours(4))));
        scene.happens(classified("STABLE", first.plus(ofHours(20))));

        assertThat(scene.milestones(caseId))
                .containsEntry("follow-up-due", afterMonths(lastBeam, Period.parse("P3M6W")));
        assertThat(scene.status(caseId)).isEqualTo("FOLLOW_UP");
    }

    //

    @Test
    void theBoardReviewsAgainWhenAnAmendmentInFollowUpTellsAnotherResult() {
        scene.hasHappened(story.before(BOOKED));

        scene.happens(amended("NECROSIS_ONLY", due.minus(ofDays(30))));
        assertThat(scene.openTasks(caseId)).containsExactly("Task_BookAppointment", "Task_ReviewAgain");
        scene.happens(decision(3, "OBSERVE", due.minus(ofDays(29))));
        assertThat(scene.openTasks(caseId)).containsExactly("Task_BookAppointment", "Task_TellAmendedOutcome");
        scene.happens(story.again("outcome-told", due.minus(ofDays(28))));

        assertThat(scene.openTasks(caseId)).containsExactly("Task_BookAppointment");
        assertThat(scene.milestones(caseId))
                .containsEntry("necrosis-only", due.minus(ofDays(30)))
                .containsEntry("result-reviewed", due.minus(ofDays(29)))
                .containsEntry("path-x-17", due.minus(ofDays(30)));
        assertThat(scene.state(caseId, "result-review")).isEqualTo(ClockState.MET);
        assertThat(scene.status(caseId)).isEqualTo("FOLLOW_UP");
    }

    @Test
    void anAmendmentInFollowUpThatTellsTheSameOrIsOvertakenIsOnlyNoted() {
        scene.hasHappened(story.before(BOOKED));

        scene.happens(
                amended("MIXED", due.minus(ofDays(30))),
                amended("NECROSIS_ONLY", patient.incision().plus(ofHours(20))));

        assertThat(scene.openTasks(caseId)).containsExactly("Task_BookAppointment");
        assertThat(scene.milestones(caseId)).doesNotContainKey("review-reopened");
        scene.happens(story.event(BOOKED));
        assertThat(scene.openTasks(caseId)).containsExactly("Task_AcquireFollowUpImaging");
    }

    //

    /** Reference timeline A13. */
    @Test
    void aRecurrenceOpensTheLinkedCaseWithOneMoreCourse() {
        story = story.with(REPORTED, report -> report.put("conclusion", "RECURRENCE"))
                .with(CLASSIFIED, found -> found.put("classification", "RECURRENCE"));
        Instant found = due.plus(ofHours(44));
        CaseId next = caseId.next();

        scene.happens(story.all());

        assertThat(scene.status(caseId)).isEqualTo("RE_ENTERED");
        assertThat(scene.milestones(caseId))
                .containsEntry("follow-up-due", due)
                .containsEntry("follow-up-imaged", due)
                .containsEntry("follow-up-reported", due.plus(ofHours(20)))
                .containsEntry("recurrence-found", found)
                .containsEntry("path-x-19", found)
                .containsEntry("case-closed", found);
        assertThat(scene.milestones(next)).containsEntry("detected", found);
        assertThat(scene.clock(next, "triage").startedAt()).isEqualTo(found);
        JsonNode linked = scene.caseFromApi(next);
        assertThat(linked.path("previousCaseId").asText()).isEqualTo(caseId.value());
        assertThat(linked.path("status").asText()).isEqualTo("RECEIVED");
        scene.awaitSent();
        assertThat(notifications.about(next))
                .filteredOn(told -> told.name().equals("case-opened"))
                .isNotEmpty()
                .allSatisfy(told -> assertThat(
                                told.payload().path("priorSrsCourses").asInt())
                        .isEqualTo(2));
    }

    @Test
    void aNewLesionElsewhereOpensTheLinkedCaseAsWell() {
        story = story.with(REPORTED, report -> report.put("conclusion", "NEW_LESION"))
                .with(CLASSIFIED, found -> found.put("classification", "NEW_LESION"));

        scene.hasHappened(story.all());

        assertThat(scene.status(caseId)).isEqualTo("RE_ENTERED");
        assertThat(scene.milestones(caseId)).containsKey("new-lesion-found").doesNotContainKey("recurrence-found");
        assertThat(scene.caseFromApi(caseId.next()).path("previousCaseId").asText())
                .isEqualTo(caseId.value());
    }

    @Test
    void leptomeningealSpreadGoesToTheBoardAndNotToRadiosurgery() {
        story = story.with(REPORTED, report -> report.put("conclusion", "LEPTOMENINGEAL"));
        Instant found = due.plus(ofHours(20));
        scene.hasHappened(story.before(CLASSIFIED));
        assertThat(scene.openTasks(caseId)).containsExactly("Task_DecideOtherTreatment");
        assertThat(scene.clock(caseId, "leptomeningeal-decision").latestAt()).isEqualTo(found.plus(ofHours(24)));

        SyntheticEvent again = decision(3, "PREOP_SRS_RESECTION", found.plus(ofHours(2)));
        scene.happens(again);
        assertThat(scene.outcome(again)).isEqualTo("PARKED");
        scene.happens(decision(3, "SYSTEMIC", found.plus(ofHours(20))));

        assertThat(scene.openTasks(caseId)).containsExactly("Task_HandOverLater");
        assertThat(scene.milestones(caseId))
                .containsEntry("leptomeningeal-found", found)
                .containsEntry("path-x-19", found)
                .containsEntry("leptomeningeal-decided", found.plus(ofHours(20)));
        scene.awaitSent();
        assertThat(notifications.about(caseId))
                .filteredOn(told -> told.name().equals("decision-signed"))
                .extracting(told -> told.payload().path("decisionVersion").asInt())
                .contains(3);
        scene.happens(step("coordination", "hand-over", found.plus(ofHours(30)), done -> done.put("handedOver", true)));
        assertThat(scene.status(caseId)).isEqualTo("ALTERNATIVE_TREATMENT");
        assertThat(scene.openTasks(caseId)).isEmpty();
    }

    private String order() {
        return story.event(BOOKED).data().path("orderRef").asText();
    }

    private SyntheticEvent missed(Instant when) {
        return story.further("follow-up-clinic.appointment-missed", when, data -> data.put("orderRef", order())
                .put("startAt", due.toString()));
    }

    private SyntheticEvent imagingFailed(Instant when) {
        return story.further("radiology.imaging-failed", when, data -> data.put("orderRef", order())
                .put("purpose", "FOLLOW_UP")
                .put("reason", "MOTION_ARTEFACT"));
    }

    private SyntheticEvent booked(String order, Instant when, Instant startAt) {
        return story.again(BOOKED, when, data -> data.put("orderRef", order).put("startAt", startAt.toString()));
    }

    private SyntheticEvent imaged(String order, Instant when) {
        return story.again(IMAGED, when, data -> data.put("orderRef", order));
    }

    private SyntheticEvent reported(String order, String conclusion, Instant when) {
        return story.again(REPORTED, when, data -> data.put("orderRef", order).put("conclusion", conclusion));
    }

    private SyntheticEvent classified(String classification, Instant when) {
        return story.again(CLASSIFIED, when, found -> found.put("classification", classification));
    }

    private SyntheticEvent contacted(String result, Instant when) {
        return step("follow-up-clinic", "patient-contacted", when, found -> found.put("result", result));
    }

    private SyntheticEvent unreached(String choice, Instant when) {
        return step("coordination", "unreached-patient", when, found -> found.put("choice", choice)
                .put("reason", "NO_ANSWER"));
    }

    private SyntheticEvent amended(String outcome, Instant when) {
        return story.further("pathology.report-amended", when, data -> data.put(
                        "reportRef",
                        story.event("pathology.report-finalised")
                                .data()
                                .path("reportRef")
                                .asText())
                .put("outcome", outcome));
    }

    private SyntheticEvent decision(int version, String recommendation, Instant signedAt) {
        return story.again(DECISION, signedAt, data -> data.put("version", version)
                .put("recommendation", recommendation)
                .put("signedAt", signedAt.toString()));
    }

    private SyntheticEvent step(String department, String name, Instant when, Consumer<ObjectNode> found) {
        return story.further(
                department + ".step-completed",
                when,
                data -> found.accept(data.put("step", name).putObject("data")));
    }

    private static Instant afterMonths(Instant from, Period period) {
        return from.atOffset(ZoneOffset.UTC).plus(period).toInstant();
    }
}
