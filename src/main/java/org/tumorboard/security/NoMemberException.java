package org.tumorboard.security;

import org.springframework.security.core.AuthenticationException;

/** The issuer knows the person, but they may not come in: the message says why, for the log. */
final class NoMemberException extends AuthenticationException {

    NoMemberException(String message) {
        super(message);
    }
}
