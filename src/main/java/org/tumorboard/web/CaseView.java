package org.tumorboard.web;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.tumorboard.event.CaseId;
import org.tumorboard.event.CaseStatus;
import org.tumorboard.event.Urgency;
import org.tumorboard.pathway.CaseRow;
import org.tumorboard.pathway.OpenStep;

/** A case as the API shows it. */
record CaseView(
        CaseId caseId,
        String patientRef,
        List<String> lesionRefs,
        CaseStatus status,
        Urgency urgency,
        String phase,
        Instant openedAt,
        @Nullable Instant closedAt,
        @Nullable CaseId previousCaseId,
        int priorSrsCourses,
        @Nullable Instant nextDeadline,
        List<MilestoneView> milestones,
        List<ClockView> clocks,
        List<OpenStep> steps,
        List<PathView> paths,
        List<BookingView> bookings,
        List<DecisionView> decisions,
        List<Revision> revisions) {

    static CaseView of(
            CaseRow row,
            List<MilestoneView> milestones,
            List<ClockView> clocks,
            List<OpenStep> steps,
            List<BookingView> bookings,
            List<DecisionView> decisions,
            List<Revision> revisions) {
        return new CaseView(
                row.caseId(),
                row.patientRef(),
                row.lesionRefs(),
                row.status(),
                row.urgency(),
                row.phase(),
                row.openedAt(),
                row.closedAt(),
                row.previousCaseId(),
                row.priorSrsCourses(),
                nextDeadline(clocks),
                milestones,
                clocks,
                steps,
                PathView.of(milestones, revisions),
                bookings,
                decisions,
                revisions);
    }

    /** The nearest limit of the clocks that run; what is paused comes no nearer to its limit. */
    private static @Nullable Instant nextDeadline(List<ClockView> clocks) {
        return clocks.stream()
                .filter(clock -> clock.isOpen() && clock.pausedAt() == null)
                .map(ClockView::latestAt)
                .min(Instant::compareTo)
                .orElse(null);
    }
}
