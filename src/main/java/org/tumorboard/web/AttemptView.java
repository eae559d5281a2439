package org.tumorboard.web;

import org.jspecify.annotations.Nullable;
import org.tumorboard.event.Outcome;
import org.tumorboard.inbox.InboxEntry;
import org.tumorboard.inbox.Redrive;
import org.tumorboard.inbox.Redrives;

/**
 * What became of an event that was tried again.
 *
 * @param said in a few words
 * @param outcome as it stands now; null if there is no such event
 */
record AttemptView(
        String id,
        @Nullable String type,
        @Nullable String caseId,
        String said,
        @Nullable Outcome outcome,
        @Nullable String reason) {

    static AttemptView of(Redrives.Attempt attempt) {
        Redrive.Result result = attempt.result();
        if (result instanceof Redrive.Result.Tried tried) {
            return of(tried.entry(), said(tried.entry().outcome()));
        }
        if (result instanceof Redrive.Result.Settled settled) {
            return of(settled.entry(), "had been decided before: nothing was done");
        }
        if (result instanceof Redrive.Result.NotTried left) {
            return of(left.entry(), "its turn did not come, since the database stopped answering: try it again");
        }
        return new AttemptView(attempt.event().id(), null, null, "was never received", null, null);
    }

    private static AttemptView of(InboxEntry entry, String said) {
        return new AttemptView(entry.id(), entry.type(), entry.caseId(), said, entry.outcome(), entry.reason());
    }

    private static String said(Outcome outcome) {
        return switch (outcome) {
            case APPLIED -> "moved its case";
            case PARKED -> "waits on: nobody takes it yet";
            case FAILED -> "failed again";
            case ALREADY_DONE -> "was already done";
            case REFUSED -> "is refused";
        };
    }
}
