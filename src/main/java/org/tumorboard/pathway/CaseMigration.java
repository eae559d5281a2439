package org.tumorboard.pathway;

import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.camunda.bpm.engine.HistoryService;
import org.camunda.bpm.engine.ProcessEngineException;
import org.camunda.bpm.engine.RepositoryService;
import org.camunda.bpm.engine.RuntimeService;
import org.camunda.bpm.engine.history.HistoricProcessInstance;
import org.camunda.bpm.engine.history.HistoricVariableInstance;
import org.camunda.bpm.engine.impl.cfg.ProcessEngineConfigurationImpl;
import org.camunda.bpm.engine.migration.MigrationPlan;
import org.camunda.bpm.engine.repository.ProcessDefinition;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.event.EventListener;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;
import org.tumorboard.event.CaseId;

/**
 * Takes running cases along when a start brings new versions of the models. An instance that stands where the new
 * version has no place for it finishes under its old version; that is logged, and harmless: the versions of different
 * models speak to each other by the same messages and escalations.
 */
@Component
class CaseMigration {

    private static final Logger LOG = LoggerFactory.getLogger(CaseMigration.class);

    private final JdbcClient jdbc;
    private final TransactionTemplate transaction;
    private final RepositoryService repository;
    private final RuntimeService runtime;
    private final CaseFiles files;
    private final HistoryService history;
    private final MigrationPlans plans;
    private final ModelVariables variables;

    CaseMigration(
            JdbcClient jdbc,
            TransactionTemplate transaction,
            RepositoryService repository,
            RuntimeService runtime,
            HistoryService history,
            ProcessEngineConfigurationImpl engine,
            CaseFiles files) {
        this.jdbc = jdbc;
        this.transaction = transaction;
        this.repository = repository;
        this.runtime = runtime;
        this.files = files;
        this.history = history;
        this.plans = new MigrationPlans(repository, runtime);
        this.variables = new ModelVariables(
                repository,
                engine.getBeans().keySet().stream().map(String::valueOf).collect(Collectors.toSet()));
    }

    private record Instance(String id, @Nullable String businessKey, String definition) {}

    private enum Fate {
        MIGRATED,
        STAYED,
        /** It ended, or another node brought it along, since it was listed. */
        GONE
    }

    /**
     * Brings every running instance to the newest version of its model.
     *
     * @return how many were brought there
     */
    @EventListener(ApplicationReadyEvent.class)
    int runOnce() {
        Map<String, String> newest = new HashMap<>();
        for (ProcessDefinition definition :
                repository.createProcessDefinitionQuery().latestVersion().list()) {
            newest.put(definition.getKey(), definition.getId());
        }
        Map<String, MigrationPlan> planned = new HashMap<>();
        int migrated = 0;
        int stayed = 0;
        for (Instance instance : outdated(newest.values())) {
            String key = instance.definition().split(":")[0];
            MigrationPlan plan = planned.computeIfAbsent(
                    instance.definition(), definition -> plans.between(definition, newest.get(key)));
            switch (migrate(instance, plan)) {
                case MIGRATED -> migrated++;
                case STAYED -> stayed++;
                case GONE -> {}
            }
        }
        if (migrated > 0 || stayed > 0) {
            LOG.info(
                    "{} instances go on under the newest version of their model; {} finish under their old one",
                    migrated,
                    stayed);
        }
        return migrated;
    }

    private List<Instance> outdated(Collection<String> newest) {
        return jdbc.sql(
                        """
                        select id_, business_key_, proc_def_id_ from act_ru_execution
                        where parent_id_ is null and proc_def_id_ <> all(:newest)
                        order by business_key_, id_
                        """)
                .param("newest", newest.toArray(String[]::new))
                .query((row, number) -> new Instance(
                        row.getString("id_"), row.getString("business_key_"), row.getString("proc_def_id_")))
                .list();
    }

    /** In a transaction of its own, with the case locked as for every other move. */
    private Fate migrate(Instance instance, MigrationPlan plan) {
        try {
            return Objects.requireNonNull(transaction.execute(status -> {
                if (instance.businessKey() != null) {
                    files.of(new CaseId(instance.businessKey()));
                }
                if (!isAsListed(instance)) {
                    return Fate.GONE;
                }
                knowWhatIsRead(instance, plan.getTargetProcessDefinitionId());
                runtime.newMigration(plan)
                        .processInstanceIds(instance.id())
                        .skipCustomListeners()
                        .skipIoMappings()
                        .execute();
                return Fate.MIGRATED;
            }));
        } catch (ProcessEngineException | DataAccessException e) {
            LOG.warn(
                    "case {}: its {} finishes under version {}: {}",
                    instance.businessKey(),
                    instance.definition().split(":")[0],
                    instance.definition().split(":")[1],
                    e.getMessage());
            return Fate.STAYED;
        }
    }

    private boolean isAsListed(Instance instance) {
        return jdbc.sql("select proc_def_id_ from act_ru_execution where id_ = :id")
                .param("id", instance.id())
                .query(String.class)
                .optional()
                .filter(instance.definition()::equals)
                .isPresent();
    }

    /**
     * What the new version reads and the instance does not have is taken from what any model of the case knew last: a
     * variable's name means the same in all of them. What none knew is empty.
     */
    private void knowWhatIsRead(Instance instance, String target) {
        Set<String> missing = new TreeSet<>(variables.readBy(target));
        missing.removeAll(runtime.getVariables(instance.id()).keySet());
        if (missing.isEmpty()) {
            return;
        }
        Map<String, Object> known = new HashMap<>();
        missing.forEach(name -> known.put(name, null));
        if (instance.businessKey() != null) {
            known.putAll(lastKnown(instance.businessKey(), missing));
        }
        runtime.setVariables(instance.id(), known);
    }

    private Map<String, Object> lastKnown(String businessKey, Set<String> names) {
        String[] instances =
                history.createHistoricProcessInstanceQuery().processInstanceBusinessKey(businessKey).list().stream()
                        .map(HistoricProcessInstance::getId)
                        .toArray(String[]::new);
        Map<String, Object> known = new HashMap<>();
        history
                .createHistoricVariableInstanceQuery()
                .processInstanceIdIn(instances)
                .disableBinaryFetching()
                .list()
                .stream()
                .filter(variable -> names.contains(variable.getName()) && variable.getValue() != null)
                .filter(variable -> variable.getProcessInstanceId().equals(variable.getActivityInstanceId()))
                .sorted(Comparator.comparing(HistoricVariableInstance::getCreateTime))
                .forEach(variable -> known.put(variable.getName(), variable.getValue()));
        return known;
    }
}
