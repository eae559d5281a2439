package org.tumorboard.pathway;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.mapping;
import static java.util.stream.Collectors.toMap;
import static java.util.stream.Collectors.toSet;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.tumorboard.event.CaseId;
import org.tumorboard.event.EventType;

/** Looks up what running cases wait for: one statement for all of them, another only where a match needs variables. */
@Component
class WaitingSteps {

    private final JdbcClient jdbc;
    private final Elements elements;

    WaitingSteps(JdbcClient jdbc, Elements elements) {
        this.jdbc = jdbc;
        this.elements = elements;
    }

    /** The steps of these cases that wait for events of these types. */
    Map<CaseId, List<WaitingStep>> of(Collection<CaseId> cases, Set<EventType> types) {
        List<Found> found = jdbc.sql(
                        """
                        select e.business_key_ as case_id, t.proc_inst_id_ as instance, t.proc_def_id_ as definition,
                          t.task_def_key_ as element, t.id_ as task, t.execution_id_ as execution
                        from act_ru_execution e join act_ru_task t on t.proc_inst_id_ = e.id_
                        where e.business_key_ = any(:cases) and t.task_def_key_ = any(:elements)
                        union all
                        select e.business_key_, s.proc_inst_id_, e.proc_def_id_, s.activity_id_, null, s.execution_id_
                        from act_ru_execution e join act_ru_event_subscr s on s.proc_inst_id_ = e.id_
                        where e.business_key_ = any(:cases) and s.event_name_ = any(:types)
                        """)
                .param("cases", CaseTable.values(cases))
                .param("elements", elements.waitingFor(types).toArray(String[]::new))
                .param("types", types.stream().map(EventType::shortName).toArray(String[]::new))
                .query(this::found)
                .list();
        Map<String, Map<String, String>> variables = variables(found);
        return found.stream()
                .collect(groupingBy(
                        Found::caseId,
                        mapping(
                                step -> step.waiting(variables.getOrDefault(step.instance(), Map.of())),
                                java.util.stream.Collectors.toList())));
    }

    /** The patients in whose open cases an element waits for this type with one of these values of a matched field. */
    Set<String> patientsWaitingFor(EventType type, Set<String> values) {
        Set<String> names = elements.latest().stream()
                .filter(element -> element.waitsFor(type))
                .flatMap(element -> element.match().variables().stream())
                .collect(toSet());
        return jdbc
                .sql(
                        """
                        select distinct c.patient_ref
                        from act_ru_variable v
                        join act_ru_execution e on e.id_ = v.proc_inst_id_
                        join tumor_case c on c.case_id = e.business_key_
                        where v.name_ = any(:names) and v.text_ = any(:values) and (
                          exists (select from act_ru_task t
                            where t.proc_inst_id_ = e.id_ and t.task_def_key_ = any(:elements))
                          or exists (select from act_ru_event_subscr s
                            where s.proc_inst_id_ = e.id_ and s.event_name_ = :type))
                        """)
                .param("names", names.toArray(String[]::new))
                .param("values", values.toArray(String[]::new))
                .param("elements", elements.waitingFor(Set.of(type)).toArray(String[]::new))
                .param("type", type.shortName())
                .query(String.class)
                .list()
                .stream()
                .collect(toSet());
    }

    private Map<String, Map<String, String>> variables(List<Found> found) {
        Set<String> names = found.stream()
                .flatMap(step -> step.element().match().variables().stream())
                .collect(toSet());
        if (names.isEmpty()) {
            return Map.of();
        }
        record Variable(String instance, String name, String value) {}
        return jdbc
                .sql(
                        """
                        select proc_inst_id_, name_, coalesce(text_, long_::text) as value from act_ru_variable
                        where proc_inst_id_ = any(:instances) and name_ = any(:names)
                          and coalesce(text_, long_::text) is not null
                        """)
                .param(
                        "instances",
                        found.stream().map(Found::instance).distinct().toArray(String[]::new))
                .param("names", names.toArray(String[]::new))
                .query((row, number) ->
                        new Variable(row.getString("proc_inst_id_"), row.getString("name_"), row.getString("value")))
                .list()
                .stream()
                .collect(groupingBy(Variable::instance, toMap(Variable::name, Variable::value, (a, b) -> b)));
    }

    private Found found(ResultSet row, int number) throws SQLException {
        return new Found(
                new CaseId(row.getString("case_id")),
                row.getString("instance"),
                elements.get(row.getString("definition"), row.getString("element")),
                row.getString("task"),
                row.getString("execution"));
    }

    private record Found(CaseId caseId, String instance, Element element, @Nullable String task, String execution) {

        WaitingStep waiting(Map<String, String> variables) {
            return new WaitingStep(caseId, element, instance, task, execution, variables);
        }
    }
}
