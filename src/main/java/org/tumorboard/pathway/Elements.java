package org.tumorboard.pathway;

import static java.util.stream.Collectors.toUnmodifiableMap;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.camunda.bpm.engine.RepositoryService;
import org.camunda.bpm.engine.repository.ProcessDefinition;
import org.camunda.bpm.model.bpmn.BpmnModelInstance;
import org.camunda.bpm.model.bpmn.instance.BaseElement;
import org.camunda.bpm.model.bpmn.instance.BusinessRuleTask;
import org.camunda.bpm.model.bpmn.instance.CallActivity;
import org.camunda.bpm.model.bpmn.instance.CatchEvent;
import org.camunda.bpm.model.bpmn.instance.FlowNode;
import org.camunda.bpm.model.bpmn.instance.MessageEventDefinition;
import org.camunda.bpm.model.bpmn.instance.Process;
import org.camunda.bpm.model.bpmn.instance.StartEvent;
import org.camunda.bpm.model.bpmn.instance.UserTask;
import org.camunda.bpm.model.bpmn.instance.camunda.CamundaProperties;
import org.jspecify.annotations.Nullable;
import org.springframework.context.annotation.Lazy;
import org.springframework.stereotype.Component;
import org.tumorboard.event.CaseStatus;
import org.tumorboard.event.EventType;

/** What the deployed models say of their elements, read once for each version of a model. */
@Component
class Elements {

    private final RepositoryService repository;
    private final Map<String, Map<String, Element>> byDefinition = new ConcurrentHashMap<>();
    private volatile @Nullable List<Element> latest;

    Elements(@Lazy RepositoryService repository) {
        this.repository = repository;
    }

    /** The element of that version of a model. */
    Element get(String processDefinitionId, String elementId) {
        Element element = of(processDefinitionId).get(elementId);
        if (element == null) {
            throw new IllegalStateException(
                    "expected element %s in %s, but there is none".formatted(elementId, processDefinitionId));
        }
        return element;
    }

    /** All elements of the newest version of every model. */
    List<Element> latest() {
        List<Element> known = latest;
        if (known == null) {
            known =
                    OnBehalfOfTheEngine.doing(() -> repository
                                    .createProcessDefinitionQuery()
                                    .latestVersion()
                                    .list())
                            .stream()
                            .map(ProcessDefinition::getId)
                            .flatMap(id -> of(id).values().stream())
                            .toList();
            latest = known;
        }
        return known;
    }

    /** Whether an event of this type opens a case. */
    boolean opensCase(EventType type) {
        return latest().stream().anyMatch(element -> element.startsProcess() && element.waitsFor(type));
    }

