package org.tumorboard.sla;

import static java.time.Duration.ofHours;
import static java.time.Duration.ofMinutes;
import static org.assertj.core.api.Assertions.assertThat;
import static org.tumorboard.sla.CaseStory.DETECTED;
import static org.tumorboard.sla.CaseStory.aCase;

import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.tumorboard.event.Urgency;
import org.tumorboard.sla.ClockChange.What;

/** Who is told what, once, when thresholds are passed, and what is taken back. */
class AnnouncementsTest {

    private static final Instant T0 = Instant.parse("2026-03-04T16:00:00Z");
    private static final String WINDOW = "resection-window";

    private final CaseStory patient = aCase().happened("detected", DETECTED).urgency(Urgency.URGENT, DETECTED);

    @Test
    void climbsTheLadderOnceAndInOrder() {
        patient.happened("srs-delivered", T0).nowIs(T0.plus(ofHours(200)));

        assertThat(patient.told(WINDOW))
                .containsExactly(
                        "sla-warning warn-30h",
                        "sla-warning warn-36h",
                        "sla-warning warn-42h",
                        "sla-warning critical-46h",
                        "sla-breached breach",
                        "sla-breached escalate",
                        "sla-breached out-of-protocol");
    }

    @Test
    void eachLevelReachesThoseBelowToo() {
        patient.happened("srs-delivered", T0).nowIs(T0.plus(ofHours(49)));

        assertThat(patient.announcements())
                .filteredOn(one -> one.clock().clock().equals(WINDOW))
                .last()
                .satisfies(breach -> assertThat(breach.groups())
                        .containsExactly("neurosurgery", "operating-room", "coordination", "board-chair"));
    }

    @Test
    void aLateStartAnnouncesOnlyTheFurthestBehind() {
        patient.sleepsUntil(T0.plus(ofHours(40))).happened("srs-delivered", T0).watch();
        assertThat(patient.told(WINDOW)).containsExactly("sla-warning warn-36h late");
        assertThat(patient.clock(WINDOW).thresholds().get(0).outcome()).isEqualTo(Threshold.Outcome.OVERTAKEN);

        patient.nowIs(T0.plus(ofHours(43)));
        assertThat(patient.told(WINDOW)).containsExactly("sla-warning warn-36h late", "sla-warning warn-42h");
    }

    @Test
    void afterAnOutageTheBreachComesAfterTheWarningOnRecord() {
        patient.happened("srs-delivered", T0).sleepsUntil(T0.plus(ofHours(50))).watch();

        assertThat(patient.told(WINDOW)).containsExactly("sla-breached breach late");
        assertThat(patient.life())
                .filteredOn(change -> change.clock().equals(WINDOW) && change.threshold() != null)
                .extracting(change -> change.what() + " " + change.threshold())
                .containsExactly(
                        "OVERTAKEN warn-30h",
                        "OVERTAKEN warn-36h",
                        "OVERTAKEN warn-42h",
                        "OVERTAKEN critical-46h",
                        "ANNOUNCED breach");
    }

    @Test
    void aBreachIsToldThoughTheClockIsStoppedByThen() {
        patient.sleepsUntil(T0.plus(ofHours(60)))
                .happened("srs-delivered", T0)
                .happened("incision", T0.plus(ofHours(49)))
                .watch()
                .watch();

        assertThat(patient.told(WINDOW)).containsExactly("sla-breached breach late", "sla-resolved breach");
        assertThat(patient.state(WINDOW)).isEqualTo(ClockState.MET_LATE);
    }

    @Test
    void aWarningOfWhatIsMetByThenIsNotSent() {
        patient.sleepsUntil(T0.plus(ofHours(60)))
                .happened("srs-delivered", T0)
                .happened("incision", T0.plus(ofHours(31)))
                .watch();

        assertThat(patient.told(WINDOW)).isEmpty();
        assertThat(patient.clock(WINDOW).thresholds().get(0).outcome()).isEqualTo(Threshold.Outcome.OVERTAKEN);
    }

