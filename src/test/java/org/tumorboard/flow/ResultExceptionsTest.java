package org.tumorboard.flow;

import static java.time.Duration.ofHours;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.camunda.bpm.engine.RuntimeService;
import org.camunda.bpm.engine.runtime.ProcessInstance;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.tumorboard.EngineTest;
import org.tumorboard.embedded.SyntheticEvent;
import org.tumorboard.event.CaseId;
import org.tumorboard.sla.ClockState;
import org.tumorboard.sla.SlaClock;

/** What goes wrong between the operation and the decision about the next treatment. */
@EngineTest
class ResultExceptionsTest {

    private static final Instant DETECTED = Instant.parse("2025-06-10T08:00:00Z");
    private static final String MRI = "radiology.imaging-acquired POSTOPERATIVE";
    private static final String MRI_REPORT = "radiology.imaging-reported POSTOPERATIVE";
    private static final String HISTOLOGY = "pathology.report-finalised";

    @Autowired
    Scene scene;

    @Autowired
    Notifications notifications;

    @Autowired
    RuntimeService runtime;

    private Story story;
    private CaseId caseId;
    private Instant surgeryEnd;

    @BeforeEach
    void anUrgentCase() {
        scene.resetTimeTo(DETECTED);
        var patient = scene.urgentCase(DETECTED);
        story = Story.of(patient);
        caseId = story.caseId();
        surgeryEnd = patient.incision().plus(ofHours(4));
    }

    //

    @Test
    void failedImagesAreOrderedAgain() {
        scene.hasHappened(story.before(MRI));

        scene.happens(imagingFailed(30));
        assertThat(scene.openTasks(caseId)).containsExactly("Task_FinaliseHistology", "Task_ReorderPostoperativeMri");
        scene.happens(step("neurosurgery", "postoperative-mri-reordered", 31, found -> {}));
        assertThat(scene.openTasks(caseId)).containsExactly("Task_AcquirePostoperativeMri", "Task_FinaliseHistology");
        scene.happens(story.event(MRI));

        assertThat(scene.openTasks(caseId)).containsExactly("Task_FinaliseHistology", "Task_ReportPostoperativeMri");
        assertThat(scene.milestones(caseId))
                .containsEntry("path-x-01", after(30))
                .containsEntry("postop-imaged", after(40));
        assertThat(scene.state(caseId, "postop-imaging")).isEqualTo(ClockState.MET);
    }

    @Test
    void imagesThatNobodyOrderedAgainCountAllTheSameAndALateFailureDoesNot() {
        scene.hasHappened(story.before(MRI));
        scene.happens(imagingFailed(30), story.event(MRI));

        assertThat(scene.openTasks(caseId)).containsExactly("Task_FinaliseHistology", "Task_ReportPostoperativeMri");
        assertThat(scene.milestones(caseId)).containsEntry("postop-imaged", after(40));
        SyntheticEvent late = imagingFailed(29);
        scene.happens(late);
        assertThat(scene.outcome(late)).isEqualTo("PARKED");
        assertThat(scene.openTasks(caseId)).containsExactly("Task_FinaliseHistology", "Task_ReportPostoperativeMri");
    }

    //

    @Test
    void bothDisciplinesJudgeAResidualTumourBeforeTheBoardMeets() {
        story = story.with(MRI_REPORT, report -> report.put("conclusion", "RESIDUAL"));
        scene.hasHappened(story.before(HISTOLOGY));
        assertThat(scene.openTasks(caseId))
                .containsExactly("Task_FinaliseHistology", "Task_JudgeResidualRadiation", "Task_JudgeResidualSurgery");
        SlaClock clock = scene.clock(caseId, "residual-review");
        assertThat(clock.startedAt()).isEqualTo(after(44));
        assertThat(clock.latestAt()).isEqualTo(after(68));
        assertThat(scene.task(caseId, "Task_JudgeResidualSurgery").getDueDate()).isEqualTo(after(68));

        SyntheticEvent surgeon = judgement("neurosurgery", "SURGERY", 46);
        scene.happens(surgeon, surgeon);
        assertThat(scene.openTasks(caseId)).containsExactly("Task_FinaliseHistology", "Task_JudgeResidualRadiation");
        assertThat(scene.state(caseId, "residual-review")).isEqualTo(ClockState.RUNNING);
        scene.happens(story.event(HISTOLOGY));
        assertThat(scene.openTasks(caseId)).containsExactly("Task_JudgeResidualRadiation");

        SyntheticEvent late = judgement("radiation-oncology", "OBSERVE", 67);
        scene.happens(late, judgement("neurosurgery", "SURGERY", 46.5));

        assertThat(scene.openTasks(caseId)).containsExactly("Task_DecideNextTreatment");
        assertThat(scene.milestones(caseId))
                .containsEntry("path-x-15", after(44))
                .containsEntry("residual-found", after(44))
                .containsEntry("residual-reviewed", after(67));
        assertThat(scene.state(caseId, "residual-review")).isEqualTo(ClockState.MET);
    }