    /** The steps, in any version of any model, that an event of this type may name. */
    Set<String> stepsFor(EventType type) {
        return everywhere()
                .filter(element -> element.waitsFor(type))
                .flatMap(element -> element.match().literals("step").stream())
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** Reads what was deployed since, and older versions that cases still stay on. */
    void readAll() {
        OnBehalfOfTheEngine.doing(
                        () -> repository.createProcessDefinitionQuery().list())
                .stream()
                .map(ProcessDefinition::getId)
                .forEach(this::of);
    }

    private Stream<Element> everywhere() {
        return Stream.concat(latest().stream(), byDefinition.values().stream().flatMap(map -> map.values().stream()));
    }

    /** Ids of the elements, in any version of any model, that wait for one of the types. */
    Set<String> waitingFor(Set<EventType> types) {
        return everywhere()
                .filter(element -> element.awaited().filter(types::contains).isPresent())
                .map(Element::id)
                .collect(Collectors.toSet());
    }

    Map<String, Element> of(String processDefinitionId) {
        return byDefinition.computeIfAbsent(processDefinitionId, this::read);
    }

    private Map<String, Element> read(String processDefinitionId) {
        BpmnModelInstance model = OnBehalfOfTheEngine.doing(() -> repository.getBpmnModelInstance(processDefinitionId));
        String processId =
                model.getModelElementsByType(Process.class).iterator().next().getId();
        return model.getModelElementsByType(FlowNode.class).stream()
                .map(node -> element(processId, node))
                .collect(toUnmodifiableMap(Element::id, element -> element));
    }

    private static Element element(String processId, FlowNode node) {
        Map<String, String> said = properties(node);
        boolean isUserTask = node instanceof UserTask;
        String eventName = isUserTask ? said.get("event") : messageName(node);
        return new Element(
                processId,
                node.getId(),
                node.getName() == null ? node.getId() : node.getName(),
                isUserTask,
                node instanceof StartEvent && node.getParentElement() instanceof Process,
                eventName == null ? null : eventType(node, eventName),
                Match.parse(said.get("match")),
                said.get("step"),
                isUserTask ? ((UserTask) node).getCamundaCandidateGroups() : null,
                said.get("milestone"),
                said.getOrDefault("milestoneAt", Element.MOMENT_OF_THE_EVENT),
                said.containsKey("joins") ? List.of(said.get("joins").trim().split("\\s+")) : List.of(),
                furtherMilestones(node, said),
                said.containsKey("status") ? CaseStatus.valueOf(said.get("status")) : null,
                said.containsKey("notify")
                        ? Arrays.stream(said.get("notify").split(","))
                                .map(String::trim)
                                .toList()
                        : List.of(),
                said.get("books"),
                said.get("loses"),
                Signature.parse(said.get("by"), said.get("otherThan")),
                said.get("clock"),
                isUserTask ? ((UserTask) node).getCamundaFormRef() : null,
                node instanceof CallActivity call ? call.getCalledElement() : null,
                node instanceof BusinessRuleTask rule ? rule.getCamundaDecisionRef() : null);
    }

    /** Those with a condition, and the exception path that begins here. */
    private static List<Element.Conditional> furtherMilestones(FlowNode node, Map<String, String> said) {
        List<Element.Conditional> further = new ArrayList<>(conditionals(node, said.get("milestoneWhen")));
        if (said.containsKey("path")) {
            further.add(new Element.Conditional(Element.milestoneOfPath(said.get("path")), "${true}"));
        }
        return List.copyOf(further);
    }

    /** {@code frozen-requested=${event.frozenRequested}; …} */
    private static List<Element.Conditional> conditionals(FlowNode node, @Nullable String text) {
        return text == null
                ? List.of()
                : Arrays.stream(text.split(";"))
                        .map(part -> part.split("=", 2))
                        .map(sides -> {
                            if (sides.length != 2) {
                                throw new IllegalStateException(
                                        "%s: expected milestoneWhen as milestone=${condition}, but got '%s'"
                                                .formatted(node.getId(), text));
                            }
                            return new Element.Conditional(sides[0].trim(), sides[1].trim());
                        })
                        .toList();
    }

    private static EventType eventType(FlowNode node, String eventName) {
        return EventType.ofShortName(eventName)
                .orElseThrow(() -> new IllegalStateException(
                        "%s: expected department.event, but got '%s'".formatted(node.getId(), eventName)));
    }

    private static @Nullable String messageName(FlowNode node) {
        return node instanceof CatchEvent event
                ? event.getEventDefinitions().stream()
                        .filter(MessageEventDefinition.class::isInstance)
                        .map(definition -> ((MessageEventDefinition) definition)
                                .getMessage()
                                .getName())
                        .findFirst()
                        .orElse(null)
                : null;
    }

    private static Map<String, String> properties(BaseElement element) {
        if (element.getExtensionElements() == null) {
            return Map.of();
        }
        return element.getExtensionElements().getElementsQuery().filterByType(CamundaProperties.class).list().stream()
                .flatMap(properties -> properties.getCamundaProperties().stream())
                .collect(toUnmodifiableMap(p -> p.getCamundaName(), p -> p.getCamundaValue()));
    }
}
