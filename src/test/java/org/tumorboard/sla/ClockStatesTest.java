package org.tumorboard.sla;

import static java.time.Duration.ofDays;
import static java.time.Duration.ofHours;
import static java.time.Duration.ofMillis;
import static java.time.Duration.ofMinutes;
import static org.assertj.core.api.Assertions.assertThat;
import static org.tumorboard.sla.CaseStory.DETECTED;
import static org.tumorboard.sla.CaseStory.aCase;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.tumorboard.event.Urgency;

/** What the state of a clock is, from milestones, policy and now alone. */
class ClockStatesTest {

    private static final Instant T0 = Instant.parse("2026-03-04T16:00:00Z");

    private final CaseStory treated = aCase().happened("detected", DETECTED)
            .urgency(Urgency.URGENT, DETECTED)
            .happened("srs-delivered", T0);

    @Test
    void theWindowIsOpenFromExactly24To48Hours() {
        assertThat(incisionAfter(ofHours(24).minus(ofMillis(1)))).isEqualTo(ClockState.MET_EARLY);
        assertThat(incisionAfter(ofHours(24))).isEqualTo(ClockState.MET);
        assertThat(incisionAfter(ofHours(48))).isEqualTo(ClockState.MET);
        assertThat(incisionAfter(ofHours(48).plus(ofMillis(1)))).isEqualTo(ClockState.MET_LATE);
    }

    @Test
    void anOpenWindowIsToldAgainstNow() {
        SlaClock window = treated.clock("resection-window");

        assertThat(window.standing(T0)).contains(Standing.TOO_EARLY);
        assertThat(window.standing(T0.plus(ofHours(24)).minusMillis(1))).contains(Standing.TOO_EARLY);
        assertThat(window.standing(T0.plus(ofHours(24)))).contains(Standing.ON_TRACK);
        assertThat(window.standing(T0.plus(ofHours(30)))).contains(Standing.ON_TRACK);
        assertThat(window.standing(T0.plus(ofHours(30)).plusMillis(1))).contains(Standing.AT_RISK);
        assertThat(window.state(T0.plus(ofHours(48)))).isEqualTo(ClockState.WARNED);
        assertThat(window.state(T0.plus(ofHours(48)).plusMillis(1))).isEqualTo(ClockState.BREACHED);
    }

    @Test
    void theDecisionMayAllowEarlySurgery() {
        CaseStory patient = aCase().happened("detected", DETECTED).urgency(Urgency.EMERGENCY, DETECTED);
        Milestone decision = CaseStory.entry("board-decided", DETECTED.plus(ofHours(3)), "decision-1");
        patient.learn(decision)
                .learn(CaseStory.entry("early-surgery-allowed", decision.at(), "decision-1"))
                .happened("srs-delivered", T0);

        assertThat(patient.clock("resection-window").earliestAt()).isNull();
        assertThat(patient.clock("resection-window").latestAt()).isEqualTo(T0.plus(ofHours(24)));
    }

    @Test
    void aLaterDecisionTakesEarlySurgeryBack() {
        CaseStory patient = aCase().happened("detected", DETECTED).urgency(Urgency.URGENT, DETECTED);
        patient.learn(CaseStory.entry("board-decided", DETECTED.plus(ofHours(3)), "decision-1"))
                .learn(CaseStory.entry("early-surgery-allowed", DETECTED.plus(ofHours(3)), "decision-1"))
                .learn(CaseStory.entry("board-decided", DETECTED.plus(ofHours(9)), "decision-2"))
                .happened("srs-delivered", T0);

        assertThat(patient.clock("resection-window").earliestAt()).isEqualTo(T0.plus(ofHours(24)));
    }

    @Test
    void anUpgradeCountsFromTheOriginalStart() {
        CaseStory patient = aCase().happened("detected", DETECTED);
        assertThat(patient.clock("triage").latestAt()).isEqualTo(DETECTED.plus(ofHours(24)));

        patient.nowIs(DETECTED.plus(ofHours(5))).urgency(Urgency.URGENT, DETECTED.plus(ofHours(5)));

        assertThat(patient.clock("triage").latestAt()).isEqualTo(DETECTED.plus(ofHours(4)));
        assertThat(patient.state("triage")).isEqualTo(ClockState.BREACHED);
    }

