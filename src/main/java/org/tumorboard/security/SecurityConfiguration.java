package org.tumorboard.security;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.jspecify.annotations.Nullable;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.HttpHeaders;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configurers.HeadersConfigurer.FrameOptionsConfig;
import org.springframework.security.core.Authentication;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.header.writers.DelegatingRequestMatcherHeaderWriter;
import org.springframework.security.web.header.writers.StaticHeadersWriter;
import org.springframework.security.web.util.matcher.NegatedRequestMatcher;
import org.springframework.security.web.util.matcher.RequestMatcher;

/** One sign-in for everything: a form for people, HTTP Basic for systems; Camunda's pages take over who it is. */
@Configuration
class SecurityConfiguration {

    private static final RequestMatcher API = request -> path(request).startsWith("/api/");
    private static final RequestMatcher CAMUNDA = request -> path(request).startsWith("/camunda/");
    private static final RequestMatcher CAMUNDA_API = request -> path(request).startsWith("/camunda/api/");
    private static final RequestMatcher METRICS = request -> path(request).startsWith("/actuator/");

    /** Another site can make a browser send a cookie, but not an Authorization header with our content types. */
    private static final RequestMatcher BASIC =
            request -> API.matches(request) && request.getHeader(HttpHeaders.AUTHORIZATION) != null;

    /** Our own button, and that of Camunda's pages, which would forget the person until the next click only. */
    private static final RequestMatcher SIGN_OUT = request -> request.getMethod()
                    .equals("POST")
            && (path(request).equals("/logout") || path(request).matches("/camunda/api/admin/auth/user/[^/]+/logout"));

    private static final String CONTENT_POLICY = "default-src 'self'; img-src 'self' data:; object-src 'none';"
            + " base-uri 'self'; form-action 'self'; frame-ancestors 'self'";

    @Bean
    SecurityFilterChain securityFilterChain(HttpSecurity http) throws Exception {
        return http.authorizeHttpRequests(AccessRules::apply)
                .formLogin(form -> form.loginPage("/login").permitAll())
                .httpBasic(basic -> basic.authenticationEntryPoint(Refusals::signInFirst))
                .logout(logout -> logout.logoutRequestMatcher(SIGN_OUT)
                        .logoutSuccessHandler(SecurityConfiguration::goodbye)
                        .permitAll())
                .csrf(csrf -> csrf.ignoringRequestMatchers(BASIC, CAMUNDA))
                .exceptionHandling(refusals -> refusals.defaultAuthenticationEntryPointFor(Refusals::signInFirst, API)
                        .defaultAuthenticationEntryPointFor(Refusals::signInFirst, CAMUNDA_API)
                        .defaultAuthenticationEntryPointFor(Refusals::signInFirst, METRICS)
                        .defaultAccessDeniedHandlerFor(Refusals::notAllowed, API))
                .headers(headers -> headers.frameOptions(FrameOptionsConfig::sameOrigin)
                        .addHeaderWriter(new DelegatingRequestMatcherHeaderWriter(
                                new NegatedRequestMatcher(CAMUNDA),
                                new StaticHeadersWriter("Content-Security-Policy", CONTENT_POLICY))))
                .build();
    }

    private static void goodbye(HttpServletRequest request, HttpServletResponse response, @Nullable Authentication who)
            throws IOException {
        if (CAMUNDA_API.matches(request)) {
            response.setStatus(HttpServletResponse.SC_NO_CONTENT);
        } else {
            response.sendRedirect(request.getContextPath() + "/login?goodbye");
        }
    }

    private static String path(HttpServletRequest request) {
        return request.getRequestURI().substring(request.getContextPath().length());
    }
}
