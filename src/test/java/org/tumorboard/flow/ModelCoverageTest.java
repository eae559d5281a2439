package org.tumorboard.flow;

import static java.util.stream.Collectors.joining;
import static java.util.stream.Collectors.mapping;
import static java.util.stream.Collectors.partitioningBy;
import static java.util.stream.Collectors.toCollection;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.camunda.bpm.model.bpmn.BpmnModelInstance;
import org.camunda.bpm.model.bpmn.instance.BoundaryEvent;
import org.camunda.bpm.model.bpmn.instance.EndEvent;
import org.camunda.bpm.model.bpmn.instance.EventBasedGateway;
import org.camunda.bpm.model.bpmn.instance.FlowNode;
import org.camunda.bpm.model.bpmn.instance.SubProcess;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.tumorboard.EngineTest;
import org.tumorboard.PassedElements;
import org.tumorboard.models.Models;

/** Runs after all other tests: every element of every model was passed by one of them. */
class ModelCoverageTest {

    private static final Logger LOG = LoggerFactory.getLogger(ModelCoverageTest.class);

    @Test
    void everyElementOfEveryModelIsPassedByATest() throws Exception {
        assertThat(flowTests().stream().filter(test -> !hasRunOnTheseModels(test)))
                .as("tests of the flow that have not run since the models changed")
                .isEmpty();

        Map<String, Set<String>> passed = PassedElements.byProcess();
        List<Coverage> table = new TreeMap<>(Models.all())
                .entrySet().stream()
                        .map(model -> Coverage.of(
                                model.getKey(), model.getValue(), passed.getOrDefault(model.getKey(), Set.of())))
                        .toList();
        LOG.info("passed by the tests:{}", table.stream().map(Coverage::line).collect(joining()));
        assertThat(table.stream().filter(model -> !model.missed().isEmpty()).map(Coverage::line))
                .as("models with elements that no test passes")
                .isEmpty();
    }

    private static boolean hasRunOnTheseModels(Class<?> test) {
        File record = PassedElements.record(test).toFile();
        return record.exists() && record.lastModified() > Models.changedAt();
    }

    /**
     * How much of a model was passed.
     *
     * @param nodes its flow nodes, without the boundary events, and without event-based gateways, which the engine calls
     *     cancelled: each of the events behind them is asked for
     */
    private record Coverage(String process, Set<String> nodes, Set<String> boundaryEvents, Set<String> missed) {

        static Coverage of(String process, BpmnModelInstance model, Set<String> passed) {
            Map<Boolean, Set<String>> elements = Models.nodes(model).stream()
                    .filter(node -> !(node instanceof EventBasedGateway))
                    .collect(partitioningBy(
                            node -> node instanceof BoundaryEvent,
                            mapping(FlowNode::getId, toCollection(TreeSet::new))));
            Set<String> missed = new TreeSet<>(elements.get(false));
            missed.addAll(elements.get(true));
            missed.removeAll(passed);
            missed.removeIf(id -> model.getModelElementById(id) instanceof SubProcess level && ends(level, passed));
            return new Coverage(process, elements.get(false), elements.get(true), missed);
        }

        /** What its end throws may end the level above: the engine calls that cancelled. */
        private static boolean ends(SubProcess level, Set<String> passed) {
            return level.getChildElementsByType(EndEvent.class).stream().anyMatch(end -> passed.contains(end.getId()));
        }

        String line() {
            return "%n%-24s flow nodes %s  boundary events %s  %s"
                    .formatted(process, share(nodes), share(boundaryEvents), missed.isEmpty() ? "" : missed);
        }

        private String share(Set<String> elements) {
            long reached = elements.stream()
                    .filter(element -> !missed.contains(element))
                    .count();
            return "%3d of %3d (%3d %%)"
                    .formatted(reached, elements.size(), elements.isEmpty() ? 100 : 100 * reached / elements.size());
        }
    }

    private static Set<Class<?>> flowTests() throws IOException, ClassNotFoundException {
        Set<Class<?>> tests = new HashSet<>();
        String flow = ModelCoverageTest.class.getPackageName();
        try (Stream<Path> files = Files.list(Path.of("target/test-classes", flow.split("\\.")))) {
            for (Path file : files.toList()) {
                String name = file.getFileName().toString().replace(".class", "");
                if (name.endsWith("Test")) {
                    Class<?> test = Class.forName(flow + "." + name);
                    if (test.isAnnotationPresent(EngineTest.class) && !test.isAnnotationPresent(Tag.class)) {
                        tests.add(test);
                    }
                }
            }
        }
        return tests;
    }
}
