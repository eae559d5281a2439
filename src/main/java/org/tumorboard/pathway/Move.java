package org.tumorboard.pathway;

import java.util.List;
import org.tumorboard.event.CaseId;
import org.tumorboard.event.EventIdentity;
import org.tumorboard.event.InboundEvent;

/**
 * An event together with what it does to a case: it opens the case, or is what some of its elements wait for.
 *
 * @param steps the elements that take it; empty if it opens the case
 */
public record Move(InboundEvent event, CaseId caseId, List<WaitingStep> steps) {

    boolean opensCase() {
        return steps.isEmpty();
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
