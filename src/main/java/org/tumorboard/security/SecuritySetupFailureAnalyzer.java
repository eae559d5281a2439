package org.tumorboard.security;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** Shows the sentence of a {@link SecuritySetupException} at start-up in place of a stack trace. */
final class SecuritySetupFailureAnalyzer extends AbstractFailureAnalyzer<SecuritySetupException> {

    @Override
    protected FailureAnalysis analyze(Throwable rootFailure, SecuritySetupException cause) {
        return new FailureAnalysis(cause.getMessage(), null, cause);
    }
}
