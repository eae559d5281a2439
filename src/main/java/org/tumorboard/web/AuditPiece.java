package org.tumorboard.web;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.tumorboard.audit.AuditEntry;
import org.tumorboard.audit.AuditFilter;
import org.tumorboard.audit.AuditQueries;

/**
 * A piece of the audit trail, the newest entries first.
 *
 * @param before what to ask for to get the next piece; null where none is left
 */
record AuditPiece(List<AuditEntry> entries, @Nullable Long before) {

    static AuditPiece of(AuditQueries trail, AuditFilter filter, @Nullable Long before, int most) {
        List<AuditEntry> found = trail.newest(filter, before, most + 1);
        boolean isMore = found.size() > most;
        List<AuditEntry> entries = isMore ? found.subList(0, most) : found;
        return new AuditPiece(entries, isMore ? entries.get(most - 1).number() : null);
    }
}
