package org.tumorboard.pathway;

import static java.util.stream.Collectors.toMap;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.camunda.bpm.engine.RepositoryService;
import org.camunda.bpm.model.bpmn.instance.BusinessRuleTask;
import org.camunda.bpm.model.bpmn.instance.FlowNode;
import org.camunda.bpm.model.bpmn.instance.IntermediateThrowEvent;
import org.camunda.bpm.model.bpmn.instance.SequenceFlow;
import org.camunda.bpm.model.bpmn.instance.ServiceTask;
import org.camunda.bpm.model.bpmn.instance.camunda.CamundaInputOutput;
import org.springframework.context.annotation.Lazy;
import org.springframework.stereotype.Component;

/** Which variables of a model an element takes from the event alone, read once for each version of the model. */
@Component
class EventOutputs {

    private final RepositoryService repository;
    private final Map<String, Map<String, List<Output>>> byDefinition = new ConcurrentHashMap<>();

    EventOutputs(@Lazy RepositoryService repository) {
        this.repository = repository;
    }

    record Output(String variable, String expression) {}

    /** What the element, and those that are passed right after it with the same event at hand, take from the event. */
    List<Output> of(String processDefinitionId, String elementId) {
        return byDefinition.computeIfAbsent(processDefinitionId, this::read).getOrDefault(elementId, List.of());
    }

    private Map<String, List<Output>> read(String processDefinitionId) {
        return OnBehalfOfTheEngine.doing(() -> repository.getBpmnModelInstance(processDefinitionId))
                .getModelElementsByType(FlowNode.class)
                .stream()
                .collect(toMap(FlowNode::getId, EventOutputs::outputs));
    }

    private static List<Output> outputs(FlowNode element) {
        List<Output> outputs = new ArrayList<>();
        for (FlowNode node : passedAtOnce(element)) {
            Stream.concat(parameters(node), result(node))
                    .filter(output -> EventExpressions.readsOnlyTheEvent(output.expression()))
                    .forEach(outputs::add);
        }
        return List.copyOf(outputs);
    }

    /** The element and what certainly follows without a wait: up to the first element that waits or parts ways. */
    private static List<FlowNode> passedAtOnce(FlowNode element) {
        List<FlowNode> passed = new ArrayList<>(List.of(element));
        FlowNode last = element;
        while (last.getOutgoing().size() == 1) {
            SequenceFlow flow = last.getOutgoing().iterator().next();
            last = flow.getTarget();
            boolean isPassed = last instanceof ServiceTask
                    || last instanceof BusinessRuleTask
                    || last instanceof IntermediateThrowEvent;
            if (!isPassed || passed.contains(last)) {
                break;
            }
            passed.add(last);
        }
        return passed;
    }

    private static Stream<Output> parameters(FlowNode node) {
        return node.getExtensionElements() == null
                ? Stream.empty()
                : node.getExtensionElements().getElementsQuery().filterByType(CamundaInputOutput.class).list().stream()
                        .flatMap(mapping -> mapping.getCamundaOutputParameters().stream())
                        .filter(parameter -> parameter.getValue() == null)
                        .map(parameter -> new Output(parameter.getCamundaName(), parameter.getTextContent()));
    }

    private static Stream<Output> result(FlowNode node) {
        return node instanceof ServiceTask task
                        && task.getCamundaExpression() != null
                        && task.getCamundaResultVariable() != null
                ? Stream.of(new Output(task.getCamundaResultVariable(), task.getCamundaExpression()))
                : Stream.empty();
    }
}
