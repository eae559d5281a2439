package org.tumorboard.security;

import org.springframework.security.config.ObjectPostProcessor;
import org.springframework.security.web.authentication.AuthenticationConverter;
import org.springframework.security.web.authentication.www.BasicAuthenticationConverter;
import org.springframework.security.web.authentication.www.BasicAuthenticationFilter;

/**
 * Name and password with a request are no session, and on record as such. Where people sign in at an issuer, they count for
 * the API and the metrics only: they are for systems.
 */
final class BasicForSystems implements ObjectPostProcessor<BasicAuthenticationFilter> {

    private final boolean onlySystems;

    BasicForSystems(boolean onlySystems) {
        this.onlySystems = onlySystems;
    }

    @Override
    public <T extends BasicAuthenticationFilter> T postProcess(T filter) {
        AuthenticationConverter basic = new BasicAuthenticationConverter(PasswordInRequest::new);
        filter.setAuthenticationConverter(
                request -> !onlySystems || Paths.API.matches(request) || Paths.METRICS.matches(request)
                        ? basic.convert(request)
                        : null);
        return filter;
    }
}
