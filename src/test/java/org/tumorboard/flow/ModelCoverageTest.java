package org.tumorboard.flow;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.joining;
import static java.util.stream.Collectors.mapping;
import static java.util.stream.Collectors.partitioningBy;
import static java.util.stream.Collectors.toCollection;
import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

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
import org.camunda.bpm.model.bpmn.instance.FlowNode;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.tumorboard.EngineTest;
import org.tumorboard.FinishedTests;
import org.tumorboard.models.Models;

/** Runs last: every element of every model was passed by one of the flow's tests before it. */
@EngineTest
@Tag("walk")
@Order(Integer.MAX_VALUE)
class ModelCoverageTest {

    private static final Logger LOG = LoggerFactory.getLogger(ModelCoverageTest.class);

    @Autowired
    JdbcClient jdbc;

    @Test
    void everyElementOfEveryModelIsPassedByATest() throws Exception {
        Map<String, Set<String>> passed = passed();
        List<Coverage> table = new TreeMap<>(Models.all())
                .entrySet().stream()
                        .map(model -> Coverage.of(
                                model.getKey(), model.getValue(), passed.getOrDefault(model.getKey(), Set.of())))
                        .toList();

        LOG.info(
                "passed by the flow's tests:{}",
                table.stream().map(Coverage::line).collect(joining()));
        assumeThat(FinishedTests.classes())
                .as("the flow's tests have run in this JVM")
                .containsAll(flowTests());
        assertThat(table.stream().filter(model -> !model.missed().isEmpty()).map(Coverage::line))
                .as("models with elements that no test passes")
                .isEmpty();
    }

    /**
     * How much of a model was passed.
     *
     * @param nodes its flow nodes, without the boundary events
     */
    private record Coverage(String process, Set<String> nodes, Set<String> boundaryEvents, Set<String> missed) {

        static Coverage of(String process, BpmnModelInstance model, Set<String> passed) {
            Map<Boolean, Set<String>> elements = Models.nodes(model).stream()
                    .collect(partitioningBy(
                            node -> node instanceof BoundaryEvent,
                            mapping(FlowNode::getId, toCollection(TreeSet::new))));
            Set<String> missed = new TreeSet<>(elements.get(false));
            missed.addAll(elements.get(true));
            missed.removeAll(passed);
            return new Coverage(process, elements.get(false), elements.get(true), missed);
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

    /**
     * By process the elements that were left again, other than by being cancelled; what a walk passed at random counts
     * not. An end event never waits: it is passed even if what it throws cancels the level on which it stands.
     */
    private Map<String, Set<String>> passed() {
        record Passed(String process, String element) {}
        return jdbc
                .sql(
                        """
                        select distinct a.proc_def_key_, a.act_id_ from act_hi_actinst a
                        join act_hi_procinst p on p.id_ = a.proc_inst_id_
                        where a.end_time_ is not null and (a.act_inst_state_ <> 2 or a.act_type_ like '%EndEvent')
                          and coalesce(p.business_key_, '') not like 'WALK-%'
                        """)
                .query((row, number) -> new Passed(row.getString(1), row.getString(2)))
                .list()
                .stream()
                .collect(groupingBy(Passed::process, mapping(Passed::element, toSet())));
    }

    private static Set<Class<?>> flowTests() throws IOException, ClassNotFoundException {
        Set<Class<?>> tests = new HashSet<>();
        String flow = ModelCoverageTest.class.getPackageName();
        try (Stream<Path> files = Files.list(Path.of("target/test-classes", flow.split("\\.")))) {
            for (Path file : files.toList()) {
                String name = file.getFileName().toString().replace(".class", "");
                if (name.endsWith("Test")) {
                    Class<?> test = Class.forName(flow + "." + name);
                    if (test != ModelCoverageTest.class
                            && test.isAnnotationPresent(EngineTest.class)
                            && !test.isAnnotationPresent(Tag.class)) {
                        tests.add(test);
                    }
                }
            }
        }
        return tests;
    }
}
