package org.tumorboard.flow;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.tumorboard.EngineTest;
import org.tumorboard.embedded.SyntheticEvent;
import org.tumorboard.event.CaseId;

/** A plan that fails a check, or that a newer one supersedes, counts no more: every check is repeated. */
@EngineTest
class PlanVersionsTest {

    private static final Instant DETECTED = Instant.parse("2025-04-27T08:00:00Z");

    private static final String SUBMITTED = "gamma-knife.plan-submitted";
    private static final String APPROVED = "radiation-oncology.plan-approved";
    private static final String QA_PASSED = "medical-physics.plan-qa-passed";
    private static final String CHECK_PASSED = "medical-physics.second-check-passed";
    private static final String STARTED = "gamma-knife.delivery-started";

    @Autowired
    Scene scene;

    private Story story;
    private CaseId caseId;

    @BeforeEach
    void aCaseWhosePlanIsDue() {
        scene.resetTimeTo(DETECTED);
        story = Story.of(scene.urgentCase(DETECTED));
        caseId = story.caseId();
        scene.hasHappened(story.before(SUBMITTED));
        scene.awaitOpenTasks(caseId, "Task_SubmitPlan");
    }

    @Test
    void aFailedQaAsksForTheNextVersionAndForAllItsChecks() {
        scene.happens(version(1, SUBMITTED, 51), version(1, APPROVED, 52), qaFailed());
        assertThat(scene.openTasks(caseId)).containsExactly("Task_SubmitPlan");

        SyntheticEvent late = version(1, CHECK_PASSED, 52.75);
        scene.happens(late, version(2, SUBMITTED, 53), version(2, APPROVED, 53.25));
        assertThat(scene.outcome(late)).isEqualTo("ALREADY_DONE");
        assertThat(scene.openTasks(caseId)).containsExactly("Task_PassPlanQa", "Task_PassSecondCheck");

        SyntheticEvent old = version(1, STARTED, 53.5);
        scene.happens(old, version(2, QA_PASSED, 53.6), version(2, CHECK_PASSED, 53.7), version(2, STARTED, 54));
        scene.happens(version(2, "gamma-knife.delivery-completed", 56));
        assertThat(scene.outcome(old)).isEqualTo("ALREADY_DONE");
        assertThat(scene.reason(old)).contains("version 1 is overtaken");
        assertThat(scene.status(caseId)).isEqualTo("SRS_DELIVERED");
        assertThat(scene.milestones(caseId))
                .containsEntry("plan-approved", at(53.25))
                .containsEntry("plan-checked", at(53.7));
    }

    @Test
    void aFailedSecondCheckAsksForTheNextVersion() {
        scene.happens(
                version(1, SUBMITTED, 51),
                version(1, APPROVED, 52),
                version(1, QA_PASSED, 52.1),
                story.further("medical-physics.second-check-failed", at(52.2), this::firstPlan));

        assertThat(scene.openTasks(caseId)).containsExactly("Task_SubmitPlan");
        assertThat(scene.milestones(caseId)).doesNotContainKey("plan-checked");
    }

    @Test
    void aNewerPlanSupersedesTheOneBeingChecked() {
        scene.happens(version(1, SUBMITTED, 51), version(1, APPROVED, 52), version(2, SUBMITTED, 52.2));
        assertThat(scene.openTasks(caseId)).containsExactly("Task_ApprovePlan");

        SyntheticEvent late = version(1, QA_PASSED, 52.5);
        scene.happens(late, version(2, APPROVED, 53));

        assertThat(scene.outcome(late)).isEqualTo("ALREADY_DONE");
        assertThat(scene.openTasks(caseId)).containsExactly("Task_PassPlanQa", "Task_PassSecondCheck");
        assertThat(scene.milestones(caseId)).containsEntry("plan-approved", at(53));
    }

    @Test
    void aCheckedPlanCanBeSupersededUntilItsDeliveryStarts() {
        scene.happens(
                version(1, SUBMITTED, 51),
                version(1, APPROVED, 52),
                version(1, QA_PASSED, 52.5),
                version(1, CHECK_PASSED, 52.75));
        assertThat(scene.openTasks(caseId)).containsExactly("Task_StartDelivery");

        SyntheticEvent started = version(1, STARTED, 54);
        scene.happens(version(2, SUBMITTED, 53), started);

        assertThat(scene.outcome(started)).isNotEqualTo("APPLIED");
        assertThat(scene.openTasks(caseId)).containsExactly("Task_ApprovePlan");
    }

    @Test
    void versionsAreTakenInTheirOrderHoweverTheyArrive() {
        SyntheticEvent second = version(2, SUBMITTED, 51.5);
        scene.happens(second);
        assertThat(scene.outcome(second)).isEqualTo("PARKED");

        scene.happens(version(1, SUBMITTED, 51));
        scene.happens(version(2, APPROVED, 52));

        assertThat(scene.outcome(second)).isEqualTo("APPLIED");
        assertThat(scene.openTasks(caseId)).containsExactly("Task_PassPlanQa", "Task_PassSecondCheck");
    }

    private SyntheticEvent version(int version, String event, double hour) {
        return story.again(event, at(hour), facts -> {
            facts.put("version", version);
            if (event.equals(STARTED)) {
                facts.put("startAt", at(hour).toString());
            }
        });
    }

    private SyntheticEvent qaFailed() {
        return story.further("medical-physics.plan-qa-failed", at(52.2), facts -> {
            firstPlan(facts);
            facts.put("reason", "DOSE_DIFFERENCE");
        });
    }

    private void firstPlan(ObjectNode facts) {
        facts.set("planRef", story.event(APPROVED).data().get("planRef"));
        facts.put("version", 1);
    }

    private static Instant at(double hour) {
        return DETECTED.plusSeconds(Math.round(hour * 3600));
    }
}