    @Test
    void aResidualTumourThatNobodyJudgesIsEscalatedAfterADay() {
        story = story.with(MRI_REPORT, report -> report.put("conclusion", "RESIDUAL"));
        scene.hasHappened(story.before(HISTOLOGY));

        scene.timePasses(caseId, after(68).plusSeconds(1));

        assertThat(scene.state(caseId, "residual-review")).isEqualTo(ClockState.BREACHED);
        scene.awaitSent();
        assertThat(notifications.clocks(caseId, "residual-review"))
                .extracting(told -> told.path("name").asText() + " "
                        + told.path("threshold").asText())
                .containsExactly("sla-warning warn-50", "sla-warning warn-80", "sla-breached breach");
    }

    @Test
    void aJudgementThatIsNoneIsRefused() {
        story = story.with(MRI_REPORT, report -> report.put("conclusion", "RESIDUAL"));
        scene.hasHappened(story.before(HISTOLOGY));

        SyntheticEvent wrong = judgement("neurosurgery", "SECOND_SRS", 46);
        scene.happens(wrong);

        assertThat(scene.outcome(wrong)).isEqualTo("REFUSED");
        assertThatThrownBy(() -> scene.byHand(caseId, "Task_JudgeResidualSurgery", Map.of("choice", "SECOND_SRS")))
                .hasMessageContaining("expected one of");
        scene.byHand(caseId, "Task_JudgeResidualSurgery", Map.of("choice", "SURGERY"));
        assertThat(scene.openTasks(caseId)).containsExactly("Task_FinaliseHistology", "Task_JudgeResidualRadiation");
    }

    @Test
    void neurosurgeryAnswersToAComplicationBeforeTheBoardMeets() {
        story = story.with(MRI_REPORT, report -> report.put("conclusion", "COMPLICATION"));
        scene.hasHappened(story.upTo(after(99)));
        assertThat(scene.openTasks(caseId)).containsExactly("Task_JudgeComplication");
        assertThat(scene.clock(caseId, "complication-review").latestAt()).isEqualTo(after(48));

        scene.happens(step("neurosurgery", "complication-review", 76, found -> found.put("choice", "TREAT")));

        assertThat(scene.openTasks(caseId)).containsExactly("Task_DecideNextTreatment");
        assertThat(scene.milestones(caseId)).containsEntry("complication-reviewed", after(76));
    }

    //

    @Test
    void anOperationThatWasStoppedWithoutTissueNeedsNoHistology() {
        scene.hasHappened(story.before("operating-room.specimen-collected"));
        Instant givenUp = surgeryEnd.minus(ofHours(3));

        scene.happens(surgeryAborted(givenUp));
        assertThat(scene.openTasks(caseId))
                .contains("Task_AcquirePostoperativeMri")
                .doesNotContain("Task_FinaliseHistology");
        scene.happens(story.event(MRI), story.event(MRI_REPORT));

        assertThat(scene.openTasks(caseId)).contains("Task_DecideNextTreatment");
        assertThat(scene.milestones(caseId)).containsEntry("histology-given-up", givenUp);
        assertThat(scene.clock(caseId, "result-review").startedAt()).isEqualTo(after(40));
        assertThat(resultRoute()).isEqualTo("NOT_EXAMINED");
    }

    @Test
    void anOperationThatWasStoppedAfterTissueWasTakenWaitsForItsHistology() {
        scene.hasHappened(story.before("pathology.frozen-reported"));

        scene.happens(surgeryAborted(surgeryEnd.minus(ofHours(1))));

        assertThat(scene.openTasks(caseId)).contains("Task_FinaliseHistology");
    }

    //

