package org.tumorboard.event;

import java.util.EnumSet;
import java.util.Set;

/** Where a case stands, as told on {@code tumorboard.case-status}. The order is the pathway's. */
public enum CaseStatus {
    RECEIVED,
    TRIAGED,
    PREPARING,
    BOARD_SCHEDULED,
    DECIDED,
    COORDINATING,
    READY_FOR_SRS,
    SRS_PLANNING,
    SRS_DELIVERED,
    WINDOW_OPEN,
    WINDOW_MISSED,
    IN_SURGERY,
    POSTOPERATIVE,
    RESULT_REVIEW,
    FOLLOW_UP,
    COMPLETED,
    NOT_ELIGIBLE,
    ALTERNATIVE_TREATMENT,
    CONSENT_REFUSED,
    CONSENT_WITHDRAWN,
    DECEASED,
    RE_ENTERED,
    LOST_TO_FOLLOW_UP,
    ENTERED_IN_ERROR;

    private static final Set<CaseStatus> CLOSED = EnumSet.range(COMPLETED, ENTERED_IN_ERROR);

    /** Whether the case has ended: it has no open step, and no event moves it any more. */
    public boolean isClosed() {
        return CLOSED.contains(this);
    }
}
