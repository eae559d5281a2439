package org.tumorboard.security;

import java.util.List;
import java.util.Set;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Profile;
import org.springframework.security.crypto.factory.PasswordEncoderFactories;
import org.springframework.security.crypto.password.PasswordEncoder;
import org.tumorboard.event.Groups;

/** Where the users come from: the configuration, or in the profile {@code embedded} one for each group. */
@Configuration
class AccountsConfiguration {

    @Bean
    PasswordEncoder passwordEncoder() {
        return PasswordEncoderFactories.createDelegatingPasswordEncoder();
    }

    @Bean
    @Profile("!embedded")
    Accounts configuredAccounts(SecurityProperties properties) {
        return new Accounts(properties.users());
    }

    /** For the first five minutes, on loopback only: each group is a user, all with one password. */
    @Bean
    @Profile("embedded")
    Accounts demonstrationAccounts(
            PasswordEncoder encoder, @Value("${tumorboard.demo-password:demo}") String password) {
        String encoded = encoder.encode(password);
        return new Accounts(List.copyOf(Groups.all().stream()
                .map(group -> new SecurityProperties.User(group, encoded, Set.of(group)))
                .toList()));
    }
}
