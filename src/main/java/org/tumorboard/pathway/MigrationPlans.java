package org.tumorboard.pathway;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.camunda.bpm.engine.RepositoryService;
import org.camunda.bpm.engine.RuntimeService;
import org.camunda.bpm.engine.migration.MigrationInstructionBuilder;
import org.camunda.bpm.engine.migration.MigrationPlan;
import org.camunda.bpm.engine.migration.MigrationPlanBuilder;
import org.camunda.bpm.engine.migration.MigrationPlanValidationException;
import org.camunda.bpm.model.bpmn.BpmnModelInstance;
import org.camunda.bpm.model.bpmn.instance.Activity;
import org.camunda.bpm.model.bpmn.instance.CatchEvent;
import org.camunda.bpm.model.bpmn.instance.ConditionalEventDefinition;
import org.camunda.bpm.model.bpmn.instance.FlowNode;
import org.camunda.bpm.model.bpmn.instance.InclusiveGateway;
import org.camunda.bpm.model.bpmn.instance.ParallelGateway;

/**
 * Says how running instances of one version of a model become instances of another: whatever keeps its id keeps its
 * place, also where it now lies in another subprocess. What is not mapped may only be left by instances that do not
 * stand there.
 */
final class MigrationPlans {

    private final RepositoryService repository;
    private final RuntimeService runtime;

    MigrationPlans(RepositoryService repository, RuntimeService runtime) {
        this.repository = repository;
        this.runtime = runtime;
    }

    /** A plan that the engine accepts: what it objects to is left out. */
    MigrationPlan between(String from, String to) {
        Set<String> kept = kept(from, to);
        while (true) {
            MigrationPlanBuilder plan = runtime.createMigrationPlan(from, to);
            Set<String> conditional = conditionalEvents(to);
            kept.forEach(id -> {
                MigrationInstructionBuilder instruction = plan.mapActivities(id, id);
                if (conditional.contains(id)) {
                    instruction.updateEventTrigger();
                }
            });
            try {
                return plan.build();
            } catch (MigrationPlanValidationException e) {
                Set<String> refused = e.getValidationReport().getInstructionReports().stream()
                        .map(report -> report.getMigrationInstruction().getSourceActivityId())
                        .collect(Collectors.toSet());
                if (!kept.removeAll(refused)) {
                    throw e;
                }
            }
        }
    }

    /** The engine wants to be told that their condition may be another one. */
    private Set<String> conditionalEvents(String definition) {
        return repository
                .getBpmnModelInstance(definition)
                .getModelElementsByType(ConditionalEventDefinition.class)
                .stream()
                .map(event -> ((FlowNode) event.getParentElement()).getId())
                .collect(Collectors.toSet());
    }

    /** Ids under which both versions have an element of the same kind in which an instance can stand. */
    private Set<String> kept(String from, String to) {
        Map<String, String> before = waits(from);
        Map<String, String> after = waits(to);
        return before.entrySet().stream()
                .filter(element -> element.getValue().equals(after.get(element.getKey())))
                .map(Map.Entry::getKey)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private Map<String, String> waits(String definition) {
        BpmnModelInstance model = repository.getBpmnModelInstance(definition);
        Map<String, String> waits = new HashMap<>();
        for (FlowNode node : model.getModelElementsByType(FlowNode.class)) {
            if (isWait(node)) {
                waits.put(node.getId(), node.getElementType().getTypeName());
            }
        }
        return waits;
    }

    /** Gateways that join hold whoever came first. */
    private static boolean isWait(FlowNode node) {
        return node instanceof Activity
                || node instanceof CatchEvent
                || node instanceof ParallelGateway
                || node instanceof InclusiveGateway;
    }
}
