package org.tumorboard;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** Fails every class of tests, whatever it is about, while which the log told of a patient or showed a payload. */
public final class LogsTellOfNoPatient implements AfterAllCallback {

    @Override
    public void afterAll(ExtensionContext context) {
        assertThat(LeakingLines.take())
                .as("lines of the log with a pseudonym or contents, up to the end of %s", context.getDisplayName())
                .isEmpty();
    }
}
