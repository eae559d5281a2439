package org.tumorboard.pathway;

import java.util.List;
import java.util.Set;
import org.camunda.bpm.engine.RuntimeService;
import org.springframework.context.annotation.Lazy;
import org.springframework.stereotype.Component;
import org.tumorboard.event.CaseId;
import org.tumorboard.event.InboundEvent;

/**
 * What a person enters for a step is heard by the case's message events, too, as the department's own event would be:
 * by those that waited for it before the step was completed, and still do.
 */
@Component
class HeardBesideHand {

    private final WaitingSteps waitingSteps;
    private final CurrentEvent current;
    private final RuntimeService runtime;

    HeardBesideHand(WaitingSteps waitingSteps, CurrentEvent current, @Lazy RuntimeService runtime) {
        this.waitingSteps = waitingSteps;
        this.current = current;
        this.runtime = runtime;
    }

    /** The message events of the case that wait for what a person has just entered. */
    Move by(CaseId caseId, InboundEvent entered) {
        return new Move(
                entered,
                caseId,
                waitingSteps.of(List.of(caseId), Set.of(entered.type())).getOrDefault(caseId, List.of()).stream()
                        .filter(step -> step.taskId() == null && step.takes(entered))
                        .toList());
    }

    /** Lets them hear it, once the step is completed. */
    void tell(CaseFile file) {
        for (Move move : file.takeEntered()) {
            current.set(move.event());
            try {
                OnBehalfOfTheEngine.doing(() -> {
                    move.steps().forEach(step -> tell(step, move.event().type().shortName()));
                    return null;
                });
            } finally {
                current.forget();
            }
        }
    }

    private void tell(WaitingStep step, String message) {
        boolean stillWaits = runtime.createEventSubscriptionQuery()
                        .executionId(step.executionId())
                        .eventType("message")
                        .eventName(message)
                        .count()
                > 0;
        if (stillWaits) {
            runtime.messageEventReceived(message, step.executionId());
        }
    }
}
