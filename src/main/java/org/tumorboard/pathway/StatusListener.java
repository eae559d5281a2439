package org.tumorboard.pathway;

import java.time.Clock;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.ExecutionListener;
import org.camunda.bpm.engine.impl.persistence.entity.ExecutionEntity;
import org.springframework.stereotype.Component;
import org.tumorboard.event.CaseId;
import org.tumorboard.event.CaseStatus;
import org.tumorboard.event.EventIdentity;
import org.tumorboard.sla.Ledger;
import org.tumorboard.sla.Milestone;

/** When an element starts: the case takes the element's status and enters the phase that the element calls. */
@Component
class StatusListener implements ExecutionListener {

    private final CaseFiles files;
    private final Elements elements;
    private final CurrentEvent current;
    private final Notifier notifier;
    private final Clock clock;

    StatusListener(CaseFiles files, Elements elements, CurrentEvent current, Notifier notifier, Clock clock) {
        this.files = files;
        this.elements = elements;
        this.current = current;
        this.notifier = notifier;
        this.clock = clock;
    }

    @Override
    public void notify(DelegateExecution execution) {
        CaseFile file = files.of(new CaseId(execution.getProcessBusinessKey()));
        Element element = elements.get(execution.getProcessDefinitionId(), execution.getCurrentActivityId());
        if (element.calledProcess() != null && isOfTheParent(execution)) {
            file.enter(element.calledProcess());
        }
        CaseStatus next = element.status();
        boolean isFirst = element.startsProcess();
        if (next != null && (isFirst || next != file.status())) {
            String previous = isFirst ? null : file.status().name();
            file.moveTo(next, clock.instant());
            if (next.isClosed()) {
                EventIdentity cause = current.identity();
                file.earn(Milestone.told(
                        file.id(), Ledger.CASE_CLOSED, current.time(), clock.instant(), cause.source(), cause.id()));
            }
            notifier.tellStatus(file, previous);
        }
    }

    /** What a phase calls is part of that phase. */
    private static boolean isOfTheParent(DelegateExecution execution) {
        return ((ExecutionEntity) execution).getProcessInstance().getSuperExecution() == null;
    }
}
