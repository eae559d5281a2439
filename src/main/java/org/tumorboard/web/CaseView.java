package org.tumorboard.web;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.tumorboard.event.CaseId;
import org.tumorboard.event.CaseStatus;
import org.tumorboard.event.Urgency;
import org.tumorboard.pathway.CaseRow;
import org.tumorboard.pathway.OpenStep;
import org.tumorboard.sla.Milestone;

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
        List<Object> clocks,
        List<OpenStep> steps) {

    /**
     * @param at when it clinically happened
     * @param recordedAt when the engine learned of it
     * @param source the causing event's source, or {@code user:<name>}
     */
    record MilestoneView(String name, Instant at, Instant recordedAt, String source, String eventId) {

        static MilestoneView of(Milestone milestone) {
            return new MilestoneView(
                    milestone.name(), milestone.at(), milestone.recordedAt(), milestone.source(), milestone.eventId());
        }
    }

    static CaseView of(CaseRow row, List<Milestone> milestones, List<OpenStep> steps) {
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
                steps.isEmpty() ? null : steps.get(0).dueAt(),
                milestones.stream().map(MilestoneView::of).toList(),
                List.of(),
                steps);
    }
}
