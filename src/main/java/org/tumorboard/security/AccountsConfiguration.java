package org.tumorboard.security;

import java.net.InetAddress;
import java.time.Clock;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Profile;
import org.springframework.core.env.Environment;
import org.springframework.core.env.Profiles;
import org.springframework.security.authentication.AuthenticationProvider;
import org.springframework.security.crypto.factory.PasswordEncoderFactories;
import org.springframework.security.crypto.password.PasswordEncoder;
import org.tumorboard.event.Groups;

/** Where the users come from: the configuration, an issuer, or in the profile {@code embedded} one for each group. */
@Configuration
class AccountsConfiguration {

    private static final String DEMO_PASSWORD = "demo";

    @Bean
    PasswordEncoder passwordEncoder() {
        return PasswordEncoderFactories.createDelegatingPasswordEncoder();
    }

    @Bean
    @Profile("!embedded")
    Accounts configuredAccounts(SecurityProperties properties, OidcProperties oidc, Environment environment) {
        return new Accounts(properties.users(), oidc.isOn(), environment.acceptsProfiles(Profiles.of("test")));
    }

    /** For the first five minutes, on loopback only: each group is a user, all with one password. */
    @Bean
    @Profile("embedded")
    Accounts demonstrationAccounts(
            PasswordEncoder encoder,
            OidcProperties oidc,
            @Value("${tumorboard.demo-password:" + DEMO_PASSWORD + "}") String password,
            @Value("${server.address:#{null}}") @Nullable InetAddress address) {
        if (password.equals(DEMO_PASSWORD) && (address == null || !address.isLoopbackAddress())) {
            throw new SecuritySetupException(
                    "Everyone in the network could sign in with the demonstration's password: set TUMORBOARD_DEMO_PASSWORD,"
                            + " or leave server.address at 127.0.0.1.");
        }
        String encoded = encoder.encode(password);
        List<SecurityProperties.User> users = Groups.all().stream()
                .map(group -> new SecurityProperties.User(group, encoded, Set.of(group)))
                .toList();
        return new Accounts(users, oidc.isOn(), true);
    }

    @Bean
    AuthenticationProvider throttledAccounts(Accounts accounts, PasswordEncoder encoder, Clock clock) {
        return new ThrottledAccounts(accounts, encoder, new SignInThrottle(clock));
    }

    @Bean
    SignIn signIn(OidcProperties oidc, Accounts accounts, ApplicationEventPublisher events) {
        return oidc.isOn() ? new IssuerSignIn(oidc, new IssuedPeople(oidc, accounts, events)) : new PasswordSignIn();
    }

    @Bean
    SignInOffer signInOffer(SignIn signIn) {
        return signIn.offer();
    }
}
