package org.tumorboard.flow;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.mapping;
import static java.util.stream.Collectors.toCollection;
import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.camunda.bpm.model.bpmn.BpmnModelInstance;
import org.camunda.bpm.model.bpmn.instance.FlowNode;
import org.junit.jupiter.api.Order;
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
@Order(Integer.MAX_VALUE)
class ModelCoverageTest {

    private static final Logger LOG = LoggerFactory.getLogger(ModelCoverageTest.class);

    @Autowired
    JdbcClient jdbc;

    @Test
    void everyElementOfEveryModelIsPassedByATest() throws Exception {
        Map<String, Set<String>> passed = passed();
        Map<String, Set<String>> missed = new TreeMap<>();

        new TreeMap<>(Models.all()).forEach((process, model) -> {
            Set<String> elements = elements(model);
            Set<String> left = new TreeSet<>(elements);
            left.removeAll(passed.getOrDefault(process, Set.of()));
            LOG.info(
                    "{}: {} of {} elements passed {}",
                    process,
                    elements.size() - left.size(),
                    elements.size(),
                    left.isEmpty() ? "" : left);
            if (!left.isEmpty()) {
                missed.put(process, left);
            }
        });

        assumeThat(FinishedTests.classes())
                .as("the flow's tests have run in this JVM")
                .containsAll(flowTests());
        assertThat(missed).as("elements that no test passes").isEmpty();
    }

    private static Set<String> elements(BpmnModelInstance model) {
        return Models.nodes(model).stream().map(FlowNode::getId).collect(toCollection(TreeSet::new));
    }

    /**
     * By process the elements that were left again, other than by being cancelled. An end event never waits: it is
     * passed even if what it throws cancels the level on which it stands.
     */
    private Map<String, Set<String>> passed() {
        record Passed(String process, String element) {}
        return jdbc
                .sql(
                        """
                        select distinct proc_def_key_, act_id_ from act_hi_actinst
                        where end_time_ is not null and (act_inst_state_ <> 2 or act_type_ like '%EndEvent')
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
                    if (test != ModelCoverageTest.class && test.isAnnotationPresent(EngineTest.class)) {
                        tests.add(test);
                    }
                }
            }
        }
        return tests;
    }
}
