package org.tumorboard.security;

import org.springframework.security.config.ObjectPostProcessor;
import org.springframework.security.web.authentication.AuthenticationConverter;
import org.springframework.security.web.authentication.www.BasicAuthenticationConverter;
import org.springframework.security.web.authentication.www.BasicAuthenticationFilter;

/** Where people sign in at an issuer, name and password count for the API and the metrics only: they are for systems. */
final class BasicForSystems implements ObjectPostProcessor<BasicAuthenticationFilter> {

    private final boolean onlySystems;

    BasicForSystems(boolean onlySystems) {
        this.onlySystems = onlySystems;
    }

    @Override
    public <T extends BasicAuthenticationFilter> T postProcess(T filter) {
        if (onlySystems) {
            AuthenticationConverter basic = new BasicAuthenticationConverter();
            filter.setAuthenticationConverter(request ->
                    Paths.API.matches(request) || Paths.METRICS.matches(request) ? basic.convert(request) : null);
        }
        return filter;
    }
}
