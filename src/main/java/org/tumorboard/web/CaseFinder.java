package org.tumorboard.web;

import java.time.Clock;
import java.util.List;
import org.springframework.stereotype.Component;
import org.tumorboard.event.CaseId;
import org.tumorboard.event.UuidText;
import org.tumorboard.inbox.InboxQueries;
import org.tumorboard.pathway.BookingQueries;
import org.tumorboard.pathway.CaseQueries;
import org.tumorboard.pathway.CaseRow;
import org.tumorboard.pathway.PatientAliases;
import org.tumorboard.pathway.PersonalDecisions;
import org.tumorboard.sla.ClockHistory;
import org.tumorboard.sla.Milestones;
import org.tumorboard.sla.SlaClocks;

/** Puts together, for page and API alike, what is known of one case. */
@Component
final class CaseFinder {

    private static final int MOST_NOT_TAKEN = 20;

    private final CaseQueries cases;
    private final Milestones milestones;
    private final SlaClocks clocks;
    private final ClockHistory history;
    private final BookingQueries bookings;
    private final PersonalDecisions decisions;
    private final PatientAliases aliases;
    private final InboxQueries events;
    private final EventFinder views;
    private final Clock clock;

    CaseFinder(
            CaseQueries cases,
            Milestones milestones,
            SlaClocks clocks,
            ClockHistory history,
            BookingQueries bookings,
            PersonalDecisions decisions,
            PatientAliases aliases,
            InboxQueries events,
            EventFinder views,
            Clock clock) {
        this.cases = cases;
        this.milestones = milestones;
        this.clocks = clocks;
        this.history = history;
        this.bookings = bookings;
        this.decisions = decisions;
        this.aliases = aliases;
        this.events = events;
        this.views = views;
        this.clock = clock;
    }

    CaseView find(String caseId) {
        CaseRow row = row(caseId);
        return CaseView.of(
                row,
                MilestoneView.of(milestones.of(row.caseId())),
                ClockView.of(clocks.of(row.caseId()), history.of(row.caseId()), clock.instant()),
                cases.steps(row.caseId()),
                bookings.of(row.caseId()).stream().map(BookingView::of).toList(),
                decisions.of(row.caseId()).stream().map(DecisionView::of).toList(),
                Revision.of(events.amendedOfCase(row.caseId(), row.patientRef()), aliases.of(row.caseId())));
    }

    /** A piece of the case's events, in the order in which they came. */
    Page<EventView> events(String caseId, int page) {
        CaseRow row = row(caseId);
        return Page.of(
                page,
                events.countOfCase(row.caseId(), row.patientRef()),
                offset -> views.views(events.ofCase(row.caseId(), row.patientRef(), Page.SIZE, offset)));
    }

    /** The same, what happened last before all else. */
    Page<EventView> latestEvents(String caseId, int page) {
        CaseRow row = row(caseId);
        return Page.of(
                page,
                events.countOfCase(row.caseId(), row.patientRef()),
                offset -> views.views(events.latestOfCase(row.caseId(), row.patientRef(), Page.SIZE, offset)));
    }

    /** What has happened to the patient and was not taken. */
    List<EventView> notTaken(String caseId) {
        CaseRow row = row(caseId);
        return views.views(events.notTakenOfCase(row.caseId(), row.patientRef(), MOST_NOT_TAKEN));
    }

    /**
     * The case that goes by this id; a UUID in whatever case its letters are written.
     *
     * @throws NotFoundException if there is none
     */
    CaseId id(String caseId) {
        return row(caseId).caseId();
    }

    private CaseRow row(String caseId) {
        try {
            CaseId asked = new CaseId(caseId);
            return UuidText.spellings(caseId).stream()
                    .flatMap(spelling -> cases.find(new CaseId(spelling)).stream())
                    .findFirst()
                    .orElseThrow(() -> new NotFoundException("there is no case " + asked));
        } catch (IllegalArgumentException e) {
            throw new NotFoundException(e.getMessage());
        }
    }
}
