package org.tumorboard.web;

import java.util.List;
import org.springframework.stereotype.Component;
import org.tumorboard.event.CaseId;
import org.tumorboard.inbox.InboxQueries;
import org.tumorboard.pathway.CaseQueries;
import org.tumorboard.pathway.CaseRow;
import org.tumorboard.sla.Milestones;

/** Puts together, for page and API alike, what is known of one case. */
@Component
final class CaseFinder {

    private final CaseQueries cases;
    private final Milestones milestones;
    private final InboxQueries events;

    CaseFinder(CaseQueries cases, Milestones milestones, InboxQueries events) {
        this.cases = cases;
        this.milestones = milestones;
        this.events = events;
    }

    CaseView find(String caseId) {
        CaseRow row = row(caseId);
        return CaseView.of(row, milestones.of(row.caseId()), cases.steps(row.caseId()));
    }

    List<EventView> events(String caseId) {
        CaseRow row = row(caseId);
        return events.ofCase(row.caseId(), row.patientRef()).stream()
                .map(EventView::of)
                .toList();
    }

    private CaseRow row(String caseId) {
        CaseId id;
        try {
            id = new CaseId(caseId);
        } catch (IllegalArgumentException e) {
            throw new NotFoundException(e.getMessage());
        }
        return cases.find(id).orElseThrow(() -> new NotFoundException("there is no case " + id));
    }
}
