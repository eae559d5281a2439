package org.tumorboard.embedded;

import static org.tumorboard.event.Urgency.EMERGENCY;
import static org.tumorboard.event.Urgency.STANDARD;
import static org.tumorboard.event.Urgency.URGENT;

import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.tumorboard.event.Urgency;

/**
 * The invented cases of the demonstration: some have ended, one or more stand in every phase at the base time, and some
 * have left the main path.
 */
final class DemonstrationCases {

    /** A unit of its own for the outage, so that it reaches no other case. */
    private static final String FAILING_UNIT = "GK-3";

    private final Instant base;

    DemonstrationCases(Instant base) {
        this.base = base;
    }

    /** What all departments say about all cases, past and future, in clinical order. */
    List<SyntheticEvent> events() {
        return Stream.concat(mainPath(), detours())
                .flatMap(List::stream)
                .sorted(Comparator.comparing(SyntheticEvent::time))
                .toList();
    }

    private Stream<List<SyntheticEvent>> mainPath() {
        return Stream.of(
                // just detected, and being prepared
                detected(1, URGENT, 1, 1).throughTreatment(),
                detected(2, EMERGENCY, 0.4, 0.25).throughTreatment(),
                detected(3, URGENT, 6.5, 1).throughTreatment(),
                detected(4, STANDARD, 40, 6).throughTreatment(),
                // before the board, decided, being coordinated
                detected(5, URGENT, 15, 1).throughTreatment(),
                detected(6, STANDARD, 112, 6).throughTreatment(),
                detected(7, URGENT, 24.5, 1).throughTreatment(),
                detected(8, STANDARD, 160, 6).throughTreatment(),
                // ready, being planned, irradiated
                detected(9, URGENT, 47, 1).throughTreatment(),
                detected(10, URGENT, 51.5, 1).throughTreatment(),
                detected(11, URGENT, 60, 1).throughTreatment(),
                // the window: open, about to close, missed
                detected(12, URGENT, 56 + 26, 1).throughTreatment(),
                detected(13, STANDARD, 56 * 6 + 29, 6).throughTreatment(),
                detected(14, URGENT, 56 + 44, 1).withoutSurgery(),
                detected(15, STANDARD, 56 * 6 + 55, 6).withoutSurgery(),
                // in surgery, after it, before the result board
                detected(16, URGENT, 86 + 2, 1).throughTreatment(),
                detected(17, URGENT, 86 + 20, 1).throughTreatment(),
                detected(18, URGENT, 90 + 80, 1).throughTreatment(),
                // in follow-up
                detected(19, URGENT, 30 * 24, 1).throughFollowUp(14, "STABLE"),
                detected(20, STANDARD, 75 * 24, 6).throughFollowUp(14, "STABLE"),
                detected(21, URGENT, 400 * 24, 1).throughFollowUp(14, "STABLE"),
                // ended
                detected(22, URGENT, 1_860 * 24, 1).throughFollowUp(14, "STABLE"),
                detected(23, STANDARD, 1_900 * 24, 6).throughFollowUp(14, "STABLE"),
                detected(24, URGENT, 260 * 24, 1).throughFollowUp(3, "RECURRENCE"),
                detected(25, STANDARD, 5 * 24, 6).notAccepted(),
                detected(26, URGENT, 6 * 24, 1).decidedFor("SYSTEMIC"));
    }

    /** The cases that have left the main path. */
    Stream<List<SyntheticEvent>> detours() {
        return Stream.of(
                SyntheticDetour.planQaFails(detected(27, URGENT, 53.1, 1)),
                SyntheticDetour.outage(FAILING_UNIT, base.minus(Duration.ofHours(1))),
                SyntheticDetour.onUnit(FAILING_UNIT, detected(28, URGENT, 40, 1)),
                SyntheticDetour.onUnit(FAILING_UNIT, detected(29, STANDARD, 200, 6)),
                SyntheticDetour.slotBeforeWindow(detected(30, URGENT, 64, 1)),
                SyntheticDetour.windowMissed(detected(31, URGENT, 56 + 51, 1)),
                SyntheticDetour.irradiatedNotOperated(detected(32, URGENT, 20 * 24, 1)),
                SyntheticDetour.deceased(detected(33, URGENT, 12 * 24, 1), Duration.ofDays(6)),
                SyntheticDetour.necrosisOnly(detected(34, STANDARD, 40 * 24, 6)),
                // the tumour came back within the last days: the linked case has just been opened
                detected(35, URGENT, 90 + 44 + 62 * 24 + 2, 1).throughFollowUp(1, "RECURRENCE"));
    }

    /** Numbered from 101 on: the patients of the samples come before. */
    private SyntheticCase detected(int number, Urgency urgency, double hoursAgo, double pace) {
        return SyntheticCase.of(
                100 + number, base.minus(Duration.ofSeconds(Math.round(hoursAgo * 3600))), urgency, pace);
    }
}