    @Test
    void histologyStartsOnceMoreAfterAReportWithoutADiagnosis() {
        scene.hasHappened(story.before(HISTOLOGY));
        SyntheticEvent first = report("HIST-A", "NON_DIAGNOSTIC", 60);

        scene.happens(first, first, report("HIST-A", "NON_DIAGNOSTIC", 60));
        assertThat(scene.openTasks(caseId)).containsExactly("Task_ChooseReexamination", "Task_FinaliseHistology");
        assertThat(histologyRuns()).containsExactly("CANCELLED", "RUNNING");
        assertThat(scene.clock(caseId, "histology").startedAt()).isEqualTo(after(60));
        scene.happens(step("pathology", "histology-reexamination", 61, found -> found.put("choice", "SECOND_OPINION")
                .put("reason", "CRUSH_ARTEFACT")));
        assertThat(scene.openTasks(caseId)).containsExactly("Task_FinaliseHistology");
        scene.happens(report("HIST-B", "VIABLE_TUMOUR", 90));

        assertThat(scene.openTasks(caseId)).containsExactly("Task_DecideNextTreatment");
        assertThat(scene.milestones(caseId))
                .containsEntry("path-x-17", after(60))
                .containsEntry("histology-inconclusive", after(60))
                .containsEntry("histology-final", after(90))
                .containsEntry("tumour-confirmed", after(90))
                .doesNotContainKey("histology-given-up");
        assertThat(histologyRuns()).containsExactly("CANCELLED", "MET");
    }

    @Test
    void aSecondReportWithoutADiagnosisSendsTheCaseToTheBoardWithoutOne() {
        scene.hasHappened(story.before(HISTOLOGY));

        scene.happens(report("HIST-A", "NON_DIAGNOSTIC", 60), report("HIST-B", "NON_DIAGNOSTIC", 90));

        assertThat(scene.openTasks(caseId)).containsExactly("Task_DecideNextTreatment");
        assertThat(scene.milestones(caseId))
                .containsEntry("histology-restarted", after(60))
                .containsEntry("histology-given-up", after(90))
                .doesNotContainKey("histology-final");
        assertThat(histologyRuns()).containsExactly("CANCELLED", "CANCELLED");
        assertThat(scene.clock(caseId, "result-review").startedAt()).isEqualTo(after(90));
        scene.happens(decision(2, 100), story.event("outcome-told"));
        assertThat(scene.status(caseId)).isEqualTo("FOLLOW_UP");
    }

    @Test
    void aSpecimenThatCannotBeExaminedStartsHistologyOnceMoreAndThenNoMore() {
        scene.hasHappened(story.before(HISTOLOGY));

        scene.happens(specimenProblem(50), specimenProblem(50));
        assertThat(scene.openTasks(caseId)).containsExactly("Task_ChooseReexamination", "Task_FinaliseHistology");
        scene.byHand(caseId, "Task_ChooseReexamination", Map.of("choice", "RE_CUT", "reason", "INSUFFICIENT_MATERIAL"));
        assertThat(scene.openTasks(caseId)).containsExactly("Task_FinaliseHistology");
        scene.happens(specimenProblem(80));

        assertThat(scene.openTasks(caseId)).containsExactly("Task_DecideNextTreatment");
        assertThat(scene.milestones(caseId))
                .containsEntry("histology-restarted", after(50))
                .containsEntry("histology-given-up", after(80));
        SyntheticEvent third = specimenProblem(81);
        scene.happens(third);
        assertThat(scene.outcome(third)).isEqualTo("PARKED");
        assertThat(histologyRuns()).containsExactly("CANCELLED", "CANCELLED");
    }

    @Test
    void aProblemOnTheWayToTheLaboratoryStartsNothingAnew() {
        specimenIsLate();

        scene.happens(specimenProblem(10));
        assertThat(scene.openTasks(caseId))
                .contains("Task_FinaliseHistology")
                .doesNotContain("Task_ChooseReexamination");
        scene.happens(story.event("pathology.specimen-received"));
        scene.happens(specimenProblem(15));

        assertThat(scene.openTasks(caseId))
                .contains("Task_FinaliseHistology")
                .doesNotContain("Task_ChooseReexamination");
        assertThat(scene.milestones(caseId)).doesNotContainKey("histology-restarted");
    }

    @Test
    void aSpecimenThatIsLostOnItsWaySendsTheCaseToTheBoardWithoutHistology() {
        specimenIsLate();
        scene.happens(specimenProblem(10));

        scene.happens(step("operating-room", "specimen-resent", 12, found -> found.put("outcome", "LOST")
                .put("reason", "LOST_IN_TRANSPORT")));

        assertThat(scene.openTasks(caseId)).containsExactly("Task_AcquirePostoperativeMri");
        assertThat(scene.milestones(caseId)).containsEntry("histology-given-up", after(12));
    }