    @Test
    void anUpgradeLeavesAloneWhatWasStoppedBefore() {
        CaseStory patient = aCase().happened("detected", DETECTED)
                .urgency(Urgency.STANDARD, DETECTED)
                .happened("triaged", DETECTED.plus(ofHours(6)));

        patient.nowIs(DETECTED.plus(ofHours(8))).urgency(Urgency.URGENT, DETECTED.plus(ofHours(8)));

        assertThat(patient.state("triage")).isEqualTo(ClockState.MET);
        assertThat(patient.clock("case-ready").latestAt()).isEqualTo(DETECTED.plus(ofHours(6 + 16)));
    }

    @Test
    void aPauseMovesTheLimitAndOnlyForStandard() {
        CaseStory patient = aCase().happened("detected", DETECTED).happened("triaged", DETECTED);

        patient.decided(Adjustment.PAUSED, "case-ready", DETECTED.plus(ofHours(10)))
                .nowIs(DETECTED.plus(ofHours(30)));
        assertThat(patient.state("case-ready")).isEqualTo(ClockState.PAUSED);
        patient.decided(Adjustment.RESUMED, "case-ready", DETECTED.plus(ofHours(30)));
        assertThat(patient.clock("case-ready").latestAt()).isEqualTo(DETECTED.plus(ofHours(72 + 20)));
        patient.urgency(Urgency.URGENT, DETECTED.plus(ofHours(30)));
        assertThat(patient.clock("case-ready").latestAt()).isEqualTo(DETECTED.plus(ofHours(16)));
    }

    @Test
    void aPauseOfAClockThatMayNotPauseChangesNothing() {
        CaseStory patient = aCase().happened("detected", DETECTED);

        patient.decided(Adjustment.PAUSED, "triage", DETECTED.plus(ofHours(1))).nowIs(DETECTED.plus(ofHours(25)));

        assertThat(patient.state("triage")).isEqualTo(ClockState.BREACHED);
    }

    @Test
    void aWaiverEndsTheClockAndOneOfTheLowerBoundDoesNot() {
        treated.decided(Adjustment.EARLIEST_WAIVED, "resection-window", T0.plus(ofHours(10)))
                .nowIs(T0.plus(ofHours(11)));
        assertThat(treated.clock("resection-window").standing(treated.now())).contains(Standing.ON_TRACK);

        treated.decided(Adjustment.WAIVED, "resection-window", T0.plus(ofHours(12)))
                .nowIs(T0.plus(ofHours(50)));
        assertThat(treated.state("resection-window")).isEqualTo(ClockState.WAIVED);
        assertThat(treated.clock("resection-window").reason()).isEqualTo("TEST");
    }

    @Test
    void eachNeuroStatusStartsTheNextCheckUntilIncision() {
        treated.happened("neuro-status", T0.minus(ofHours(1)))
                .happened("neuro-status", T0.plus(ofHours(4)))
                .happened("neuro-status", T0.plus(ofHours(9)))
                .happened("incision", T0.plus(ofHours(30)))
                .nowIs(T0.plus(ofHours(40)));

        assertThat(treated.runs("neuro-check"))
                .extracting(run -> run.state(treated.now()))
                .containsExactly(ClockState.MET, ClockState.MET, ClockState.BREACHED);
        assertThat(treated.runs("neuro-check").get(2).endedAt()).isEqualTo(T0.plus(ofHours(30)));
    }

    @Test
    void aNewPlanStartsTheChecksAnew() {
        treated.happened("plan-approved", T0.minus(ofHours(5)))
                .happened("plan-approved", T0.minus(ofHours(4)).minus(ofMinutes(30)))
                .happened("plan-checked", T0.minus(ofHours(4)));

        assertThat(treated.runs("plan-checks"))
                .extracting(run -> run.state(T0))
                .containsExactly(ClockState.CANCELLED, ClockState.MET);
    }

