package org.tumorboard.inbox;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.tumorboard.event.CaseId;
import org.tumorboard.event.CaseStatus;
import org.tumorboard.event.InboundEvent;
import org.tumorboard.pathway.CaseRow;

/** Which case an event is about: the one it names, the patient's only open case, a new one, or none for now. */
sealed interface Route {

    record ToCase(CaseId caseId) implements Route {}

    record Opens(CaseId caseId) implements Route {}

    record Nowhere(Verdict verdict) implements Route {}

    /**
     * @param opensCase whether events of this type open cases
     * @param cases the patient's open cases and the named case
     * @param closed the case of each patient that was closed last
     */
    static Route of(InboundEvent event, boolean opensCase, Map<CaseId, CaseRow> cases, Map<String, CaseRow> closed) {
        if (opensCase) {
            return opening(event, cases);
        }
        return event.subject() == null ? byPatient(event, cases, closed) : bySubject(event, event.subject(), cases);
    }

    private static Route opening(InboundEvent event, Map<CaseId, CaseRow> cases) {
        CaseId caseId = event.subject() == null ? CaseId.openedBy(event.identity()) : event.subject();
        CaseRow same = cases.get(caseId);
        if (same != null && !same.patientRef().equals(event.patientRef())) {
            return new Nowhere(otherPatient(same));
        }
        if (same != null) {
            return new Nowhere(Verdict.alreadyDone(caseId, "the case is open already; attached to it"));
        }
        return openCases(event, cases).stream()
                .filter(open -> open.lesionRefs().stream().anyMatch(lesion -> names(event, lesion)))
                .findFirst()
                .<Route>map(open -> new Nowhere(Verdict.alreadyDone(
                        open.caseId(), "the patient has an open case for this lesion; attached to it")))
                .orElse(new Opens(caseId));
    }

    private static boolean names(InboundEvent event, String lesion) {
        for (var named : event.data().path("lesionRefs")) {
            if (named.asText().equals(lesion)) {
                return true;
            }
        }
        return false;
    }

    private static Route bySubject(InboundEvent event, CaseId subject, Map<CaseId, CaseRow> cases) {
        CaseRow named = cases.get(subject);
        if (named == null) {
            return new Nowhere(
                    Verdict.parked(null, "case %s is not open yet; released when it opens".formatted(subject)));
        }
        return named.patientRef().equals(event.patientRef()) ? new ToCase(subject) : new Nowhere(otherPatient(named));
    }

    private static Route byPatient(InboundEvent event, Map<CaseId, CaseRow> cases, Map<String, CaseRow> closed) {
        List<CaseRow> open = openCases(event, cases);
        return switch (open.size()) {
            case 0 -> withoutOpenCase(event, closed.get(event.patientRef()));
            case 1 -> new ToCase(open.get(0).caseId());
            default -> new Nowhere(Verdict.parked(
                    null,
                    "the patient has %d open cases and the event names none; released when only one is open, or name it in subject"
                            .formatted(open.size())));
        };
    }

    /** What happened before the patient's last case ended belongs to that case; after it, to one that is yet to open. */
    private static Route withoutOpenCase(InboundEvent event, @Nullable CaseRow closed) {
        return closed != null
                        && (closed.status() == CaseStatus.DECEASED
                                || !event.time().isAfter(closed.closedAt()))
                ? new ToCase(closed.caseId())
                : new Nowhere(Verdict.parked(null, "the patient has no open case yet; released when one opens"));
    }

    private static List<CaseRow> openCases(InboundEvent event, Map<CaseId, CaseRow> cases) {
        return cases.values().stream()
                .filter(row -> row.isOpen() && row.patientRef().equals(event.patientRef()))
                .toList();
    }

    private static Verdict otherPatient(CaseRow named) {
        return Verdict.refused(
                "patientRef: expected the patient of case %s, but it is another one".formatted(named.caseId()));
    }
}
