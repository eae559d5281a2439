package org.tumorboard.security;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpSession;
import java.io.IOException;
import org.springframework.security.core.Authentication;
import org.springframework.security.oauth2.client.oidc.web.logout.OidcClientInitiatedLogoutSuccessHandler;
import org.springframework.security.oauth2.client.registration.ClientRegistrationRepository;

/**
 * Leads the browser to the issuer after a sign-out, so that the session there ends too. Camunda's pages sign out in the
 * background and go to our sign-in page then; it sends them on.
 */
final class IssuerFarewell extends OidcClientInitiatedLogoutSuccessHandler {

    private static final String SEND_ON_TO = IssuerFarewell.class.getName();

    IssuerFarewell(ClientRegistrationRepository clients) {
        super(clients);
        setPostLogoutRedirectUri("{baseUrl}" + Paths.GOODBYE);
        setDefaultTargetUrl(Paths.GOODBYE);
    }

    @Override
    public void onLogoutSuccess(HttpServletRequest request, HttpServletResponse response, Authentication who)
            throws IOException, ServletException {
        if (Paths.CAMUNDA_API.matches(request)) {
            request.getSession().setAttribute(SEND_ON_TO, determineTargetUrl(request, response, who));
            response.setStatus(HttpServletResponse.SC_NO_CONTENT);
        } else {
            super.onLogoutSuccess(request, response, who);
        }
    }

    /** Sends a browser on that has signed out in the background. */
    static final class SendOn extends HttpFilter {

        @Override
        protected void doFilter(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
                throws IOException, ServletException {
            HttpSession session = request.getSession(false);
            if (session != null
                    && Paths.PAGE.matches(request)
                    && Paths.of(request).equals(Paths.SIGN_IN)
                    && session.getAttribute(SEND_ON_TO) instanceof String target) {
                session.removeAttribute(SEND_ON_TO);
                response.sendRedirect(target);
            } else {
                chain.doFilter(request, response);
            }
        }
    }
}
