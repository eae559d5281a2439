package org.tumorboard.web;

import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.server.ResponseStatusException;
import org.tumorboard.audit.Noted;
import org.tumorboard.audit.Verification;

/**
 * What a check of the chain found.
 *
 * @param entries of the whole chain; null if it is not whole
 * @param head number and hash of the last entry, to be noted elsewhere; null if the chain is not whole
 * @param firstBroken number of the first entry that is missing, moved or changed; null if there is none
 * @param reason in a sentence; null if the chain is whole
 */
record AuditCheck(
        boolean whole,
        @Nullable Long entries,
        @Nullable String head,
        @Nullable Long firstBroken,
        @Nullable String reason) {

    /**
     * @param noted number and hash as an earlier check told them; blank if nothing was noted
     * @throws ResponseStatusException if it has another form
     */
    static AuditCheck of(Verification verification, String noted) {
        Verification.Result result = verification.verify(noted.isBlank() ? null : read(noted));
        if (result instanceof Verification.Result.Broken broken) {
            return new AuditCheck(false, null, null, broken.number(), broken.reason());
        }
        Verification.Result.Intact intact = (Verification.Result.Intact) result;
        return new AuditCheck(true, intact.entries(), intact.note(), null, null);
    }

    private static Noted read(String noted) {
        try {
            return Noted.parse(noted);
        } catch (IllegalArgumentException e) {
            throw new ResponseStatusException(HttpStatus.BAD_REQUEST, "noted: " + e.getMessage());
        }
    }
}
