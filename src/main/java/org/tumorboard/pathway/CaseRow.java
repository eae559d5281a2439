package org.tumorboard.pathway;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.tumorboard.event.CaseId;
import org.tumorboard.event.CaseStatus;
import org.tumorboard.event.Urgency;

/**
 * A case as it stands.
 *
 * @param patientRef keyed pseudonym
 * @param phase process id of the phase it is in
 * @param openedAt clinical time of the opening event
 * @param closedAt when the pathway ended, null while open
 * @param previousCaseId the case that this one follows when the tumour came back
 */
public record CaseRow(
        CaseId caseId,
        String patientRef,
        List<String> lesionRefs,
        CaseStatus status,
        Urgency urgency,
        String phase,
        Instant openedAt,
        @Nullable Instant closedAt,
        @Nullable CaseId previousCaseId,
        int priorSrsCourses) {

    public boolean isOpen() {
        return closedAt == null;
    }
}
