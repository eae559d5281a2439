package org.tumorboard.pathway;

import java.time.Clock;
import java.time.Instant;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.ExecutionListener;
import org.camunda.bpm.engine.impl.cfg.ProcessEngineConfigurationImpl;
import org.camunda.bpm.engine.impl.context.Context;
import org.camunda.bpm.engine.impl.persistence.entity.ExecutionEntity;
import org.springframework.stereotype.Component;
import org.tumorboard.event.CaseId;
import org.tumorboard.event.EventIdentity;
import org.tumorboard.event.Urgency;
import org.tumorboard.sla.Milestone;

/**
 * When an element is left by its sequence flow, its outputs mapped, or an event that is thrown is reached, it is
 * completed: the milestone it names is earned, and its notifications are sent. An element that is interrupted is not
 * left this way.
 */
@Component
class CompletionListener implements ExecutionListener {

    /** The variable in which the models keep the case's urgency. */
    private static final String URGENCY = "caseUrgency";

    private final CaseFiles files;
    private final Elements elements;
    private final CurrentEvent current;
    private final Notifier notifier;
    private final Clock clock;

    CompletionListener(CaseFiles files, Elements elements, CurrentEvent current, Notifier notifier, Clock clock) {
        this.files = files;
        this.elements = elements;
        this.current = current;
        this.notifier = notifier;
        this.clock = clock;
    }

    @Override
    public void notify(DelegateExecution execution) {
        CaseFile file = files.of(new CaseId(execution.getProcessBusinessKey()));
        Element element = elements.get(execution.getProcessDefinitionId(), completed(execution));
        if (execution.getVariable(URGENCY) instanceof String urgency) {
            file.becomes(Urgency.valueOf(urgency));
        }
        Instant at = at(element, execution);
        if (element.milestone() != null) {
            EventIdentity cause = current.identity();
            file.earn(new Milestone(
                    file.id(),
                    element.milestone(),
                    at(element, execution),
                    clock.instant(),
                    cause.source(),
                    cause.id()));
        }
        element.notifications().forEach(name -> notifier.tell(file, name, at, execution));
    }

    /** The element that a sequence flow leaves; or the thrown event that is reached. */
    private static String completed(DelegateExecution execution) {
        return EVENTNAME_TAKE.equals(execution.getEventName())
                ? ((ExecutionEntity) execution).getTransition().getSource().getId()
                : execution.getCurrentActivityId();
    }

    private Instant at(Element element, DelegateExecution execution) {
        ProcessEngineConfigurationImpl engine = Context.getProcessEngineConfiguration();
        Object at = engine.getExpressionManager()
                .createExpression(element.milestoneAt())
                .getValue(execution);
        return at == null ? current.time() : Times.instant(at.toString());
    }
}
