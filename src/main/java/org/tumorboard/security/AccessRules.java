package org.tumorboard.security;

import static org.springframework.http.HttpMethod.GET;
import static org.springframework.http.HttpMethod.POST;
import static org.tumorboard.event.Right.ACKNOWLEDGE;
import static org.tumorboard.event.Right.ERASE_PATIENT;
import static org.tumorboard.event.Right.READ_AUDIT;
import static org.tumorboard.event.Right.READ_CASES;
import static org.tumorboard.event.Right.READ_DASHBOARD;
import static org.tumorboard.event.Right.READ_EVENTS;
import static org.tumorboard.event.Right.READ_METRICS;
import static org.tumorboard.event.Right.READ_OPERATIONS;
import static org.tumorboard.event.Right.READ_STEPS;
import static org.tumorboard.event.Right.REDRIVE;
import static org.tumorboard.event.Right.RETRY_WORK;
import static org.tumorboard.event.Right.SEND_EVENTS;

import jakarta.servlet.DispatcherType;
import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpMethod;
import org.springframework.security.authorization.AuthorizationDecision;
import org.springframework.security.authorization.AuthorizationManager;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configurers.AuthorizeHttpRequestsConfigurer;
import org.springframework.security.web.access.intercept.RequestAuthorizationContext;
import org.tumorboard.event.Right;

/**
 * Which right each page and call needs. What a form may do is decided where it is taken, by the same table; what the
 * engine's own pages may, by the engine's grants. A path that is not here is nobody's.
 */
final class AccessRules {

    private static final String DEPARTMENT = "department";

    private final AuthorizeHttpRequestsConfigurer<HttpSecurity>.AuthorizationManagerRequestMatcherRegistry requests;

    private AccessRules(
            AuthorizeHttpRequestsConfigurer<HttpSecurity>.AuthorizationManagerRequestMatcherRegistry requests) {
        this.requests = requests;
    }

    static void apply(
            AuthorizeHttpRequestsConfigurer<HttpSecurity>.AuthorizationManagerRequestMatcherRegistry requests) {
        requests.dispatcherTypeMatchers(DispatcherType.ERROR, DispatcherType.FORWARD, DispatcherType.ASYNC)
                .permitAll();
        requests.requestMatchers("/login", "/css/**", "/js/**", "/favicon.ico", "/favicon.svg", "/actuator/health/**")
                .permitAll();
        requests.requestMatchers("/camunda/api/admin/setup/**", "/camunda/api/admin/auth/user/*/login/**")
                .denyAll();
        // free text about patients, which nobody could hold to anything
        requests.requestMatchers(POST, "/camunda/api/engine/engine/*/task/*/comment/**")
                .denyAll();
        requests.requestMatchers(POST, "/camunda/api/engine/engine/*/task/*/attachment/**")
                .denyAll();
        requests.requestMatchers("/error", "/webjars/**", "/camunda/**").authenticated();
        new AccessRules(requests).rights();
        requests.anyRequest().denyAll();
    }

    private void rights() {
        need(READ_CASES, GET, "/", "/cases/*", "/models/*", "/api/cases", "/api/cases/*", "/api/cases/*/events");
        need(READ_CASES, POST, "/cases/*/clocks/*/adjust", "/cases/*/urgency");
        need(READ_DASHBOARD, GET, "/dashboard", "/dashboard/clocks", "/dashboard/stream", "/dashboard/result");
        need(READ_DASHBOARD, GET, "/dashboard/runs", "/dashboard/ways", "/dashboard/occurrences");
        need(READ_DASHBOARD, GET, "/api/sla/**", "/api/departments");
        need(READ_STEPS, GET, "/departments/{department}", "/api/departments/{department}/steps");
        need(READ_EVENTS, GET, "/api/events");
        need(REDRIVE, POST, "/api/events/redrive");
        need(SEND_EVENTS, GET, "/departments/{department}/events/*");
        need(SEND_EVENTS, POST, "/api/events/{department}", "/departments/{department}/events/*");
        need(SEND_EVENTS, POST, "/departments/{department}/entries/*/confirm");
        need(SEND_EVENTS, POST, "/departments/{department}/entries/*/reject");
        need(ACKNOWLEDGE, POST, "/departments/{department}/notifications/*/acknowledge");
        need(READ_AUDIT, GET, "/audit", "/audit/verify", "/api/audit", "/api/audit.fhir", "/api/audit/verify");
        need(READ_OPERATIONS, GET, "/operations", "/operations/events", "/operations/redrive");
        need(READ_OPERATIONS, GET, "/operations/dead-letters", "/api/operations");
        need(READ_OPERATIONS, POST, "/operations/redrive");
        need(RETRY_WORK, POST, "/operations/incidents/*/retry");
        need(ERASE_PATIENT, POST, "/api/patients/erase");
        need(READ_METRICS, GET, "/actuator/prometheus");
    }

    private void need(Right right, HttpMethod method, String... paths) {
        requests.requestMatchers(method, paths).access(holderOf(right));
    }

    /** For one department if the path or the question names one, else for everything. */
    private static AuthorizationManager<RequestAuthorizationContext> holderOf(Right right) {
        return (who, context) -> {
            HttpServletRequest request = context.getRequest();
            String department = department(context);
            return new AuthorizationDecision(
                    department == null
                            ? right.isOf(request::isUserInRole)
                            : right.isOf(request::isUserInRole, department));
        };
    }

    private static @Nullable String department(RequestAuthorizationContext context) {
        String named = context.getVariables().get(DEPARTMENT);
        return named == null ? context.getRequest().getParameter(DEPARTMENT) : named;
    }
}
