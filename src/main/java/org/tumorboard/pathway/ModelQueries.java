package org.tumorboard.pathway;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.stream.Collectors.groupingBy;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import org.camunda.bpm.engine.RepositoryService;
import org.camunda.bpm.engine.repository.ProcessDefinition;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.tumorboard.event.CaseId;

/** The models behind a case: which it follows, where it stands in them, and their drawings. It only reads. */
@Component
public final class ModelQueries {

    private final JdbcClient jdbc;
    private final RepositoryService repository;
    private final Elements elements;

    ModelQueries(JdbcClient jdbc, RepositoryService repository, Elements elements) {
        this.jdbc = jdbc;
        this.repository = repository;
        this.elements = elements;
    }

    /** The models that the case runs in now, the outermost first; empty for a closed case. */
    public List<RunningModel> running(CaseId caseId) {
        record Standing(String definition, String element) {}
        var byDefinition = jdbc
                .sql(
                        """
                        select distinct i.super_exec_ is not null as is_called, i.proc_def_id_ as definition,
                          e.act_id_ as element
                        from act_ru_execution i join act_ru_execution e on e.proc_inst_id_ = i.id_
                        where i.business_key_ = :case and e.act_id_ is not null and e.is_active_
                        order by is_called, definition, element
                        """)
                .param("case", caseId.value())
                .query((row, number) -> new Standing(row.getString("definition"), row.getString("element")))
                .list()
                .stream()
                .collect(groupingBy(Standing::definition, LinkedHashMap::new, java.util.stream.Collectors.toList()));
        return byDefinition.entrySet().stream()
                .map(entry -> running(
                        entry.getKey(),
                        entry.getValue().stream()
                                .map(standing -> place(standing.definition(), standing.element()))
                                .distinct()
                                .toList()))
                .toList();
    }

    /** The newest version of a phase's model, with no place in it. */
    public Optional<RunningModel> latest(String processId) {
        return Optional.ofNullable(repository
                        .createProcessDefinitionQuery()
                        .processDefinitionKey(processId)
                        .latestVersion()
                        .singleResult())
                .map(definition -> running(definition.getId(), List.of()));
    }

    /** The title of a phase, as its model says. */
    public String title(String processId) {
        return latest(processId).map(RunningModel::name).orElse(processId);
    }

    /** The BPMN of that version of a model, if there is one. */
    public Optional<String> drawing(String definitionId) {
        boolean isKnown = repository
                        .createProcessDefinitionQuery()
                        .processDefinitionId(definitionId)
                        .count()
                == 1;
        if (!isKnown) {
            return Optional.empty();
        }
        try (InputStream xml = repository.getProcessModel(definitionId)) {
            return Optional.of(new String(xml.readAllBytes(), UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException("expected to read the model " + definitionId, e);
        }
    }

    private RunningModel running(String definitionId, List<RunningModel.Place> places) {
        ProcessDefinition definition = repository.getProcessDefinition(definitionId);
        String name = definition.getName() == null ? definition.getKey() : definition.getName();
        return new RunningModel(definition.getKey(), name, definitionId, places);
    }

    private RunningModel.Place place(String definitionId, String elementId) {
        Element element = elements.of(definitionId).get(elementId);
        return new RunningModel.Place(elementId, element == null ? elementId : element.name());
    }
}
