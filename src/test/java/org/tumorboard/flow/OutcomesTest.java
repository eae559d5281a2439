package org.tumorboard.flow;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.tumorboard.EngineTest;
import org.tumorboard.embedded.SyntheticCase;
import org.tumorboard.embedded.SyntheticEvent;
import org.tumorboard.event.CaseId;

/** What counts at any time of a case, and how a case ends before its treatment. */
@EngineTest
class OutcomesTest {

    private static final Instant DETECTED = Instant.parse("2025-05-25T08:00:00Z");

    @Autowired
    Scene scene;

    private SyntheticCase patient;

    @BeforeEach
    void anUrgentCase() {
        scene.resetTimeTo(DETECTED);
        patient = scene.urgentCase(DETECTED);
    }

    @Test
    void endsWhereNeurosurgeryDoesNotTakeTheCase() {
        Story story = new Story(patient.notAccepted());

        scene.happens(story.all());

        JsonNode seen = scene.caseFromApi(story.caseId());
        assertThat(seen.path("status").asText()).isEqualTo("NOT_ELIGIBLE");
        assertThat(seen.path("closedAt").asText()).isNotBlank();
        assertThat(scene.openTasks(story.caseId())).isEmpty();
        assertThat(scene.milestones(story.caseId())).containsKey("triaged");
    }

    @Test
    void tellsWhoeverNamesAnEndedCaseThatItHasEnded() {
        CaseId caseId = new CaseId("CASE-ended-" + patient.patientRef());
        Story story = new Story(patient.named(caseId.value()).notAccepted());
        scene.happens(story.all());

        SyntheticEvent late = story.again("neurosurgery.triage-completed", DETECTED.plus(Duration.ofHours(3)));
        scene.happens(late);

        assertThat(scene.outcome(late)).isEqualTo("ALREADY_DONE");
        assertThat(scene.reason(late)).contains("the case ended as NOT_ELIGIBLE");
    }

    @Test
    void notesAdmissionAndDischargeWheneverTheyComeAndHoweverOften() {
        Story story = Story.of(patient);
        Instant discharged = patient.incision().plus(Duration.ofDays(20));
        scene.hasHappened(story.before("DIAGNOSTIC"));
        scene.happens(moved(story, "admitted", DETECTED.plus(Duration.ofHours(3))));
        scene.hasHappened(story.all());
        scene.happens(moved(story, "discharged", discharged));
        scene.happens(moved(story, "admitted", discharged.plus(Duration.ofDays(1))));

        assertThat(scene.milestones(story.caseId()))
                .containsEntry("admitted", discharged.plus(Duration.ofDays(1)))
                .containsEntry("discharged", discharged);
        assertThat(scene.milestoneRecord(story.caseId()))
                .filteredOn(milestone -> milestone.startsWith("admitted "))
                .hasSize(2);
        assertThat(scene.status(story.caseId())).isEqualTo("FOLLOW_UP");
    }

    @Test
    void notesTheNeuroStatusBeforeAnybodyAsksForIt() {
        Story story = Story.of(patient);
        scene.hasHappened(story.before("DIAGNOSTIC"));

        scene.happens(story.again("ward.neuro-status-recorded", DETECTED.plus(Duration.ofHours(3))));

        assertThat(scene.milestones(story.caseId())).containsEntry("neuro-status", DETECTED.plus(Duration.ofHours(3)));
    }

    private static SyntheticEvent moved(Story story, String how, Instant at) {
        return story.further(
                "patient-administration.patient-" + how, at.plusSeconds(600), facts -> facts.put("at", at.toString()));
    }
}
