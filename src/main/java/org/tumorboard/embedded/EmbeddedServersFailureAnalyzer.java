package org.tumorboard.embedded;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** Shows the sentence of an {@link EmbeddedServersException} at start-up in place of a stack trace. */
final class EmbeddedServersFailureAnalyzer extends AbstractFailureAnalyzer<EmbeddedServersException> {

    @Override
    protected FailureAnalysis analyze(Throwable rootFailure, EmbeddedServersException cause) {
        return new FailureAnalysis(cause.getMessage(), null, cause);
    }
}
