package org.tumorboard.security;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.web.authentication.logout.LogoutSuccessHandler;

/** Name and password on our own page, as the configuration knows them. */
final class PasswordSignIn implements SignIn {

    @Override
    public void addTo(HttpSecurity http) throws Exception {
        http.formLogin(form -> form.loginPage(Paths.SIGN_IN)
                .failureHandler(PasswordSignIn::refused)
                .permitAll());
    }

    /** The same answer whether the name is unknown or the password wrong. */
    private static void refused(HttpServletRequest request, HttpServletResponse response, AuthenticationException cause)
            throws IOException {
        if (cause instanceof TooManyAttemptsException tooMany) {
            Refusals.retryLater(response, tooMany);
            response.sendError(Refusals.TOO_MANY_REQUESTS);
        } else {
            response.sendRedirect(request.getContextPath() + Paths.SIGN_IN + "?error");
        }
    }

    @Override
    public LogoutSuccessHandler farewell() {
        return (request, response, who) -> {
            if (Paths.CAMUNDA_API.matches(request)) {
                response.setStatus(HttpServletResponse.SC_NO_CONTENT);
            } else {
                response.sendRedirect(request.getContextPath() + Paths.GOODBYE);
            }
        };
    }

    @Override
    public String formTargets() {
        return "'self'";
    }

    @Override
    public SignInOffer offer() {
        return new SignInOffer(null);
    }
}
