package org.tumorboard.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.tumorboard.EngineTest;
import org.tumorboard.event.CaseId;
import org.tumorboard.event.CaseStatus;
import org.tumorboard.event.Urgency;
import org.tumorboard.report.Occurrence.Kind;
import org.tumorboard.sla.Milestone;
import org.tumorboard.sla.Milestones;

/** What is counted off the main path, and what is not; long ago, where no other test has cases. */
@EngineTest
class OccurrencesTest {

    private static final Instant NOW = Instant.parse("2010-03-31T00:00:00Z");
    private static final RunFilter MONTH = new RunFilter(NOW.minus(Duration.ofDays(30)), NOW, null, null, null);

    @Autowired
    Occurrences occurrences;

    @Autowired
    JdbcClient jdbc;

    @Autowired
    Milestones milestones;

    private OffPathRows rows;
    private CaseId one;
    private CaseId other;

    @BeforeEach
    void cases() {
        rows = new OffPathRows(jdbc, milestones, "off-path-");
        one = rows.aCase("1", CaseStatus.COORDINATING, ago(20));
        other = rows.aCase("2", CaseStatus.RE_ENTERED, ago(29));
    }

    @AfterEach
    void noCases() {
        rows.removeAll();
    }

    @Test
    void countsThePathsThatStandByClinicalTime() {
        rows.reached(one, "path-x-09", ago(3));
        rows.reached(one, "path-x-09", ago(2));
        rows.reached(other, "path-x-09", ago(40));
        rows.reached(other, "path-x-09b", ago(4));
        Milestone wrong = rows.reached(other, "path-x-16", ago(5));
        rows.takenBack(wrong, ago(4));

        OffPathFigures figures = occurrences.figures(MONTH);

        assertThat(figures.of(Kind.EXCEPTIONS))
                .containsExactly(new Tally("X-09", 2, 1, 1), new Tally("X-09b", 1, 1, 0));
        assertThat(figures.openCases()).isEqualTo(2);
        assertThat(figures.offPathCases()).isEqualTo(2);
        assertThat(occurrences.list(MONTH, Kind.EXCEPTIONS, "X-09"))
                .extracting(Occurrence::at)
                .containsExactly(ago(2), ago(3));
        assertThat(occurrences.list(
                        new RunFilter(MONTH.from(), MONTH.to(), null, Urgency.STANDARD, null), Kind.EXCEPTIONS, null))
                .isEmpty();
    }

    @Test
    void countsWhatDepartmentsSaidAsItWasCorrected() {
        String failed = rows.said(one, "medical-physics.plan-qa-failed", ago(3), "{\"reason\": \"GAMMA_INDEX\"}");
        rows.amended(one, "medical-physics", failed, ago(2), false, ", \"data\": {\"reason\": \"WRONG_PHANTOM\"}");
        String never = rows.said(one, "medical-physics.second-check-failed", ago(3), "{\"reason\": \"MU\"}");
        rows.amended(one, "medical-physics", never, ago(1), true, "");
        rows.said(one, "coordination.case-discussed", ago(9), "{\"result\": \"DEFERRED\"}");
        rows.said(one, "coordination.case-discussed", ago(8), "{\"result\": \"DECIDED\"}");
        rows.byHand(
                other,
                "Task_SignDecision",
                "sign-decision",
                "coordination.decision-signed",
                "anna",
                ago(7),
                "{\"recommendation\": \"MORE_WORKUP\"}");

        OffPathFigures figures = occurrences.figures(MONTH);

        assertThat(occurrences.list(MONTH, Kind.PLAN_FAILURES, null))
                .extracting(Occurrence::name, Occurrence::detail)
                .containsExactly(tuple("PLAN_QA", "WRONG_PHANTOM"));
        assertThat(figures.of(Kind.DEFERRALS))
                .containsExactly(new Tally("MORE_WORKUP", 1, 1, 0), new Tally("NO_CAUSE_GIVEN", 1, 1, 0));
        assertThat(figures.of(Kind.EXCEPTIONS)).containsExactly(new Tally("X-23", 2, 1, 0));
    }

    @Test
    void countsLostResourcesAndWhatTheGateMissed() {
        rows.booking(one, "or-slot", "operating-room", "LOST", ago(6), ago(5), "EMERGENCY_CASE");
        rows.booking(one, "or-slot", "operating-room", "HELD", ago(5), ago(5), null);
        rows.booking(other, "gamma-knife-slot", "gamma-knife", "RELEASED", ago(6), ago(5), "DEATH");
        rows.gate(one, "RED", ago(5), "[\"OR_SLOT\", \"DAILY_QA\"]");
        rows.gate(one, "GREEN", ago(4), "[]");

        OffPathFigures figures = occurrences.figures(MONTH);

        assertThat(figures.of(Kind.SLOT_LOSSES)).containsExactly(new Tally("or-slot", 1, 1, 0));
        assertThat(figures.of(Kind.GATE_RED))
                .containsExactly(new Tally("DAILY_QA", 1, 1, 0), new Tally("OR_SLOT", 1, 1, 0));
    }

    @Test
    void countsNecrosisApartFromRecurrence() {
        CaseId necrosis = rows.aCase("3", CaseStatus.RE_ENTERED, ago(25));
        reviewed(one, "VIABLE_TUMOUR");
        reviewed(other, "MIXED");
        reviewed(necrosis, "NECROSIS_ONLY");
        rows.reached(necrosis, "necrosis-only", ago(10));

        ResultFigures results = occurrences.figures(MONTH).results();

        assertThat(results.rows())
                .extracting(ResultFigures.Row::outcome, ResultFigures.Row::reviewed, ResultFigures.Row::reEntered)
                .containsExactly(tuple("MIXED", 1, 1), tuple("NECROSIS_ONLY", 1, 1), tuple("VIABLE_TUMOUR", 1, 0));
        assertThat(results.rows().get(1).share()).isNull();
        assertThat(results.recurrence().reviewed()).isEqualTo(2);
        assertThat(results.recurrence().reEntered()).isEqualTo(1);
        assertThat(results.necrosisOnly()).isEqualTo(1);
    }

    @Test
    void believesTheReportThatCameLast() {
        reviewed(one, "NECROSIS_ONLY");
        rows.reached(one, "necrosis-only", ago(10));
        rows.said(one, "pathology.report-amended", ago(6), "{\"outcome\": \"VIABLE_TUMOUR\"}");

        List<Occurrence> results = occurrences.list(MONTH, Kind.RESULTS, null);

        assertThat(results).extracting(Occurrence::name).containsExactly("VIABLE_TUMOUR");
    }

    private void reviewed(CaseId caseId, String outcome) {
        rows.said(caseId, "pathology.report-finalised", ago(11), "{\"outcome\": \"%s\"}".formatted(outcome));
        rows.reached(caseId, "result-reviewed", ago(8));
    }

    private static Instant ago(int days) {
        return NOW.minus(Duration.ofDays(days));
    }
}
