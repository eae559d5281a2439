package org.tumorboard.pathway;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.camunda.bpm.engine.FilterService;
import org.camunda.bpm.engine.TaskService;
import org.camunda.bpm.engine.filter.Filter;
import org.camunda.bpm.engine.task.TaskQuery;
import org.springframework.stereotype.Component;
import org.tumorboard.event.Urgency;

/**
 * The filters of Tasklist. They are the only stored expressions ({@code now()}, the signed-in person's groups), and
 * only administrators may make others, since an expression runs code.
 */
@Component
class TaskFilters {

    private static final List<Map<String, String>> COLUMNS = List.of(
            Map.of("name", "caseId", "label", "Case"),
            Map.of("name", "caseUrgency", "label", "Urgency"),
            Map.of("name", "boardMeetingAt", "label", "Board"),
            Map.of("name", "windowOpensAt", "label", "Window opens"),
            Map.of("name", "windowClosesAt", "label", "Window closes"));

    private final FilterService filters;
    private final TaskService tasks;

    TaskFilters(FilterService filters, TaskService tasks) {
        this.filters = filters;
        this.tasks = tasks;
    }

    /** Creates the filters or renews them, in the caller's transaction. */
    void bringInLine() {
        int place = 0;
        for (var filter : queries().entrySet()) {
            save(filter.getKey(), filter.getValue(), place++);
        }
    }

    private Map<String, TaskQuery> queries() {
        Map<String, TaskQuery> queries = new LinkedHashMap<>();
        queries.put(
                "My group's open work",
                byDeadline(tasks.createTaskQuery()
                        .taskCandidateGroupInExpression("${currentUserGroups()}")
                        .includeAssignedTasks()));
        queries.put("Overdue", byDeadline(tasks.createTaskQuery().dueBeforeExpression("${now()}")));
        queries.put(
                "Board this week",
                byDeadline(tasks.createTaskQuery()
                        .processDefinitionKey("tumor-board")
                        .or()
                        .dueBeforeExpression("${dateTime().plusDays(7)}")
                        .withoutDueDate()
                        .endOr()));
        queries.put("Windows running", byDeadline(tasks.createTaskQuery().processDefinitionKey("resection")));
        queries.put("Emergency", byDeadline(ofUrgency(Urgency.EMERGENCY)));
        queries.put("Urgent", byDeadline(ofUrgency(Urgency.URGENT)));
        queries.put("Standard", byDeadline(ofUrgency(Urgency.STANDARD)));
        return queries;
    }

    private TaskQuery ofUrgency(Urgency urgency) {
        return tasks.createTaskQuery().taskPriority(urgency.taskPriority());
    }

    private static TaskQuery byDeadline(TaskQuery query) {
        return query.orderByDueDate().asc();
    }

    private void save(String name, TaskQuery query, int place) {
        Filter present = filters.createTaskFilterQuery().filterName(name).singleResult();
        Filter filter = present == null ? filters.newTaskFilter(name) : present;
        filter.setQuery(query);
        filter.setProperties(
                Map.of("priority", place, "refresh", true, "showUndefinedVariable", false, "variables", COLUMNS));
        filters.saveFilter(filter);
    }
}
