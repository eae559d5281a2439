package org.tumorboard.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.tumorboard.event.Person;

/** Users that would be unsafe or useless are refused at start, with a sentence that says what to set. */
class AccountsTest {

    private static final String ENCODED = "{bcrypt}$2a$10$abc";

    @Test
    void knowsThePeopleAndTheirGroups() {
        Accounts accounts = new Accounts(List.of(user("mara", ENCODED, "radiology")));

        assertThat(accounts.all()).containsExactly(new Person("mara", Set.of("radiology")));
        assertThat(accounts.loadUserByUsername("mara").getAuthorities()).hasToString("[ROLE_radiology]");
    }

    @Test
    void refusesToStartWithoutUsers() {
        assertThatThrownBy(() -> new Accounts(List.of()))
                .isInstanceOf(SecuritySetupException.class)
                .hasMessageContaining("TUMORBOARD_SECURITY_USERS_0_NAME");
    }

    @Test
    void refusesAPasswordThatIsNotEncodedAndKeepsItSecret() {
        assertThatThrownBy(() -> new Accounts(List.of(user("mara", "secret", "radiology"))))
                .hasMessageContaining("'mara' encoded")
                .hasMessageNotContaining("secret");
        assertThat(user("mara", "secret", "radiology")).hasToString("User[name=mara, groups=[radiology]]");
    }

    @Test
    void refusesUnknownGroupsNamesAndRepetitions() {
        assertThatThrownBy(() -> new Accounts(List.of(user("mara", ENCODED, "surgeons"))))
                .hasMessageContaining("surgeons");
        assertThatThrownBy(() -> new Accounts(List.of(user("mara m", ENCODED, "radiology"))))
                .hasMessageContaining("'mara m'");
        assertThatThrownBy(
                        () -> new Accounts(List.of(user("mara", ENCODED, "radiology"), user("mara", ENCODED, "ward"))))
                .hasMessageContaining("twice");
    }

    private static SecurityProperties.User user(String name, String password, String group) {
        return new SecurityProperties.User(name, password, Set.of(group));
    }
}
