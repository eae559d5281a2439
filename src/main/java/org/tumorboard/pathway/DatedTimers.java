package org.tumorboard.pathway;

import static java.util.stream.Collectors.toUnmodifiableSet;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.camunda.bpm.engine.ManagementService;
import org.camunda.bpm.engine.RepositoryService;
import org.camunda.bpm.engine.impl.context.Context;
import org.camunda.bpm.engine.impl.persistence.entity.JobEntity;
import org.camunda.bpm.engine.runtime.Job;
import org.camunda.bpm.engine.runtime.ProcessInstance;
import org.camunda.bpm.model.bpmn.instance.FlowNode;
import org.camunda.bpm.model.bpmn.instance.TimerEventDefinition;
import org.springframework.context.annotation.Lazy;
import org.springframework.stereotype.Component;

/** The open timers of a case whose models give a date for them, and not a span from when they started. */
@Component
class DatedTimers {

    /** The watch over the case's clocks moves its own timer. */
    private static final String WATCH = "sla-watch";

    private final ManagementService management;
    private final RepositoryService repository;
    private final Map<String, Set<String>> byDefinition = new ConcurrentHashMap<>();

    DatedTimers(@Lazy ManagementService management, @Lazy RepositoryService repository) {
        this.management = management;
        this.repository = repository;
    }

    /** Tells the date of each timer again from the variables as they are now. */
    void tellAgain(List<? extends ProcessInstance> instances) {
        for (ProcessInstance instance : instances) {
            Set<String> dated = byDefinition.computeIfAbsent(instance.getProcessDefinitionId(), this::read);
            if (!dated.isEmpty() && !instance.getProcessDefinitionId().startsWith(WATCH + ":")) {
                management.createJobQuery().processInstanceId(instance.getId()).timers().list().stream()
                        .filter(job -> dated.contains(((JobEntity) job).getActivityId()) && isOpen(job))
                        .forEach(job -> management.recalculateJobDuedate(job.getId(), false));
            }
        }
    }

    /** A timer that ended in this very command is still found in the database. */
    private static boolean isOpen(Job job) {
        return !Context.getCommandContext().getDbEntityManager().isDeleted((JobEntity) job);
    }

    private Set<String> read(String processDefinitionId) {
        return OnBehalfOfTheEngine.doing(() -> repository.getBpmnModelInstance(processDefinitionId))
                .getModelElementsByType(TimerEventDefinition.class)
                .stream()
                .filter(timer -> timer.getTimeDate() != null)
                .map(timer -> ((FlowNode) timer.getParentElement()).getId())
                .collect(toUnmodifiableSet());
    }
}
