package org.tumorboard.pathway;

import static java.util.stream.Collectors.toSet;

import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.camunda.bpm.engine.BadUserRequestException;
import org.camunda.bpm.engine.ProcessEngine;
import org.camunda.bpm.engine.task.Task;
import org.jspecify.annotations.Nullable;
import org.springframework.context.annotation.Lazy;
import org.springframework.stereotype.Component;
import org.tumorboard.event.StorableText;

/**
 * Holds a person to the form of a step. The engine would take any variable from whoever may complete a task, and with it
 * the case's own facts; it would also let them throw an error or escalation of the model in place of the completion.
 */
@Component
class SubmittedFields {

    /** Of text in a variable of the engine. */
    private static final int LONGEST = 4000;

    private final ProcessEngine engine;
    private final Elements elements;
    private final Forms forms;

    SubmittedFields(@Lazy ProcessEngine engine, Elements elements, Forms forms) {
        this.engine = engine;
        this.elements = elements;
        this.forms = forms;
    }

    /**
     * @throws BadUserRequestException naming what the form does not ask for, or holds more than a plain value
     */
    void check(String taskId, @Nullable Map<String, ?> submitted) {
        if (!isPerson() || submitted == null || submitted.isEmpty()) {
            return;
        }
        submitted.forEach((name, value) -> {
            if (value instanceof String text && (text.length() > LONGEST || !StorableText.isStorable(text))) {
                throw new BadUserRequestException(
                        "%s: expected at most %d characters, each of them text".formatted(name, LONGEST));
            }
        });
        Task task = engine.getTaskService().createTaskQuery().taskId(taskId).singleResult();
        if (task == null || task.getProcessDefinitionId() == null) {
            return; // not theirs, which the engine says, or of no model
        }
        Set<String> foreign = new TreeSet<>(submitted.keySet());
        foreign.removeAll(asked(elements.get(task.getProcessDefinitionId(), task.getTaskDefinitionKey())));
        if (!foreign.isEmpty()) {
            throw new BadUserRequestException(
                    "%s: expected only the fields of the step's form".formatted(String.join(", ", foreign)));
        }
    }

    /**
     * @throws BadUserRequestException if it is a person who throws an error or escalation
     */
    void refuseThrowing() {
        if (isPerson()) {
            throw new BadUserRequestException(
                    "expected the step to be completed by its form; what it leads to is the model's decision");
        }
    }

    private boolean isPerson() {
        return engine.getIdentityService().getCurrentAuthentication() != null;
    }

    private Set<String> asked(Element element) {
        return element.form() == null
                ? Set.of()
                : forms.fields(element.form()).stream().map(FormField::key).collect(toSet());
    }
}
