package org.tumorboard.web;

import java.time.Instant;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.tumorboard.event.CaseId;
import org.tumorboard.event.CaseStatus;
import org.tumorboard.event.Right;
import org.tumorboard.event.Urgency;
import org.tumorboard.pathway.CaseRow;
import org.tumorboard.pathway.OpenStep;

/**
 * A case as the API shows it.
 *
 * @param steps the open ones that the reader may see
 * @param stepsOfOthers how many more are open
 */
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
        int stepsOfOthers,
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
                0,
                PathView.of(milestones, revisions),
                bookings,
                decisions,
                revisions);
    }

    /** The same with those open steps only that somebody may read. */
    CaseView seenBy(Predicate<String> isIn) {
        List<OpenStep> seen = steps.stream()
                .filter(step ->
                        Stream.of(step.group().split(",")).anyMatch(group -> Right.READ_STEPS.isOf(isIn, group)))
                .toList();
        return new CaseView(
                caseId,
                patientRef,
                lesionRefs,
                status,
                urgency,
                phase,
                openedAt,
                closedAt,
                previousCaseId,
                priorSrsCourses,
                nextDeadline,
                milestones,
                clocks,
                seen,
                steps.size() - seen.size(),
                paths,
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