    @Test
    void thoseWhoWereWarnedLearnThatItIsMet() {
        patient.happened("srs-delivered", T0).nowIs(T0.plus(ofHours(31))).happened("incision", T0.plus(ofHours(31)));

        assertThat(patient.told(WINDOW)).containsExactly("sla-warning warn-30h", "sla-resolved warn-30h");
    }

    @Test
    void aCorrectedT0TakesTheWarningBackAndGivesItAgainAtItsTime() {
        patient.happened("srs-delivered", T0)
                .nowIs(T0.plus(ofHours(30)).plus(ofMinutes(10)))
                .corrected("srs-delivered", T0.plus(ofHours(3)));

        assertThat(patient.told(WINDOW)).containsExactly("sla-warning warn-30h", "sla-resolved warn-30h");
        assertThat(patient.clock(WINDOW).latestAt()).isEqualTo(T0.plus(ofHours(51)));
        assertThat(patient.state(WINDOW)).isEqualTo(ClockState.RUNNING);
        assertThat(patient.life())
                .filteredOn(change -> change.clock().equals(WINDOW) && change.what() == What.WITHDRAWN)
                .singleElement()
                .satisfies(change -> {
                    assertThat(change.state()).isEqualTo(ClockState.WARNED);
                    assertThat(change.latestAt()).isEqualTo(T0.plus(ofHours(48)));
                    assertThat(change.reason()).isEqualTo("TYPING_ERROR");
                });

        patient.nowIs(T0.plus(ofHours(34)));
        assertThat(patient.told(WINDOW))
                .containsExactly("sla-warning warn-30h", "sla-resolved warn-30h", "sla-warning warn-30h");
    }

    @Test
    void aCorrectionThatChangesNothingOfWhatWasToldTellsNothing() {
        patient.happened("srs-delivered", T0)
                .nowIs(T0.plus(ofHours(31)))
                .corrected("srs-delivered", T0.plus(ofMinutes(10)))
                .watch();

        assertThat(patient.told(WINDOW)).containsExactly("sla-warning warn-30h");
    }

    @Test
    void aStartThatIsTakenBackEndsTheClockWithoutVerdict() {
        patient.happened("srs-delivered", T0).nowIs(T0.plus(ofHours(31))).retracted("srs-delivered");

        assertThat(patient.state(WINDOW)).isEqualTo(ClockState.CANCELLED);
        assertThat(patient.told(WINDOW)).containsExactly("sla-warning warn-30h", "sla-resolved warn-30h");
    }

    @Test
    void aStopThatIsTakenBackLetsTheClockRunOn() {
        patient.happened("srs-delivered", T0)
                .nowIs(T0.plus(ofHours(29)))
                .happened("incision", T0.plus(ofHours(29)))
                .nowIs(T0.plus(ofHours(32)))
                .retracted("incision")
                .watch();

        assertThat(patient.state(WINDOW)).isEqualTo(ClockState.WARNED);
        assertThat(patient.told(WINDOW)).containsExactly("sla-warning warn-30h late");
    }

    @Test
    void anAcknowledgementStopsTheLadderButNotTheClock() {
        patient.happened("srs-delivered", T0)
                .nowIs(T0.plus(ofHours(49)))
                .decided(Adjustment.ACKNOWLEDGED, WINDOW, T0.plus(ofHours(49)))
                .nowIs(T0.plus(ofHours(200)));

        assertThat(patient.told(WINDOW))
                .doesNotContain("sla-breached escalate")
                .contains("sla-breached out-of-protocol");
        assertThat(patient.state(WINDOW)).isEqualTo(ClockState.BREACHED);
    }

    @Test
    void anUpgradeThatPutsTheLimitBehindAnnouncesItAtOnce() {
        CaseStory slow = aCase().happened("detected", DETECTED).nowIs(DETECTED.plus(ofHours(5)));

        slow.urgency(Urgency.URGENT, DETECTED.plus(ofHours(5))).watch();

        assertThat(slow.told("triage")).containsExactly("sla-breached breach late");
    }

    @Test
    void watchingTwiceTellsNothingNew() {
        patient.happened("srs-delivered", T0).nowIs(T0.plus(ofHours(49)));
        int told = patient.announcements().size();

        patient.watch().watch();

        assertThat(patient.announcements()).hasSize(told);
    }
}
