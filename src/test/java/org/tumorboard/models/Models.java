package org.tumorboard.models;

import static java.util.stream.Collectors.toMap;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.camunda.bpm.model.bpmn.Bpmn;
import org.camunda.bpm.model.bpmn.BpmnModelInstance;
import org.camunda.bpm.model.bpmn.instance.BaseElement;
import org.camunda.bpm.model.bpmn.instance.CatchEvent;
import org.camunda.bpm.model.bpmn.instance.FlowNode;
import org.camunda.bpm.model.bpmn.instance.MessageEventDefinition;
import org.camunda.bpm.model.bpmn.instance.Process;
import org.camunda.bpm.model.bpmn.instance.UserTask;
import org.camunda.bpm.model.bpmn.instance.camunda.CamundaProperties;
import org.camunda.bpm.model.bpmn.instance.camunda.CamundaProperty;

/** The models as files, for tests that hold them to their rules. */
public final class Models {

    static final Path FOLDER = Path.of("bpmn");

    private Models() {}

    /** All models by process id. */
    public static Map<String, BpmnModelInstance> all() {
        return files(".bpmn").stream()
                .map(file -> Bpmn.readModelFromFile(file.toFile()))
                .collect(toMap(model -> process(model).getId(), model -> model));
    }

    /** When a model or a table was changed last, in epoch milliseconds. */
    public static long changedAt() {
        return Stream.of(".bpmn", ".dmn")
                .flatMap(ending -> files(ending).stream())
                .mapToLong(file -> file.toFile().lastModified())
                .max()
                .orElseThrow();
    }

    static List<Path> files(String ending) {
        try (Stream<Path> files = Files.walk(FOLDER)) {
            return files.filter(file -> file.toString().endsWith(ending))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static Process process(BpmnModelInstance model) {
        return model.getModelElementsByType(Process.class).iterator().next();
    }

    public static Collection<FlowNode> nodes(BpmnModelInstance model) {
        return model.getModelElementsByType(FlowNode.class);
    }

    /** Every milestone that an element of some model earns. */
    static Set<String> milestones() {
        Set<String> earned = new TreeSet<>();
        all().values().forEach(model -> nodes(model).forEach(node -> {
            property(node, "milestone").ifPresent(earned::add);
            property(node, "milestoneWhen").stream()
                    .flatMap(conditional -> Arrays.stream(conditional.split(";")))
                    .forEach(part -> earned.add(part.split("=", 2)[0].trim()));
        }));
        return earned;
    }

    public static Optional<String> property(BaseElement element, String name) {
        return element.getExtensionElements() == null
                ? Optional.empty()
                : element
                        .getExtensionElements()
                        .getElementsQuery()
                        .filterByType(CamundaProperties.class)
                        .list()
                        .stream()
                        .flatMap(properties -> properties.getCamundaProperties().stream())
                        .filter(property -> property.getCamundaName().equals(name))
                        .map(CamundaProperty::getCamundaValue)
                        .findFirst();
    }

    /** The short type of the event that closes or triggers it. */
    public static Optional<String> event(FlowNode node) {
        if (node instanceof UserTask) {
            return property(node, "event");
        }
        return node instanceof CatchEvent caught
                ? caught.getEventDefinitions().stream()
                        .filter(MessageEventDefinition.class::isInstance)
                        .map(definition -> ((MessageEventDefinition) definition)
                                .getMessage()
                                .getName())
                        .findFirst()
                : Optional.empty();
    }
}
