package org.tumorboard.pathway;

import org.jspecify.annotations.Nullable;

/** DMN {@code sla-policy} cannot be used. The message is a sentence that names the row and the column. */
final class BadPolicyException extends RuntimeException {

    BadPolicyException(String message) {
        super(message);
    }

    BadPolicyException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
