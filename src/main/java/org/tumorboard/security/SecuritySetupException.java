package org.tumorboard.security;

/** The configured users cannot be used. The message is a sentence for the person at the terminal: what to set. */
final class SecuritySetupException extends RuntimeException {

    SecuritySetupException(String message) {
        super(message);
    }
}
