package org.tumorboard.pathway;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** Shows the sentence of a {@link BadPolicyException} at start-up in place of a stack trace. */
final class BadPolicyFailureAnalyzer extends AbstractFailureAnalyzer<BadPolicyException> {

    @Override
    protected FailureAnalysis analyze(Throwable rootFailure, BadPolicyException cause) {
        return new FailureAnalysis(cause.getMessage(), "Correct bpmn/sla-policy.dmn and start again.", cause);
    }
}
