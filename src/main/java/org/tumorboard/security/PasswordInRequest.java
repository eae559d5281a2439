package org.tumorboard.security;

import jakarta.servlet.http.HttpServletRequest;
import org.springframework.security.web.authentication.WebAuthenticationDetails;

/** Where a name and password came from that a request brought itself: they open no session. */
final class PasswordInRequest extends WebAuthenticationDetails {

    private final boolean isForMetrics;

    PasswordInRequest(HttpServletRequest request) {
        super(request);
        this.isForMetrics = Paths.METRICS.matches(request);
    }

    /** Metrics are read every few seconds, say nothing of anybody, and must be there while the database is away. */
    boolean isForMetrics() {
        return isForMetrics;
    }

    @Override
    public boolean equals(Object other) {
        return super.equals(other) && other instanceof PasswordInRequest that && isForMetrics == that.isForMetrics;
    }

    @Override
    public int hashCode() {
        return super.hashCode();
    }
}