    private void specimenIsLate() {
        story = story.at("pathology.specimen-received", after(20)).at("pathology.frozen-reported", after(21));
        scene.hasHappened(story.before("pathology.specimen-received"));
    }

    @Test
    void anAmendmentBeforeTheBoardMeetsReplacesTheReport() {
        SyntheticEvent amendment = amendment("NECROSIS_ONLY", 80);
        scene.hasHappened(story.before(HISTOLOGY));

        scene.happens(amendment);
        assertThat(scene.outcome(amendment)).isEqualTo("PARKED");
        scene.happens(story.event(HISTOLOGY).at(after(79)));
        scene.said(amendment);

        assertThat(scene.outcome(amendment)).isEqualTo("APPLIED");
        assertThat(scene.openTasks(caseId)).containsExactly("Task_DecideNextTreatment");
        assertThat(resultTold()).containsExactly("NECROSIS_ONLY", "NO_EVIDENCE", "VIABLE_TUMOUR");
        assertThat(scene.milestones(caseId))
                .containsEntry("tumour-confirmed", after(79))
                .containsEntry("necrosis-only", after(80))
                .containsEntry("histology-amended", after(80))
                .doesNotContainKeys("review-reopened", "path-x-17");
        assertThat(resultRoute()).isEqualTo("NECROSIS");
    }

    @Test
    void theBoardReviewsAgainWhenAnAmendmentTellsAnotherResult() {
        scene.hasHappened(story.before("outcome-told"));

        scene.happens(amendment("OTHER_DIAGNOSIS", 101));
        assertThat(scene.openTasks(caseId)).containsExactly("Task_ReviewAgain", "Task_TellOutcome");
        assertThat(scene.clock(caseId, "result-review").startedAt()).isEqualTo(after(101));
        scene.happens(story.event("outcome-told"));
        assertThat(scene.status(caseId)).isEqualTo("RESULT_REVIEW");
        scene.happens(decision(3, 120));
        assertThat(scene.openTasks(caseId)).containsExactly("Task_TellAmendedOutcome");
        scene.happens(story.again("outcome-told", after(122)));

        assertThat(scene.status(caseId)).isEqualTo("FOLLOW_UP");
        assertThat(scene.milestones(caseId))
                .containsEntry("path-x-17", after(101))
                .containsEntry("review-reopened", after(101))
                .containsEntry("result-reviewed", after(120));
        assertThat(scene.clocks(caseId))
                .filteredOn(run -> run.clock().equals("result-review"))
                .extracting(run -> run.state(Instant.MAX))
                .containsExactly(ClockState.MET, ClockState.MET);
    }

    @Test
    void anAmendmentThatTellsTheSameOrIsOvertakenLeavesTheDecisionAlone() {
        scene.hasHappened(story.before("outcome-told"));

        scene.happens(amendment("MIXED", 101));
        SyntheticEvent older = amendment("NECROSIS_ONLY", 90);
        scene.happens(older);

        assertThat(scene.outcome(older)).isEqualTo("APPLIED");
        assertThat(scene.openTasks(caseId)).containsExactly("Task_TellOutcome");
        assertThat(resultTold()).containsExactly("MIXED", "NO_EVIDENCE", "VIABLE_TUMOUR");
        assertThat(resultRoute()).isEqualTo("TUMOUR");
        assertThat(scene.milestones(caseId))
                .containsEntry("necrosis-only", after(90))
                .containsEntry("tumour-confirmed", after(101));
    }

    @Test
    void anAmendmentOfAnotherReportIsNobodysBusiness() {
        scene.hasHappened(story.before("outcome-told"));

        SyntheticEvent other =
                story.further("pathology.report-amended", after(101), data -> data.put("reportRef", "HIST-OF-ANOTHER")
                        .put("outcome", "NECROSIS_ONLY"));
        scene.happens(other);

        assertThat(scene.outcome(other)).isEqualTo("PARKED");
        assertThat(scene.openTasks(caseId)).containsExactly("Task_TellOutcome");
    }

    //

    /** Reference timeline A12. */
    @Test
    void necrosisOnlyGoesToTheResultBoardAndIsCountedApart() {
        story = story.with(HISTOLOGY, report -> report.put("outcome", "NECROSIS_ONLY"));

        scene.happens(story.all());

        assertThat(scene.status(caseId)).isEqualTo("FOLLOW_UP");
        assertThat(scene.milestones(caseId))
                .containsEntry("necrosis-only", DETECTED.plus(ofHours(162)))
                .containsEntry("path-x-18", DETECTED.plus(ofHours(162)))
                .containsEntry("histology-final", DETECTED.plus(ofHours(162)))
                .containsEntry("result-reviewed", DETECTED.plus(ofHours(190)))
                .doesNotContainKey("tumour-confirmed");
        assertThat(scene.clocks(caseId))
                .filteredOn(run -> List.of("histology", "result-review").contains(run.clock()))
                .hasSize(2)
                .allSatisfy(run -> assertThat(run.state(Instant.MAX)).isEqualTo(ClockState.MET));
    }

