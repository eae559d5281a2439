package org.tumorboard.security;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.springframework.mock.web.MockFilterChain;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.mock.web.MockHttpSession;
import org.springframework.security.core.context.SecurityContextImpl;
import org.springframework.security.web.context.HttpSessionSecurityContextRepository;
import org.tumorboard.SettableClock;

/** However busy a session is, it ends a while after its sign-in. */
class LongestSessionTest {

    private final SettableClock clock = new SettableClock();
    private final LongestSession filter = new LongestSession(clock, Duration.ofHours(12));
    private final MockHttpSession session = new MockHttpSession();

    @Test
    void endsABusySessionAfterItsTime() throws Exception {
        session.setAttribute(
                HttpSessionSecurityContextRepository.SPRING_SECURITY_CONTEXT_KEY, new SecurityContextImpl());
        for (int hour = 0; hour <= 12; hour++) {
            visit();
            assertThat(session.isInvalid()).as("after %d h", hour).isFalse();
            clock.advance(Duration.ofHours(1));
        }

        visit();

        assertThat(session.isInvalid()).isTrue();
    }

    @Test
    void leavesASessionAloneInWhichNobodySignedIn() throws Exception {
        visit();
        clock.advance(Duration.ofDays(2));
        visit();

        assertThat(session.isInvalid()).isFalse();
    }

    private void visit() throws Exception {
        MockHttpServletRequest request = new MockHttpServletRequest("GET", "/dashboard");
        request.setSession(session);
        MockFilterChain chain = new MockFilterChain();
        filter.doFilter(request, new MockHttpServletResponse(), chain);
        assertThat(chain.getRequest()).isNotNull();
    }
}
