package org.tumorboard.pathway;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.tumorboard.event.CaseId;
import org.tumorboard.event.EventIdentity;
import org.tumorboard.event.InboundEvent;

/**
 * An event together with what it does to a case: it opens the case, or is what some of its elements wait for.
 *
 * @param steps the elements that take it; empty if it opens the case
 * @param amendment what an earlier event of the case says from now on, if this one corrects it or takes it back
 */
public record Move(InboundEvent event, CaseId caseId, List<WaitingStep> steps, @Nullable Amendment amendment) {

    public Move(InboundEvent event, CaseId caseId, List<WaitingStep> steps) {
        this(event, caseId, steps, null);
    }

    /**
     * An event that has moved the case, and is corrected or taken back.
     *
     * @param before what it said until now
     * @param after what it says from now on
     * @param retracts whether it never happened
     */
    public record Amendment(InboundEvent before, InboundEvent after, boolean retracts) {}

    boolean opensCase() {
        return steps.isEmpty() && amendment == null;
    }

    /** Thrown when a move cannot be made, so that the inbox knows which event of many is to blame. */
    public static final class Failed extends RuntimeException {

        private final transient EventIdentity event;

        Failed(EventIdentity event, Throwable cause) {
            super(cause.getMessage(), cause);
            this.event = event;
        }

        public EventIdentity event() {
            return event;
        }
    }
}
