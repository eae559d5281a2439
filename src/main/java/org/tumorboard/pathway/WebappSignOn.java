package org.tumorboard.pathway;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.security.Principal;
import java.util.Map;
import org.camunda.bpm.engine.ProcessEngine;
import org.camunda.bpm.engine.rest.security.auth.AuthenticationProvider;
import org.camunda.bpm.engine.rest.security.auth.AuthenticationResult;
import org.camunda.bpm.webapp.impl.security.auth.ContainerBasedAuthenticationFilter;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.tumorboard.event.PersonalDeeds;

/** Whoever signed in to our pages is signed in to Tasklist, Cockpit and Admin, and to the engine's REST below them. */
@Configuration
class WebappSignOn {

    /** After the sign-in of our pages, which stands at -100. */
    private static final int AFTER_OUR_SIGN_IN = 101;

    @Bean
    FilterRegistrationBean<ContainerBasedAuthenticationFilter> webappSignOnFilter() {
        var filter = new FilterRegistrationBean<>(new ContainerBasedAuthenticationFilter());
        filter.setInitParameters(Map.of("authentication-provider", SignedIn.class.getName()));
        filter.setOrder(AFTER_OUR_SIGN_IN);
        filter.addUrlPatterns("/camunda/app/*", "/camunda/api/*");
        return filter;
    }

    @Bean
    FilterRegistrationBean<WebappQueryLimit> webappQueryLimitFilter() {
        var filter = new FilterRegistrationBean<>(new WebappQueryLimit());
        filter.setOrder(AFTER_OUR_SIGN_IN);
        filter.addUrlPatterns("/camunda/api/engine/*", "/camunda/api/cockpit/*");
        return filter;
    }

    @Bean
    FilterRegistrationBean<ReadsInWebapps> readsInWebappsFilter(CaseLookup cases, PersonalDeeds deeds) {
        var filter = new FilterRegistrationBean<>(new ReadsInWebapps(cases, deeds));
        filter.setOrder(AFTER_OUR_SIGN_IN);
        filter.addUrlPatterns("/camunda/api/engine/*", "/camunda/api/cockpit/*");
        return filter;
    }

    /** Tells the web applications who has signed in; their groups are those of {@link EngineAccounts}. */
    public static final class SignedIn implements AuthenticationProvider {

        @Override
        public AuthenticationResult extractAuthenticatedUser(HttpServletRequest request, ProcessEngine engine) {
            Principal person = request.getUserPrincipal();
            return person == null
                    ? AuthenticationResult.unsuccessful()
                    : AuthenticationResult.successful(person.getName());
        }

        @Override
        public void augmentResponseByAuthenticationChallenge(HttpServletResponse response, ProcessEngine engine) {
            response.setHeader("WWW-Authenticate", "Session");
        }
    }
}
