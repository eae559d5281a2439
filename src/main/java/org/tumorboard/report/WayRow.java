package org.tumorboard.report;

import java.time.Instant;
import org.tumorboard.event.CaseId;

/**
 * A case in a list of ways.
 *
 * @param took seconds: of a leg from start to end, of a hand-over what it added after everything before it
 */
public record WayRow(
        CaseId caseId, String patientRef, String start, String end, Instant startedAt, Instant endedAt, long took) {}
