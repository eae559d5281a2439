package org.tumorboard.sla;

import com.fasterxml.jackson.annotation.JsonIgnore;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * An instant of a clock's run at which somebody is told, and what became of it.
 *
 * @param name e.g. {@code warn-50}, {@code warn-30h}, {@code critical-46h}, {@code breach}, {@code escalate}
 * @param at passed as soon as now, or the stop, lies after it
 * @param level whom it reaches: 0 the owner, 1 its lead, 2 coordination and board-chair, 3 medical-direction
 * @param outcome null while nothing is on record
 * @param announcedAt when it was put on record
 * @param late it was put on record well after it was passed: its cause became known late, or the engine was away
 */
public record Threshold(
        String name,
        Kind kind,
        Instant at,
        int level,
        @Nullable Outcome outcome,
        @Nullable Instant announcedAt,
        boolean late) {

    /** What passing it means. */
    public enum Kind {
        WARNING,
        BREACH,
        /** The next rung of the ladder; an acknowledgement spares it. */
        ESCALATION,
        OUT_OF_PROTOCOL
    }

    /** What became of it. */
    public enum Outcome {
        ANNOUNCED,
        /** A later threshold was announced instead, or the clock had been stopped by then. */
        OVERTAKEN,
        /** The ladder was stopped before. */
        ACKNOWLEDGED
    }

    @JsonIgnore
    boolean isOnRecord() {
        return outcome != null;
    }

    Threshold recorded(Outcome what, Instant when, boolean isLate) {
        return new Threshold(name, kind, at, level, what, when, isLate);
    }

    Threshold like(Threshold earlier) {
        return new Threshold(name, kind, at, level, earlier.outcome, earlier.announcedAt, earlier.late);
    }
}
