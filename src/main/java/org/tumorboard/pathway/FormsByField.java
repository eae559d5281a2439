package org.tumorboard.pathway;

import java.util.Map;
import org.camunda.bpm.engine.impl.FormServiceImpl;
import org.camunda.bpm.engine.variable.VariableMap;
import org.jspecify.annotations.Nullable;

/** The engine's form service, held to the fields of the step's form like {@link StepsByForm}. */
final class FormsByField extends FormServiceImpl {

    private final SubmittedFields fields;

    FormsByField(SubmittedFields fields) {
        this.fields = fields;
    }

    @Override
    public void submitTaskFormData(String taskId, @Nullable Map<String, String> submitted) {
        fields.check(taskId, submitted);
        super.submitTaskFormData(taskId, submitted);
    }

    @Override
    public void submitTaskForm(String taskId, @Nullable Map<String, Object> submitted) {
        fields.check(taskId, submitted);
        super.submitTaskForm(taskId, submitted);
    }

    @Override
    public VariableMap submitTaskFormWithVariablesInReturn(
            String taskId, @Nullable Map<String, Object> submitted, boolean deserializes) {
        fields.check(taskId, submitted);
        return super.submitTaskFormWithVariablesInReturn(taskId, submitted, deserializes);
    }
}