    @Test
    void aCorrectedReportIsCountedAsItNowSays() {
        story = story.with(HISTOLOGY, report -> report.put("outcome", "NECROSIS_ONLY"));
        scene.hasHappened(story.before("outcome-told"));
        SyntheticEvent report = story.event(HISTOLOGY);

        scene.happens(story.further("pathology.event-corrected", after(101), data -> {
            data.put("reason", "ENTRY_MISTAKE");
            data.putObject("corrects").put("source", report.source()).put("id", report.id());
            data.putObject("data").put("outcome", "VIABLE_TUMOUR");
        }));

        assertThat(standing()).contains("tumour-confirmed", "histology-final").doesNotContain("necrosis-only");
    }

    private SyntheticEvent imagingFailed(double hours) {
        return story.further("radiology.imaging-failed", after(hours), data -> data.put("orderRef", "ORD-FAILED")
                .put("purpose", "POSTOPERATIVE")
                .put("reason", "MOTION_ARTEFACT"));
    }

    private SyntheticEvent judgement(String department, String choice, double hours) {
        return step(department, "residual-review", hours, found -> found.put("choice", choice));
    }

    private SyntheticEvent report(String reportRef, String outcome, double hours) {
        return story.again(HISTOLOGY, after(hours), data -> data.put("reportRef", reportRef)
                .put("outcome", outcome));
    }

    private SyntheticEvent amendment(String outcome, double hours) {
        return story.further("pathology.report-amended", after(hours), data -> data.put(
                        "reportRef",
                        story.event(HISTOLOGY).data().path("reportRef").asText())
                .put("outcome", outcome));
    }

    private SyntheticEvent decision(int version, double hours) {
        return story.again("coordination.decision-signed", after(hours), data -> data.put("version", version)
                .put("recommendation", "OBSERVE")
                .put("signedAt", after(hours).toString()));
    }

    private SyntheticEvent specimenProblem(double hours) {
        return story.further("pathology.specimen-problem", after(hours), data -> data.put(
                        "specimenRef",
                        story.event("pathology.specimen-received")
                                .data()
                                .path("specimenRef")
                                .asText())
                .put("reason", "INSUFFICIENT_MATERIAL"));
    }

    private SyntheticEvent step(String department, String name, double hours, Consumer<ObjectNode> found) {
        return story.further(
                department + ".step-completed",
                after(hours),
                data -> found.accept(data.put("step", name).putObject("data")));
    }

    private List<String> histologyRuns() {
        return scene.clocks(caseId).stream()
                .filter(run -> run.clock().equals("histology"))
                .map(run -> run.state(after(91)).name())
                .toList();
    }

    /** What oncology was told of results, in alphabetical order. */
    private List<String> resultTold() {
        scene.awaitSent();
        return notifications.about(caseId).stream()
                .filter(told -> told.name().equals("result-available")
                        && told.department().equals("oncology"))
                .map(told -> told.payload().path("outcome").asText()
                        + told.payload().path("conclusion").asText())
                .sorted()
                .toList();
    }

    private List<String> standing() {
        return scene.caseFromApi(caseId).path("milestones").findParents("at").stream()
                .filter(milestone -> !milestone.path("retracted").asBoolean())
                .map(milestone -> milestone.path("name").asText())
                .toList();
    }

    private String resultRoute() {
        return runtime.createVariableInstanceQuery()
                .processInstanceIdIn(instance("result-review"))
                .variableName("resultRoute")
                .singleResult()
                .getValue()
                .toString();
    }

    private SyntheticEvent surgeryAborted(Instant when) {
        return story.further("operating-room.surgery-aborted", when, data -> data.put("reason", "ANAESTHESIA_EVENT")
                .put("afterIncision", true));
    }

    private String instance(String process) {
        ProcessInstance running = runtime.createProcessInstanceQuery()
                .processInstanceBusinessKey(caseId.value())
                .processDefinitionKey(process)
                .singleResult();
        return running.getId();
    }

    private Instant after(double hours) {
        return surgeryEnd.plusSeconds(Math.round(hours * 3600));
    }
}