    @Test
    void workDoneAheadMeetsAClock() {
        treated.happened("anaesthesia-cleared", DETECTED.plus(ofHours(1)))
                .happened("treatment-chosen", DETECTED.plus(ofHours(3)));

        assertThat(treated.clock("anaesthesia").state(T0)).isEqualTo(ClockState.MET);
    }

    @Test
    void theResultReviewStartsWithTheLaterOfHistologyAndMri() {
        treated.happened("histology-final", T0.plus(ofDays(5)));
        assertThat(treated.runs("result-review")).isEmpty();

        treated.happened("postop-imaged", T0.plus(ofDays(3)));
        assertThat(treated.clock("result-review").startedAt()).isEqualTo(T0.plus(ofDays(5)));
    }

    @Test
    void theResultReviewStartsWithoutHistologyWhereItWasGivenUp() {
        treated.happened("postop-imaged", T0.plus(ofDays(3))).happened("histology-given-up", T0.plus(ofDays(4)));

        assertThat(treated.clock("result-review").startedAt()).isEqualTo(T0.plus(ofDays(4)));
    }

    @Test
    void histologyStartsAnewWhenTheTissueIsExaminedAgain() {
        treated.happened("specimen-received", T0)
                .happened("histology-restarted", T0.plus(ofDays(4)))
                .happened("histology-final", T0.plus(ofDays(8)));

        assertThat(treated.runs("histology"))
                .extracting(run -> run.state(T0.plus(ofDays(9))))
                .containsExactly(ClockState.CANCELLED, ClockState.MET);
    }

    @Test
    void eitherTheNextAppointmentOrTheImagesSettleAContact() {
        Instant missed = T0.plus(ofDays(60));
        treated.happened("follow-up-booked", T0.plus(ofDays(30)))
                .happened("contact-needed", missed)
                .happened("follow-up-imaged", missed.plus(ofDays(1)));

        assertThat(treated.runs("patient-contact"))
                .extracting(SlaClock::stoppedAt)
                .containsExactly(missed.plus(ofDays(1)));
    }

    @Test
    void eachVisitHasItsOwnDueDateAndABookingSparesTheReminder() {
        Instant first = T0.plus(ofDays(60));
        Instant second = T0.plus(ofDays(150));
        treated.happened("follow-up-due", first)
                .happened("follow-up-booked", first.minus(ofDays(20)))
                .happened("follow-up-imaged", first.minus(ofDays(2)))
                .happened("follow-up-due", second)
                .nowIs(second.plus(ofDays(15)));

        assertThat(treated.runs("follow-up-imaging"))
                .extracting(run -> run.state(treated.now()))
                .containsExactly(ClockState.MET, ClockState.BREACHED);
        assertThat(treated.told("follow-up-imaging"))
                .containsExactly("sla-warning warn-minus-14d", "sla-warning warn-7d", "sla-breached breach");
    }

    @Test
    void theEndOfTheCaseEndsItsClocks() {
        treated.nowIs(T0.plus(ofHours(10))).happened(Ledger.CASE_CLOSED, T0.plus(ofHours(10)));

        assertThat(treated.state("resection-window")).isEqualTo(ClockState.CANCELLED);
        assertThat(treated.all()).noneMatch(SlaClock::isOpen);
    }

    @Test
    void whatWasBreachedBeforeTheEndStaysBreached() {
        treated.nowIs(T0.plus(ofHours(50))).happened(Ledger.CASE_CLOSED, T0.plus(ofHours(50)));

        assertThat(treated.state("resection-window")).isEqualTo(ClockState.BREACHED);
    }

    private ClockState incisionAfter(Duration sinceT0) {
        CaseStory patient = aCase().happened("detected", DETECTED)
                .urgency(Urgency.URGENT, DETECTED)
                .happened("srs-delivered", T0)
                .happened("incision", T0.plus(sinceT0));
        return patient.clock("resection-window").state(T0.plus(ofDays(9)));
    }
}
