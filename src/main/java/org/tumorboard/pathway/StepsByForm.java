package org.tumorboard.pathway;

import java.util.Map;
import org.camunda.bpm.engine.impl.TaskServiceImpl;
import org.camunda.bpm.engine.variable.VariableMap;
import org.jspecify.annotations.Nullable;

/** The engine's task service, through which a person completes a step by the fields of its form and in no other way. */
final class StepsByForm extends TaskServiceImpl {

    private final SubmittedFields fields;

    StepsByForm(SubmittedFields fields) {
        this.fields = fields;
    }

    @Override
    public void complete(String taskId, @Nullable Map<String, Object> submitted) {
        fields.check(taskId, submitted);
        super.complete(taskId, submitted);
    }

    @Override
    public VariableMap completeWithVariablesInReturn(
            String taskId, @Nullable Map<String, Object> submitted, boolean deserializes) {
        fields.check(taskId, submitted);
        return super.completeWithVariablesInReturn(taskId, submitted, deserializes);
    }

    @Override
    public void resolveTask(String taskId, @Nullable Map<String, Object> submitted) {
        fields.check(taskId, submitted);
        super.resolveTask(taskId, submitted);
    }

    @Override
    public void handleBpmnError(
            String taskId, String code, @Nullable String message, @Nullable Map<String, Object> submitted) {
        fields.refuseThrowing();
        super.handleBpmnError(taskId, code, message, submitted);
    }

    @Override
    public void handleEscalation(String taskId, String code, @Nullable Map<String, Object> submitted) {
        fields.refuseThrowing();
        super.handleEscalation(taskId, code, submitted);
    }
}
