package org.tumorboard.pathway;

import java.util.List;
import java.util.Objects;
import org.camunda.bpm.engine.RuntimeService;
import org.camunda.bpm.engine.runtime.ProcessInstance;
import org.jspecify.annotations.Nullable;
import org.springframework.context.annotation.Lazy;
import org.springframework.stereotype.Component;
import org.tumorboard.event.InboundEvent;

/**
 * Sets what the models took from an event anew, in every running model of the case that still says what the event said:
 * a variable's name means the same in all of them, and what a later event has put in its place stays.
 */
@Component
class CorrectedVariables {

    private final RuntimeService runtime;
    private final EventOutputs outputs;
    private final EventExpressions expressions;

    CorrectedVariables(@Lazy RuntimeService runtime, EventOutputs outputs, EventExpressions expressions) {
        this.runtime = runtime;
        this.outputs = outputs;
        this.expressions = expressions;
    }

    void correct(
            List<? extends ProcessInstance> instances, Takers.Taker taker, InboundEvent before, InboundEvent after) {
        for (EventOutputs.Output output :
                outputs.of(taker.processDefinitionId(), taker.element().id())) {
            Object was = expressions.value(output.expression(), before);
            Object is = expressions.value(output.expression(), after);
            if (!saysTheSame(was, is)) {
                instances.forEach(instance -> correct(instance.getId(), output.variable(), was, is));
            }
        }
    }

    private void correct(String instance, String variable, @Nullable Object was, @Nullable Object is) {
        boolean isKnown = runtime.getVariablesLocal(instance, List.of(variable)).containsKey(variable);
        if (isKnown && saysTheSame(runtime.getVariableLocal(instance, variable), was)) {
            runtime.setVariableLocal(instance, variable, is);
        }
    }

    private static boolean saysTheSame(@Nullable Object one, @Nullable Object other) {
        return Objects.equals(one == null ? null : one.toString(), other == null ? null : other.toString());
    }
}
