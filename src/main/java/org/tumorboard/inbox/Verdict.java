package org.tumorboard.inbox;

import org.jspecify.annotations.Nullable;
import org.tumorboard.event.CaseId;
import org.tumorboard.event.Outcome;

/**
 * What became of an event.
 *
 * @param reason a sentence for a coordinator; null where it was simply applied
 * @param disagrees whether what had already been done says another time or value
 * @param awaitsTurn whether it was not even tried, since others of its patient are taken before it
 * @param factNotTaken whether it is a treatment, a stop or a death that was refused or failed
 */
record Verdict(
        Outcome outcome,
        @Nullable CaseId caseId,
        @Nullable String reason,
        boolean disagrees,
        boolean awaitsTurn,
        boolean factNotTaken) {

    private static final String IN_ITS_TURN =
            "more of this patient's events can be taken than one turn may hold; taken in its turn, by itself";

    Verdict(Outcome outcome, @Nullable CaseId caseId, @Nullable String reason, boolean disagrees) {
        this(outcome, caseId, reason, disagrees, false, false);
    }

    static Verdict applied(CaseId caseId) {
        return new Verdict(Outcome.APPLIED, caseId, null, false);
    }

    static Verdict parked(@Nullable CaseId caseId, String reason) {
        return new Verdict(Outcome.PARKED, caseId, reason, false);
    }

    /** Nothing is in its way but others of its patient. */
    static Verdict inItsTurn() {
        return new Verdict(Outcome.PARKED, null, IN_ITS_TURN, false, true, false);
    }

    static Verdict alreadyDone(CaseId caseId, String reason) {
        return new Verdict(Outcome.ALREADY_DONE, caseId, reason, false);
    }

    Verdict ofFactNotTaken(boolean matters) {
        return new Verdict(outcome, caseId, reason, disagrees, awaitsTurn, matters);
    }

    static Verdict refused(String reason) {
        return new Verdict(Outcome.REFUSED, null, reason, false);
    }
}
