package org.tumorboard.security;

import java.time.Clock;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.HttpHeaders;
import org.springframework.security.authentication.AuthenticationEventPublisher;
import org.springframework.security.authentication.DefaultAuthenticationEventPublisher;
import org.springframework.security.authentication.event.AuthenticationFailureBadCredentialsEvent;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configurers.SessionManagementConfigurer;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.access.intercept.AuthorizationFilter;
import org.springframework.security.web.context.SecurityContextHolderFilter;
import org.springframework.security.web.savedrequest.HttpSessionRequestCache;
import org.springframework.security.web.savedrequest.RequestCache;
import org.springframework.security.web.util.matcher.RequestMatcher;

/** One sign-in for everything: {@link SignIn} for people, HTTP Basic for systems; Camunda's pages take over who it is. */
@Configuration
class SecurityConfiguration {

    /**
     * Another site can make a browser send a cookie, or a name and password that it remembers; then the browser says where
     * the request comes from, or that it is one. Programs say neither.
     */
    private static final RequestMatcher PROGRAM = request -> Paths.API.matches(request)
            && request.getHeader(HttpHeaders.AUTHORIZATION) != null
            && request.getHeader(HttpHeaders.ORIGIN) == null
            && request.getHeader("Sec-Fetch-Site") == null;

    /** Tells of every attempt, also of those that come too early and of those that an issuer's claims spoil. */
    @Bean
    AuthenticationEventPublisher attempts(ApplicationEventPublisher events) {
        DefaultAuthenticationEventPublisher attempts = new DefaultAuthenticationEventPublisher(events);
        attempts.setDefaultAuthenticationFailureEvent(AuthenticationFailureBadCredentialsEvent.class);
        return attempts;
    }

    @Bean
    SecurityFilterChain securityFilterChain(
            HttpSecurity http, SignIn signIn, OidcProperties oidc, SessionProperties session, Clock clock)
            throws Exception {
        signIn.addTo(http);
        return http.authorizeHttpRequests(AccessRules::apply)
                .httpBasic(basic -> basic.authenticationEntryPoint(Refusals::signInFirst)
                        .withObjectPostProcessor(new BasicForSystems(oidc.isOn())))
                .logout(logout -> logout.logoutRequestMatcher(Paths.SIGN_OUT)
                        .logoutSuccessHandler(signIn.farewell())
                        .permitAll())
                .sessionManagement(sessions ->
                        sessions.sessionFixation(SessionManagementConfigurer.SessionFixationConfigurer::newSession))
                .addFilterBefore(new LongestSession(clock, session.longest()), SecurityContextHolderFilter.class)
                .addFilterAfter(new ActsInTheirName(), AuthorizationFilter.class)
                .requestCache(cache -> cache.requestCache(wantedPage()))
                .csrf(csrf -> csrf.ignoringRequestMatchers(PROGRAM, Paths.CAMUNDA))
                .exceptionHandling(
                        refusals -> refusals.defaultAuthenticationEntryPointFor(Refusals::signInFirst, Paths.API)
                                .defaultAuthenticationEntryPointFor(Refusals::signInFirst, Paths.CAMUNDA_API)
                                .defaultAuthenticationEntryPointFor(Refusals::signInFirst, Paths.METRICS)
                                .defaultAccessDeniedHandlerFor(Refusals::notAllowed, Paths.API))
                .headers(headers -> SecurityHeaders.write(headers, signIn.formTargets()))
                .build();
    }

    /** Where a person goes on after the sign-in; what a program or a script asked for opens no session. */
    private static RequestCache wantedPage() {
        HttpSessionRequestCache cache = new HttpSessionRequestCache();
        cache.setRequestMatcher(Paths.PAGE);
        return cache;
    }
}
