package org.tumorboard.audit;

import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.tumorboard.event.CaseId;
import org.tumorboard.event.Deed;

/**
 * Which entries are wanted; null means any.
 *
 * @param person the name they signed in with
 * @param from the first moment
 * @param to the first moment after the last
 */
public record AuditFilter(
        @Nullable CaseId caseId,
        @Nullable String person,
        @Nullable Deed deed,
        @Nullable Instant from,
        @Nullable Instant to) {}
