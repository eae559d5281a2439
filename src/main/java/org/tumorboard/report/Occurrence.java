package org.tumorboard.report;

import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.tumorboard.event.CaseId;

/**
 * Something that happened to a case and is counted.
 *
 * @param kind what is counted, the name of its table
 * @param name what it counts as in that table
 * @param detail reason code or the like; null if none was given
 * @param at when it clinically happened, corrections applied: by it a period selects
 * @param source who said so
 */
public record Occurrence(
        CaseId caseId,
        String patientRef,
        Kind kind,
        String name,
        @Nullable String detail,
        Instant at,
        String source,
        String eventId) {

    /** What is counted. */
    public enum Kind {
        /** Exception paths that cases took. */
        EXCEPTIONS,
        /** Slots and beds that a department took back. */
        SLOT_LOSSES,
        /** Plan QA and second checks that failed. */
        PLAN_FAILURES,
        /** Boards that sent a case on instead of deciding. */
        DEFERRALS,
        /** What was missing when the readiness gate turned RED. */
        GATE_RED,
        /** Results that a board reviewed, by histology. */
        RESULTS,
        /** Those of them whose case came back as another one since. */
        RE_ENTRIES;

        /** Its name in addresses: {@code slot-losses}. */
        public String slug() {
            return name().toLowerCase(java.util.Locale.ROOT).replace('_', '-');
        }
    }
}
