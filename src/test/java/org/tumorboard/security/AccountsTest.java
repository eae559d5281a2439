package org.tumorboard.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.tumorboard.event.Person;

/** Users that would be unsafe or useless are refused at start, with a sentence that says what to set. */
class AccountsTest {

    private static final String ENCODED = "{bcrypt}$2a$10$N9qo8uLOickgx2ZMRZoMyeIjZAgcfl7p92ldGxad68LJZdL17lhWy";

    @Test
    void knowsThePeopleAndTheirGroups() {
        Accounts accounts = accounts(user("mara", ENCODED, "radiology"));

        assertThat(accounts.all()).containsExactly(new Person("mara", Set.of("radiology")));
        assertThat(accounts.find("mara").getAuthorities()).hasToString("[ROLE_radiology]");
    }

    @Test
    void refusesToStartWithoutUsers() {
        assertThatThrownBy(() -> accounts())
                .isInstanceOf(SecuritySetupException.class)
                .hasMessageContaining("TUMORBOARD_SECURITY_USERS_0_NAME")
                .hasMessageContaining("TUMORBOARD_SECURITY_OIDC_ISSUER");
    }

    @Test
    void needsNobodyWherePeopleComeFromAnIssuer() {
        Accounts accounts = new Accounts(List.of(), true, false);

        assertThat(accounts.all()).isEmpty();
        assertThat(accounts.othersMayCome()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{noop}correct horse battery staple",
                "{MD5}5f4dcc3b5aa765d61d8327deb882cf99",
                "{bcrypt}$2a$09$N9qo8uLOickgx2ZMRZoMyeIjZAgcfl7p92ldGxad68LJZdL17lhWy",
                "{bcrypt}$2a$18$N9qo8uLOickgx2ZMRZoMyeIjZAgcfl7p92ldGxad68LJZdL17lhWy",
                "{bcrypt}$2a$10$short"
            })
    void refusesAnEncodingThatIsEasilyUndone(String encoded) {
        assertThatThrownBy(() -> accounts(user("mara", encoded, "radiology")))
                .isInstanceOf(SecuritySetupException.class)
                .hasMessageContaining("--encode-password=mara")
                .hasMessageNotContaining(encoded);
        assertThat(new Accounts(List.of(user("mara", encoded, "radiology")), false, true).all())
                .hasSize(1);
    }

    @Test
    void refusesAPasswordThatIsNotEncodedAndKeepsItSecret() {
        assertThatThrownBy(() -> accounts(user("mara", "secret", "radiology")))
                .hasMessageContaining("'mara' encoded")
                .hasMessageNotContaining("secret");
        assertThat(user("mara", "secret", "radiology")).hasToString("User[name=mara, groups=[radiology]]");
    }

    @Test
    void refusesUnknownGroupsNamesAndRepetitions() {
        assertThatThrownBy(() -> accounts(user("mara", ENCODED, "surgeons"))).hasMessageContaining("surgeons");
        assertThatThrownBy(() -> accounts(user("mara m", ENCODED, "radiology"))).hasMessageContaining("'mara m'");
        assertThatThrownBy(() -> accounts(user("mara", ENCODED, "radiology"), user("mara", ENCODED, "ward")))
                .hasMessageContaining("twice");
    }

    private static Accounts accounts(SecurityProperties.User... users) {
        return new Accounts(List.of(users), false, false);
    }

    private static SecurityProperties.User user(String name, String password, String group) {
        return new SecurityProperties.User(name, password, Set.of(group));
    }
}
