package org.tumorboard.flow;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.tumorboard.EngineTest;
import org.tumorboard.embedded.SyntheticCase;
import org.tumorboard.event.CaseId;

/** Visits after treatment: called in time, and followed by the next, by a new case, or by the end. */
@EngineTest
class FollowUpTest {

    private static final Instant DETECTED = Instant.parse("2025-05-18T08:00:00Z");

    @Autowired
    Scene scene;

    @Autowired
    Notifications notifications;

    private SyntheticCase patient;

    @BeforeEach
    void anUrgentCase() {
        scene.resetTimeTo(DETECTED);
        patient = scene.urgentCase(DETECTED);
    }

    @Test
    void remindsTheClinicOfAVisitThatIsDueAndThenOverdue() {
        Story story = Story.of(patient);
        Instant due = patient.incision()
                .plus(Duration.ofHours(4))
                .atOffset(ZoneOffset.UTC)
                .plusMonths(2)
                .toInstant();
        scene.hasHappened(story.all());

        scene.timeIs(due.minusSeconds(1));
        assertThat(reminders(story.caseId())).isEmpty();
        scene.timeIs(due);
        assertThat(reminders(story.caseId())).containsExactly("DUE " + due);
        scene.timeIs(due.plus(Duration.ofDays(14)));
        assertThat(reminders(story.caseId())).containsExactly("DUE " + due, "OVERDUE " + due);
        assertThat(scene.openTasks(story.caseId())).containsExactly("Task_BookAppointment");
    }

    @Test
    void opensTheLinkedCaseWhenTheTumourComesBack() {
        Story story = new Story(patient.throughFollowUp(1, "RECURRENCE"));
        CaseId next = story.caseId().next();

        scene.hasHappened(story.all());

        assertThat(scene.status(story.caseId())).isEqualTo("RE_ENTERED");
        assertThat(scene.openTasks(story.caseId())).isEmpty();
        assertThat(reminders(story.caseId())).last().asString().startsWith("RE_ENTERED");
        JsonNode linked = scene.caseFromApi(next);
        assertThat(linked.path("previousCaseId").asText())
                .isEqualTo(story.caseId().value());
        assertThat(linked.path("status").asText()).isEqualTo("RECEIVED");
        assertThat(linked.path("patientRef").asText()).isEqualTo(patient.patientRef());
        assertThat(scene.openTasks(next)).containsExactly("Task_CompleteTriage");
        assertThat(notifications.about(next))
                .filteredOn(told -> told.name().equals("case-opened"))
                .isNotEmpty()
                .allSatisfy(told -> assertThat(
                                told.payload().path("priorSrsCourses").asInt())
                        .isEqualTo(2));
    }

    @Test
    void carriesTheLinkedCaseOnByThePatientsEvents() {
        Story story = new Story(patient.throughFollowUp(1, "RECURRENCE"));
        CaseId next = story.caseId().next();
        scene.hasHappened(story.all());
        Instant found = scene.milestones(next).get("detected");

        scene.happens(story.again("neurosurgery.triage-completed", found.plus(Duration.ofHours(1))));

        assertThat(scene.status(next)).isEqualTo("PREPARING");
        assertThat(scene.status(story.caseId())).isEqualTo("RE_ENTERED");
    }

    @Test
    void endsWhenCareIsTransferred() {
        Story story = new Story(patient.throughFollowUp(1, "TRANSFERRED"));

        scene.hasHappened(story.all());

        assertThat(scene.status(story.caseId())).isEqualTo("COMPLETED");
        assertThat(scene.openTasks(story.caseId())).isEmpty();
    }

    @Test
    void endsWithTheLastVisitOfTheSeries() {
        Story story = new Story(patient.throughFollowUp(14, "STABLE"));

        scene.hasHappened(story.all());

        assertThat(scene.status(story.caseId())).isEqualTo("COMPLETED");
        assertThat(scene.milestoneRecord(story.caseId()))
                .filteredOn(milestone -> milestone.startsWith("follow-up-imaged "))
                .hasSize(14);
    }

    /** What the clinic was told about visits, in its order. */
    private List<String> reminders(CaseId caseId) {
        scene.awaitSent();
        return notifications.about(caseId).stream()
                .filter(told ->
                        told.name().equals("follow-up-due") && told.department().equals("follow-up-clinic"))
                .map(told -> told.payload().path("dueState").asText() + " "
                        + told.payload().path("dueAt").asText())
                .toList();
    }
}
