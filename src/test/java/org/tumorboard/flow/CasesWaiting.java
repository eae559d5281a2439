package org.tumorboard.flow;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.toMap;
import static java.util.stream.Collectors.toSet;

import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.camunda.bpm.model.bpmn.instance.FlowNode;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.tumorboard.event.CaseId;
import org.tumorboard.models.Models;

/** Looks up what many cases wait for, with one statement for all of them. */
final class CasesWaiting {

    private static final Pattern VARIABLE = Pattern.compile("\\$\\{(\\w+)}");

    private final JdbcClient jdbc;
    private final Map<String, FlowNode> elements = new HashMap<>();
    private final Set<String> matchedVariables;

    CasesWaiting(JdbcClient jdbc) {
        this.jdbc = jdbc;
        Models.all().forEach((process, model) -> Models.nodes(model)
                .forEach(node -> elements.put(process + " " + node.getId(), node)));
        this.matchedVariables = elements.values().stream()
                .flatMap(node -> Models.property(node, "match").stream())
                .flatMap(match -> VARIABLE.matcher(match).results())
                .map(found -> found.group(1))
                .collect(toSet());
    }

    private record Row(String caseId, String instance, String process, String element, @Nullable String task) {}

    private record Variable(String instance, String name, String value) {}

    /** By case everything that it waits for, in the order of the elements' ids. */
    Map<CaseId, List<Waiting>> of(Collection<CaseId> cases) {
        String[] ids = cases.stream().map(CaseId::value).toArray(String[]::new);
        Map<String, Map<String, String>> variables = variables(ids);
        return rows(ids)
                .map(row -> new Waiting(
                        new CaseId(row.caseId()),
                        row.process(),
                        elements.get(row.process() + " " + row.element()),
                        row.task(),
                        variables.getOrDefault(row.instance(), Map.of())))
                .sorted(Comparator.comparing(Waiting::elementId))
                .collect(groupingBy(Waiting::caseId));
    }

    /** Every element of the models that waits for an event, whether a case is there or not. */
    List<FlowNode> anywhere() {
        return elements.values().stream()
                .filter(node -> Models.event(node).isPresent())
                .sorted(Comparator.comparing(FlowNode::getId))
                .toList();
    }

    private Stream<Row> rows(String[] ids) {
        return jdbc
                .sql(
                        """
                        select e.business_key_ as case_id, e.id_ as instance, split_part(e.proc_def_id_, ':', 1) as process,
                          t.task_def_key_ as element, t.id_ as task
                        from act_ru_execution e join act_ru_task t on t.proc_inst_id_ = e.id_
                        where e.business_key_ = any(:cases)
                        union all
                        select e.business_key_, e.id_, split_part(e.proc_def_id_, ':', 1), s.activity_id_, null
                        from act_ru_execution e join act_ru_event_subscr s on s.proc_inst_id_ = e.id_
                        where e.business_key_ = any(:cases) and s.event_type_ = 'message'
                        """)
                .param("cases", ids)
                .query(Row.class)
                .list()
                .stream();
    }

    private Map<String, Map<String, String>> variables(String[] ids) {
        return jdbc
                .sql(
                        """
                        select v.proc_inst_id_ as instance, v.name_ as name, coalesce(v.text_, v.long_::text) as value
                        from act_ru_variable v join act_ru_execution e on e.id_ = v.proc_inst_id_
                        where e.business_key_ = any(:cases) and v.name_ = any(:names)
                          and coalesce(v.text_, v.long_::text) is not null
                        """)
                .param("cases", ids)
                .param("names", matchedVariables.toArray(String[]::new))
                .query(Variable.class)
                .list()
                .stream()
                .collect(groupingBy(
                        Variable::instance, toMap(Variable::name, Variable::value, (first, second) -> second)));
    }
}
