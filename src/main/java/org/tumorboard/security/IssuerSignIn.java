package org.tumorboard.security;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.security.config.ObjectPostProcessor;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.oauth2.client.registration.ClientRegistration;
import org.springframework.security.oauth2.client.registration.ClientRegistration.ClientSettings;
import org.springframework.security.oauth2.client.registration.ClientRegistrationRepository;
import org.springframework.security.oauth2.client.registration.ClientRegistrations;
import org.springframework.security.oauth2.client.registration.InMemoryClientRegistrationRepository;
import org.springframework.security.oauth2.client.registration.SupplierClientRegistrationRepository;
import org.springframework.security.oauth2.client.web.OAuth2AuthorizationRequestRedirectFilter;
import org.springframework.security.oauth2.core.ClientAuthenticationMethod;
import org.springframework.security.web.authentication.logout.LogoutFilter;
import org.springframework.security.web.authentication.logout.LogoutSuccessHandler;

/**
 * Sign-in at the OpenID Connect issuer: authorization code with PKCE, state and nonce, and sign-out there too. The issuer
 * is asked for its addresses when somebody first signs in, so that events are taken also while it is away.
 */
final class IssuerSignIn implements SignIn {

    private static final Logger LOG = LoggerFactory.getLogger(IssuerSignIn.class);
    private static final String ISSUER = "issuer";

    private final OidcProperties properties;
    private final IssuedPeople people;
    private final ClientRegistrationRepository clients;

    IssuerSignIn(OidcProperties properties, IssuedPeople people) {
        this.properties = properties;
        this.people = people;
        this.clients = new SupplierClientRegistrationRepository(
                () -> new InMemoryClientRegistrationRepository(List.of(client(properties))));
    }

    @Override
    public void addTo(HttpSecurity http) throws Exception {
        http.oauth2Login(login -> login.loginPage(Paths.SIGN_IN)
                .clientRegistrationRepository(clients)
                .authorizedClientRepository(new NoTokensKept())
                .userInfoEndpoint(claims -> claims.oidcUserService(people))
                .failureHandler(IssuerSignIn::refused)
                .withObjectPostProcessor(new ObjectPostProcessor<OAuth2AuthorizationRequestRedirectFilter>() {
                    @Override
                    public <T extends OAuth2AuthorizationRequestRedirectFilter> T postProcess(T filter) {
                        filter.setAuthenticationFailureHandler(IssuerSignIn::refused);
                        return filter;
                    }
                })
                .permitAll());
        http.addFilterAfter(new IssuerFarewell.SendOn(), LogoutFilter.class);
    }

    private static ClientRegistration client(OidcProperties properties) {
        boolean isPublic = properties.clientSecret().isEmpty();
        return ClientRegistrations.fromIssuerLocation(properties.issuer())
                .registrationId(ISSUER)
                .clientId(properties.clientId())
                .clientSecret(properties.clientSecret())
                .clientAuthenticationMethod(
                        isPublic ? ClientAuthenticationMethod.NONE : ClientAuthenticationMethod.CLIENT_SECRET_BASIC)
                .clientSettings(ClientSettings.builder().requireProofKey(true).build())
                .scope(properties.scopes())
                .build();
    }

    /** Says on our page whether to ask for a group or to try again; the log says what was wrong. */
    private static void refused(HttpServletRequest request, HttpServletResponse response, AuthenticationException cause)
            throws IOException {
        LOG.warn("a sign-in at the issuer failed: {}", cause.getMessage(), cause.getCause());
        String why = cause instanceof NoMemberException ? "?stranger" : "?failed";
        response.sendRedirect(request.getContextPath() + Paths.SIGN_IN + why);
    }

    @Override
    public LogoutSuccessHandler farewell() {
        return new IssuerFarewell(clients);
    }

    /** The button that signs out is a form, and the answer leads on to the issuer. */
    @Override
    public String formTargets() {
        return "'self' " + properties.origin();
    }

    @Override
    public SignInOffer offer() {
        return new SignInOffer("/oauth2/authorization/" + ISSUER);
    }
}
