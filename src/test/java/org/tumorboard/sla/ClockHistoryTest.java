package org.tumorboard.sla;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.tumorboard.EngineTest;
import org.tumorboard.event.CaseId;
import org.tumorboard.event.CaseStatus;
import org.tumorboard.event.Urgency;

/** The life of a clock is read as it was written, in its order. */
@EngineTest
class ClockHistoryTest {

    private static final Instant T = Instant.parse("2026-03-02T08:00:00Z");

    @Autowired
    JdbcClient jdbc;

    @Autowired
    SlaClocks clocks;

    @Autowired
    ClockHistory history;

    @Autowired
    Milestones milestones;

    @Test
    void readsWhatWasAppendedInItsOrder() {
        try (ClockRows rows = new ClockRows(jdbc, clocks, history, milestones)) {
            CaseId caseId = rows.aCase("SYN-HISTORY", Urgency.URGENT, CaseStatus.PREPARING, "case-preparation", T);
            SlaClock clock = ClockRows.aClock(caseId, "triage", "neurosurgery", T, Duration.ofHours(4));
            ClockChange started = ClockRows.change(clock, ClockChange.What.STARTED, T.plusSeconds(30), null);
            ClockChange warned = ClockRows.change(clock, ClockChange.What.ANNOUNCED, T.plusSeconds(7201), "warn-50");
            ClockChange moved = new ClockChange(
                    caseId,
                    "triage",
                    clock.anchor(),
                    T.plusSeconds(8000),
                    ClockChange.What.MOVED,
                    ClockState.WARNED,
                    T,
                    clock.latestAt(),
                    null,
                    "WRONG_TIME",
                    "//hospital.example/radiology",
                    "e-9");

            rows.append(started, warned);
            rows.append(moved);

            assertThat(history.of(caseId)).isEqualTo(List.of(started, warned, moved));
        }
    }

    @Test
    void appendsNothingWithoutAsking() {
        history.append(List.of());

        assertThat(history.of(new CaseId("nobody"))).isEmpty();
    }
}
