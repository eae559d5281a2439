package org.tumorboard.flow;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.tumorboard.EngineTest;
import org.tumorboard.event.Urgency;

/** The result board decides when everything that it needs is there. */
@EngineTest
class ResultTest {

    private static final Instant DETECTED = Instant.parse("2025-05-11T08:00:00Z");

    @Autowired
    Scene scene;

    @BeforeEach
    void time() {
        scene.resetTimeTo(DETECTED);
    }

    @Test
    void waitsForImagingAndHistology() {
        Story story = Story.of(scene.urgentCase(DETECTED))
                .with("pathology.report-finalised", report -> report.put("outcome", "NECROSIS_ONLY"));
        scene.hasHappened(story.before("pathology.report-finalised"));
        assertThat(scene.openTasks(story.caseId())).containsExactly("Task_FinaliseHistology");
        assertThat(scene.status(story.caseId())).isEqualTo("POSTOPERATIVE");

        scene.happens(story.event("pathology.report-finalised"));

        assertThat(scene.openTasks(story.caseId())).containsExactly("Task_DecideNextTreatment");
        assertThat(scene.status(story.caseId())).isEqualTo("RESULT_REVIEW");
    }

    @Test
    void asksAnEmergencyAfterwardsForItsSystemicStatus() {
        Story story = Story.of(scene.aCase(Urgency.EMERGENCY, DETECTED));
        scene.hasHappened(story.before("oncology.systemic-status-recorded"));
        assertThat(scene.openTasks(story.caseId())).containsExactly("Task_RecordSystemicStatus");

        scene.happens(story.event("oncology.systemic-status-recorded"));

        assertThat(scene.openTasks(story.caseId())).containsExactly("Task_DecideNextTreatment");
    }

    @Test
    void carriesAnEmergencyToFollowUp() {
        Story story = Story.of(scene.aCase(Urgency.EMERGENCY, DETECTED));

        scene.happens(story.all());

        assertThat(scene.status(story.caseId())).isEqualTo("FOLLOW_UP");
        assertThat(scene.caseFromApi(story.caseId()).path("urgency").asText()).isEqualTo("EMERGENCY");
        assertThat(scene.eventsFromApi(story.caseId()))
                .allSatisfy(event -> assertThat(event.path("outcome").asText())
                        .as(event.toString())
                        .isEqualTo("APPLIED"));
    }

    @Test
    void carriesAStandardCaseToFollowUp() {
        Story story = Story.of(scene.aCase(Urgency.STANDARD, DETECTED));

        scene.hasHappened(story.all());

        assertThat(scene.status(story.caseId())).isEqualTo("FOLLOW_UP");
        assertThat(scene.caseFromApi(story.caseId()).path("urgency").asText()).isEqualTo("STANDARD");
    }
}
