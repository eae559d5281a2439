package org.tumorboard.embedded;

/**
 * The embedded servers cannot start or stop. The message is one sentence for the person at the terminal: what is
 * wrong, and which setting changes it.
 */
public final class EmbeddedServersException extends RuntimeException {

    EmbeddedServersException(String message) {
        super(message);
    }

    EmbeddedServersException(String message, Throwable cause) {
        super(message, cause);
    }
}
