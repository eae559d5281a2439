package org.tumorboard.pathway;

import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.tumorboard.event.CaseId;
import org.tumorboard.event.CaseStatus;
import org.tumorboard.event.Urgency;

/**
 * A case in a list.
 *
 * @param phase process id of the phase it is in
 * @param openedAt clinical time of the opening event
 * @param nextDeadline the nearest limit of its running clocks; null if none runs
 */
public record CaseSummary(
        CaseId caseId,
        String patientRef,
        CaseStatus status,
        Urgency urgency,
        String phase,
        Instant openedAt,
        @Nullable Instant nextDeadline) {}
