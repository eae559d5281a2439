package org.tumorboard.security;

import static java.nio.charset.StandardCharsets.UTF_8;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.security.core.AuthenticationException;

/** Tells a program, as problem+json, that it must sign in or may not do this. */
final class Refusals {

    static final int TOO_MANY_REQUESTS = HttpStatus.TOO_MANY_REQUESTS.value();

    private Refusals() {}

    static void signInFirst(HttpServletRequest request, HttpServletResponse response, AuthenticationException cause)
            throws IOException {
        if (cause instanceof TooManyAttemptsException tooMany) {
            retryLater(response, tooMany);
            write(
                    response,
                    HttpStatus.TOO_MANY_REQUESTS,
                    "too many attempts to sign in; Retry-After says when the next is heard");
            return;
        }
        if (request.getRequestURI().startsWith(request.getContextPath() + "/api/")) {
            response.setHeader(HttpHeaders.WWW_AUTHENTICATE, "Basic realm=\"tumorboard\", charset=\"UTF-8\"");
        }
        write(response, HttpStatus.UNAUTHORIZED, "expected a user name and password that are known");
    }

    static void notAllowed(HttpServletRequest request, HttpServletResponse response, AccessDeniedException cause)
            throws IOException {
        write(
                response,
                HttpStatus.FORBIDDEN,
                "this needs another group, or in a browser session a CSRF token; a department reads and sends only what is its own");
    }

    static void retryLater(HttpServletResponse response, TooManyAttemptsException cause) {
        response.setHeader(HttpHeaders.RETRY_AFTER, Long.toString(cause.seconds()));
    }

    private static void write(HttpServletResponse response, HttpStatus status, String detail) throws IOException {
        response.setStatus(status.value());
        response.setContentType(MediaType.APPLICATION_PROBLEM_JSON_VALUE);
        response.setCharacterEncoding(UTF_8.name());
        response.getWriter()
                .write("{\"type\":\"about:blank\",\"title\":\"%s\",\"status\":%d,\"detail\":\"%s\"}"
                        .formatted(status.getReasonPhrase(), status.value(), detail));
    }
}
