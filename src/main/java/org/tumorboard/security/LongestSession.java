package org.tumorboard.security;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpSession;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.springframework.security.web.context.HttpSessionSecurityContextRepository;

/** Ends a session a while after its sign-in: a page that refreshes itself would else keep it for ever. */
final class LongestSession extends HttpFilter {

    private static final String SINCE = LongestSession.class.getName();

    private final transient Clock clock;
    private final Duration longest;

    LongestSession(Clock clock, Duration longest) {
        this.clock = clock;
        this.longest = longest;
    }

    @Override
    protected void doFilter(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        HttpSession session = request.getSession(false);
        if (session != null && isSignedIn(session)) {
            Instant now = clock.instant();
            if (!(session.getAttribute(SINCE) instanceof Instant since)) {
                session.setAttribute(SINCE, now);
            } else if (now.isAfter(since.plus(longest))) {
                session.invalidate();
            }
        }
        chain.doFilter(request, response);
    }

    private static boolean isSignedIn(HttpSession session) {
        return session.getAttribute(HttpSessionSecurityContextRepository.SPRING_SECURITY_CONTEXT_KEY) != null;
    }
}
