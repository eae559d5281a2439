package org.tumorboard.pathway;

import static java.util.stream.Collectors.toSet;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.camunda.bpm.engine.RepositoryService;
import org.camunda.bpm.engine.repository.ProcessDefinition;
import org.camunda.bpm.engine.runtime.ProcessInstance;
import org.springframework.context.annotation.Lazy;
import org.springframework.stereotype.Component;
import org.tumorboard.event.InboundEvent;

/**
 * Finds the elements that took an event of a case: the user tasks that it closed, as the record of closed steps says,
 * and the message events that it could trigger. A model that the case still runs in counts in that version, others in
 * their newest.
 */
@Component
class Takers {

    private final Elements elements;
    private final ClosingTable closings;
    private final RepositoryService repository;

    Takers(Elements elements, ClosingTable closings, @Lazy RepositoryService repository) {
        this.elements = elements;
        this.closings = closings;
        this.repository = repository;
    }

    record Taker(String processDefinitionId, Element element) {}

    /** @param running the case's running models */
    List<Taker> of(CaseFile file, List<ProcessInstance> running, InboundEvent event) {
        Set<String> closed = closedBy(file, event);
        List<Taker> takers = new ArrayList<>();
        for (String definition : definitions(running)) {
            elements.of(definition).values().stream()
                    .filter(element -> element.waitsFor(event.type()))
                    .filter(element -> element.isUserTask()
                            ? closed.contains(element.id())
                            : element.match().literalsAccept(event.data()))
                    .forEach(element -> takers.add(new Taker(definition, element)));
        }
        return takers;
    }

    private Set<String> closedBy(CaseFile file, InboundEvent event) {
        return closings.of(List.of(file.id()), List.of(event.type().shortName())).stream()
                .filter(closing -> closing.source().equals(event.identity().source())
                        && closing.eventId().equals(event.identity().id()))
                .map(StepClosing::elementId)
                .collect(toSet());
    }

    private Set<String> definitions(List<ProcessInstance> running) {
        Map<String, String> newest = new HashMap<>();
        OnBehalfOfTheEngine.doing(() -> repository
                        .createProcessDefinitionQuery()
                        .latestVersion()
                        .list())
                .forEach(definition -> newest.put(definition.getKey(), definition.getId()));
        running.forEach(instance -> newest.remove(key(instance)));
        Set<String> definitions = new HashSet<>(newest.values());
        running.forEach(instance -> definitions.add(instance.getProcessDefinitionId()));
        return definitions;
    }

    private String key(ProcessInstance instance) {
        ProcessDefinition definition =
                OnBehalfOfTheEngine.doing(() -> repository.getProcessDefinition(instance.getProcessDefinitionId()));
        return definition.getKey();
    }
}
