package org.tumorboard.inbox;

import org.jspecify.annotations.Nullable;
import org.tumorboard.event.CaseId;
import org.tumorboard.event.Outcome;

/**
 * What became of an event.
 *
 * @param reason a sentence for a coordinator; null where it was simply applied
 * @param disagrees whether what had already been done says another time or value
 */
record Verdict(Outcome outcome, @Nullable CaseId caseId, @Nullable String reason, boolean disagrees) {

    static Verdict applied(CaseId caseId) {
        return new Verdict(Outcome.APPLIED, caseId, null, false);
    }

    static Verdict parked(@Nullable CaseId caseId, String reason) {
        return new Verdict(Outcome.PARKED, caseId, reason, false);
    }

    static Verdict alreadyDone(CaseId caseId, String reason) {
        return new Verdict(Outcome.ALREADY_DONE, caseId, reason, false);
    }

    static Verdict refused(String reason) {
        return new Verdict(Outcome.REFUSED, null, reason, false);
    }
}
