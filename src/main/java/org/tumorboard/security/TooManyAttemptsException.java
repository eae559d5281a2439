package org.tumorboard.security;

import java.time.Duration;
import org.springframework.security.core.AuthenticationException;

/** An attempt to sign in came too early after failed ones; nothing was compared. */
final class TooManyAttemptsException extends AuthenticationException {

    private final transient Duration wait;

    TooManyAttemptsException(Duration wait) {
        super("too many attempts to sign in");
        this.wait = wait;
    }

    /** In full seconds, at least one. */
    long seconds() {
        return Math.max(1, wait.plusMillis(999).toSeconds());
    }
}
