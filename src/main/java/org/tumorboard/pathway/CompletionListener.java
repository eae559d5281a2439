package org.tumorboard.pathway;

import java.time.Clock;
import java.time.Instant;
import java.util.Comparator;
import java.util.Optional;
import org.camunda.bpm.engine.RuntimeService;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.ExecutionListener;
import org.camunda.bpm.engine.impl.cfg.ProcessEngineConfigurationImpl;
import org.camunda.bpm.engine.impl.context.Context;
import org.camunda.bpm.engine.impl.persistence.entity.ExecutionEntity;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.tumorboard.event.CaseId;
import org.tumorboard.event.EventIdentity;
import org.tumorboard.event.Urgency;
import org.tumorboard.sla.Ledger;
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
    private final Resources resources;
    private final Clock clock;

    CompletionListener(
            CaseFiles files,
            Elements elements,
            CurrentEvent current,
            Notifier notifier,
            Resources resources,
            Clock clock) {
        this.files = files;
        this.elements = elements;
        this.current = current;
        this.notifier = notifier;
        this.resources = resources;
        this.clock = clock;
    }

    @Override
    public void notify(DelegateExecution execution) {
        CaseFile file = files.of(new CaseId(execution.getProcessBusinessKey()));
        Element element = elements.get(execution.getProcessDefinitionId(), completed(execution));
        Instant at = at(element, file, execution);
        resources.follow(element, file);
        if (element.classifies()) {
            become(Urgency.valueOf(String.valueOf(execution.getVariable(URGENCY))), file, at, execution);
        }
        if (element.milestone() != null) {
            Milestone earned = told(element.milestone(), file, at);
            file.earn(
                    element.joins().isEmpty()
                            ? earned
                            : earned.joining(file.ledger().latestOf(element.joins()).stream()
                                    .map(Ledger.Entry::key)
                                    .toList()));
        }
        element.furtherMilestones().stream()
                .filter(further -> Boolean.TRUE.equals(value(further.condition(), execution)))
                .forEach(further -> file.earn(told(further.milestone(), file, at)));
        element.notifications().forEach(name -> notifier.tell(file, name, at, execution));
    }

    private void become(Urgency urgency, CaseFile file, Instant at, DelegateExecution execution) {
        boolean isFirst = !file.ledger().knowsUrgency();
        if (urgency != file.urgency() || isFirst) {
            if (!isFirst) {
                tellModels(urgency, execution);
            }
            file.becomes(urgency);
            file.earn(told(Ledger.milestoneOf(urgency), file, at));
        }
    }

    /** All running models of the case go by the same urgency. */
    private static void tellModels(Urgency urgency, DelegateExecution execution) {
        RuntimeService runtime = execution.getProcessEngineServices().getRuntimeService();
        OnBehalfOfTheEngine.doing(() -> {
            runtime.createProcessInstanceQuery()
                    .processInstanceBusinessKey(execution.getProcessBusinessKey())
                    .variableValueNotEquals(URGENCY, urgency.name())
                    .list()
                    .forEach(model -> runtime.setVariable(model.getId(), URGENCY, urgency.name()));
            return null;
        });
    }

    private Milestone told(String name, CaseFile file, Instant at) {
        EventIdentity cause = current.identity();
        return Milestone.told(file.id(), name, at, clock.instant(), cause.source(), cause.id());
    }

    /** The element that a sequence flow leaves; or the thrown event that is reached. */
    private static String completed(DelegateExecution execution) {
        return EVENTNAME_TAKE.equals(execution.getEventName())
                ? ((ExecutionEntity) execution).getTransition().getSource().getId()
                : execution.getCurrentActivityId();
    }

    private Instant at(Element element, CaseFile file, DelegateExecution execution) {
        Optional<Instant> joined = file.ledger().latestOf(element.joins()).stream()
                .map(Ledger.Entry::at)
                .max(Comparator.naturalOrder());
        if (joined.isPresent()) {
            return joined.get();
        }
        Object at = value(element.milestoneAt(), execution);
        return at == null ? current.time() : Times.instant(at.toString());
    }

    private static @Nullable Object value(String expression, DelegateExecution execution) {
        ProcessEngineConfigurationImpl engine = Context.getProcessEngineConfiguration();
        return engine.getExpressionManager().createExpression(expression).getValue(execution);
    }
}
