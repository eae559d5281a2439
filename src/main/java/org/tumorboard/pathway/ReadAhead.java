package org.tumorboard.pathway;

import static java.util.stream.Collectors.groupingBy;

import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.camunda.bpm.engine.impl.db.DbEntity;
import org.camunda.bpm.engine.impl.history.event.HistoricActivityInstanceEventEntity;
import org.camunda.bpm.engine.impl.history.event.HistoricTaskInstanceEventEntity;
import org.camunda.bpm.engine.impl.persistence.entity.EventSubscriptionEntity;
import org.camunda.bpm.engine.impl.persistence.entity.ExecutionEntity;
import org.camunda.bpm.engine.impl.persistence.entity.IdentityLinkEntity;
import org.camunda.bpm.engine.impl.persistence.entity.IncidentEntity;
import org.camunda.bpm.engine.impl.persistence.entity.JobEntity;
import org.camunda.bpm.engine.impl.persistence.entity.TaskEntity;
import org.camunda.bpm.engine.impl.persistence.entity.VariableInstanceEntity;
import org.jspecify.annotations.Nullable;

/**
 * The rows of some process instances, from which a command's reads are answered as the database would answer them. The
 * instances' cases are locked, and the engine writes only at the end of its command, so nothing changes in between.
 */
final class ReadAhead {

    /** @return the rows of one kind, as {@code mybatis/read-ahead.xml} reads them for these ids */
    interface Reader {

        <T> List<T> read(String kind, Collection<String> ids);
    }

    private final Set<String> instances;
    private final Map<String, ExecutionEntity> executions = new HashMap<>();
    private final Map<String, List<ExecutionEntity>> executionsOfInstance;
    private final Map<String, List<ExecutionEntity>> executionsOfParent;
    private final Map<String, List<EventSubscriptionEntity>> subscriptions;
    private final Set<String> subscriptionIds;
    private final Map<String, List<VariableInstanceEntity>> variables;
    private final Map<String, List<VariableInstanceEntity>> variablesOfTask;
    private final Map<String, List<TaskEntity>> tasks;
    private final Set<String> taskIds;
    private final Map<String, List<IdentityLinkEntity>> links;
    private final Map<String, List<JobEntity>> jobs;
    private final Set<String> jobIds;
    private final Map<String, List<IncidentEntity>> incidents;
    private final Map<String, DbEntity> startedActivities = new HashMap<>();
    private final Map<String, DbEntity> startedTasks = new HashMap<>();

    ReadAhead(Set<String> instances, Reader reader) {
        this.instances = instances;
        List<ExecutionEntity> rows = reader.read("executions", instances);
        rows.forEach(row -> executions.put(row.getId(), row));
        executionsOfInstance = grouped(rows, ExecutionEntity::getProcessInstanceId);
        executionsOfParent = grouped(rows, ExecutionEntity::getParentId);
        subscriptions = grouped(reader.read("eventSubscriptions", instances), EventSubscriptionEntity::getExecutionId);
        subscriptionIds = subscriptions.values().stream()
                .flatMap(List::stream)
                .map(EventSubscriptionEntity::getId)
                .collect(Collectors.toSet());
        List<VariableInstanceEntity> known = reader.read("variables", instances);
        variables = grouped(
                known.stream().filter(row -> row.getTaskId() == null).toList(), VariableInstanceEntity::getExecutionId);
        variablesOfTask = grouped(known, VariableInstanceEntity::getTaskId);
        tasks = grouped(reader.read("tasks", instances), TaskEntity::getExecutionId);
        taskIds = tasks.values().stream()
                .flatMap(List::stream)
                .map(TaskEntity::getId)
                .collect(Collectors.toSet());
        links = grouped(reader.read("identityLinks", taskIds), IdentityLinkEntity::getTaskId);
        jobs = grouped(reader.read("jobs", instances), JobEntity::getExecutionId);
        jobIds = jobs.values().stream()
                .flatMap(List::stream)
                .map(JobEntity::getId)
                .collect(Collectors.toSet());
        incidents = grouped(reader.read("incidents", instances), IncidentEntity::getConfiguration);
        startedActivities(rows, reader);
        reader.<DbEntity>read("startedTasks", taskIds).forEach(row -> startedTasks.put(row.getId(), row));
    }

    private void startedActivities(List<ExecutionEntity> rows, Reader reader) {
        Set<String> ids = rows.stream()
                .map(ExecutionEntity::getActivityInstanceId)
                .filter(Objects::nonNull)
                .collect(Collectors.toSet());
        reader.<DbEntity>read("startedActivities", ids).forEach(row -> startedActivities.put(row.getId(), row));
    }

