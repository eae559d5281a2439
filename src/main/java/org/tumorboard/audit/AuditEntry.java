package org.tumorboard.audit;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * An entry of the audit trail.
 *
 * @param number from 1, without gaps
 * @param deed a name of {@link org.tumorboard.event.Deed}, or of one that was there once
 * @param person who did it; in brackets what is no person
 * @param groups of the person at that time, with commas between
 * @param origin the address the request came from; null for what came over no network
 * @param subject what it was about, in codes of ours
 * @param previous hash of the entry before it
 * @param hash of all the others
 */
public record AuditEntry(
        long number,
        Instant at,
        String deed,
        String person,
        String groups,
        @Nullable String origin,
        @Nullable String caseId,
        @Nullable String subject,
        String previous,
        String hash) {

    /** The same with the hash of what it says. */
    AuditEntry sealed() {
        return new AuditEntry(number, at, deed, person, groups, origin, caseId, subject, previous, ChainHash.of(this));
    }

    /** Whether it still says what was said when it was written. */
    boolean isAsWritten() {
        return hash.equals(ChainHash.of(this));
    }
}
