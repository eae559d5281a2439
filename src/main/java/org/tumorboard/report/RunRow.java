package org.tumorboard.report;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.tumorboard.event.CaseId;
import org.tumorboard.event.Urgency;
import org.tumorboard.sla.ClockState;
import org.tumorboard.sla.SlaClock;

/**
 * A decided run in a list of runs.
 *
 * @param elapsed seconds from start to stop; null unless it was stopped
 * @param decidedAt by which a period selects it
 */
public record RunRow(
        CaseId caseId,
        String patientRef,
        String clock,
        String department,
        Urgency urgency,
        Instant startedAt,
        Instant latestAt,
        @Nullable Instant stoppedAt,
        @Nullable Long elapsed,
        ClockState verdict,
        Instant decidedAt) {

    static RunRow of(DecidedRun decided, Map<CaseId, String> patients) {
        SlaClock run = decided.run();
        Duration elapsed = run.elapsed();
        return new RunRow(
                run.caseId(),
                patients.getOrDefault(run.caseId(), ""),
                run.clock(),
                run.department(),
                run.urgency(),
                run.startedAt(),
                run.latestAt(),
                run.stoppedAt(),
                Percentiles.seconds(elapsed),
                decided.state(),
                decided.decidedAt());
    }
}