    private static <T> Map<String, List<T>> grouped(List<T> rows, Function<T, @Nullable String> by) {
        return rows.stream().filter(row -> by.apply(row) != null).collect(groupingBy(by));
    }

    /** The rows of one of the engine's lists; null if it must ask the database. */
    @Nullable
    List<?> list(String statement, @Nullable Object parameter) {
        if (parameter instanceof String id) {
            return listOf(statement, id);
        }
        return parameter instanceof Map<?, ?> said ? listAs(statement, said) : null;
    }

    private @Nullable List<?> listOf(String statement, String id) {
        return switch (statement) {
            case "selectExecutionsByProcessInstanceId" -> of(executionsOfInstance, id, instances.contains(id));
            case "selectExecutionsByParentExecutionId" -> of(executionsOfParent, id, executions.containsKey(id));
            case "selectEventSubscriptionsByExecution" -> of(subscriptions, id, executions.containsKey(id));
            case "selectTasksByExecutionId" -> of(tasks, id, executions.containsKey(id));
            case "selectJobsByExecutionId" -> of(jobs, id, executions.containsKey(id));
            case "selectIdentityLinksByTask" -> of(links, id, taskIds.contains(id));
            default -> null;
        };
    }

    private @Nullable List<?> listAs(String statement, Map<?, ?> said) {
        return switch (statement) {
            case "selectVariablesByExecutionId" -> variables(variables, said, said.get("executionId"));
            case "selectVariablesByTaskId" -> variables(variablesOfTask, said, said.get("taskId"));
            case "selectEventSubscriptionsByNameAndExecution" -> subscriptions(said);
            case "selectJobsByConfiguration" -> jobsOfSubscription(said);
            case "selectIncidentsByConfiguration" -> incidents(said);
            default -> null;
        };
    }

    private @Nullable List<?> variables(
            Map<String, List<VariableInstanceEntity>> all, Map<?, ?> said, @Nullable Object of) {
        boolean isKnown = of != null && (executions.containsKey(of) || taskIds.contains(of));
        Collection<?> names = (Collection<?>) said.get("variableNames");
        List<VariableInstanceEntity> found = of(all, String.valueOf(of), isKnown);
        return found == null || names == null || names.isEmpty()
                ? found
                : found.stream().filter(row -> names.contains(row.getName())).toList();
    }

    private @Nullable List<?> subscriptions(Map<?, ?> said) {
        boolean isKnown =
                !Boolean.TRUE.equals(said.get("lockResult")) && executions.containsKey(said.get("executionId"));
        List<EventSubscriptionEntity> found = of(subscriptions, String.valueOf(said.get("executionId")), isKnown);
        return found == null
                ? null
                : found.stream()
                        .filter(row -> row.getEventType().equals(said.get("eventType"))
                                && Objects.equals(row.getEventName(), said.get("eventName")))
                        .toList();
    }

    /** Asked when a subscription goes: whether its event was to be delivered by a job. */
    private @Nullable List<?> jobsOfSubscription(Map<?, ?> said) {
        return subscriptionIds.contains(said.get("handlerConfiguration"))
                ? jobs.values().stream()
                        .flatMap(List::stream)
                        .filter(job -> job.getJobHandlerType().equals(said.get("handlerType"))
                                && Objects.equals(
                                        job.getJobHandlerConfigurationRaw(), said.get("handlerConfiguration")))
                        .toList()
                : null;
    }

    private @Nullable List<?> incidents(Map<?, ?> said) {
        List<IncidentEntity> found =
                of(incidents, String.valueOf(said.get("configuration")), jobIds.contains(said.get("configuration")));
        return found == null || said.get("incidentType") == null
                ? found
                : found.stream()
                        .filter(row -> row.getIncidentType().equals(said.get("incidentType")))
                        .toList();
    }

    private static <T> @Nullable List<T> of(Map<String, List<T>> rows, String id, boolean isKnown) {
        return isKnown ? rows.getOrDefault(id, List.of()) : null;
    }

    /** What history knows of the start of an activity or a task that ends now; null if it must ask the database. */
    @Nullable
    DbEntity started(Class<?> type, String id) {
        if (HistoricActivityInstanceEventEntity.class.isAssignableFrom(type)) {
            return startedActivities.get(id);
        }
        return HistoricTaskInstanceEventEntity.class.isAssignableFrom(type) ? startedTasks.get(id) : null;
    }
}
