package org.tumorboard.pathway;

import java.time.Clock;
import java.time.Instant;
import java.util.Date;
import java.util.Objects;
import java.util.Set;
import org.camunda.bpm.engine.TaskService;
import org.camunda.bpm.engine.task.Task;
import org.springframework.context.annotation.Lazy;
import org.springframework.stereotype.Component;
import org.tumorboard.sla.CaseClocks;

/** Moves the deadlines of open steps with their clocks, and their priority with the case's urgency. */
@Component
class OpenStepDeadlines {

    private final TaskService tasks;
    private final Elements elements;
    private final Deadlines deadlines;
    private final Clock clock;

    OpenStepDeadlines(@Lazy TaskService tasks, Elements elements, Deadlines deadlines, Clock clock) {
        this.tasks = tasks;
        this.elements = elements;
        this.deadlines = deadlines;
        this.clock = clock;
    }

    /** Only after an upgrade or a correction is there anything to do. */
    void bringInLine(CaseFile file) {
        Set<String> moved = file.clocks().map(CaseClocks::moved).orElse(Set.of());
        if (moved.isEmpty() && !file.isReclassified() || !file.row().isOpen() || file.isNew()) {
            return;
        }
        tasks.createTaskQuery().processInstanceBusinessKey(file.id().value()).list().stream()
                .filter(task -> isChanged(task, file, moved))
                .forEach(tasks::saveTask);
    }

    private boolean isChanged(Task task, CaseFile file, Set<String> moved) {
        boolean isChanged = false;
        Element element = elements.get(task.getProcessDefinitionId(), task.getTaskDefinitionKey());
        if (element.clock() != null && moved.contains(element.clock())) {
            Instant dueAt = deadlines.of(element, file, clock.instant());
            Date due = dueAt == null ? null : Date.from(dueAt);
            isChanged = !Objects.equals(due, task.getDueDate());
            task.setDueDate(due);
        }
        if (task.getPriority() != file.urgency().taskPriority()) {
            isChanged = true;
            task.setPriority(file.urgency().taskPriority());
        }
        return isChanged;
    }
}
