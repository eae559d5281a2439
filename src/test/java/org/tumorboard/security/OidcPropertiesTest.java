package org.tumorboard.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.tumorboard.security.OidcProperties.Meaning;

/** What the issuer's groups mean here, and the sentences for settings that cannot work. */
class OidcPropertiesTest {

    private static final String ISSUER = "https://issuer.example/realms/hospital";

    @Test
    void takesGroupsOfTheSameNameWhereNothingElseIsSaid() {
        OidcProperties same = oidc(ISSUER, "tumorboard");

        assertThat(same.groupsOf(List.of("radiology", "staff"))).containsExactly("radiology");
    }

    @Test
    void takesOnlyTheGroupsThatAreSaidToMeanOurs() {
        OidcProperties mapped = oidc(
                ISSUER, "tumorboard", new Meaning("TB-Radio", "radiology"), new Meaning("TB-Chair", "board-chair"));

        assertThat(mapped.groupsOf(List.of("TB-Radio", "admin", "TB-Chair")))
                .containsExactly("radiology", "board-chair");
        assertThat(mapped.groupsOf(List.of("admin"))).isEmpty();
    }

    @Test
    void saysWhatIsMissingOrUnknown() {
        assertThatThrownBy(() -> oidc(ISSUER, "")).hasMessageContaining("TUMORBOARD_SECURITY_OIDC_CLIENT_ID");
        assertThatThrownBy(() -> oidc("issuer.example", "tumorboard")).hasMessageContaining("'issuer.example'");
        assertThatThrownBy(() -> oidc(ISSUER, "tumorboard", new Meaning("x", "surgeons")))
                .hasMessageContaining("'x' means 'surgeons'");
        assertThat(oidc("", "").isOn()).isFalse();
        assertThat(oidc(ISSUER, "tumorboard").toString()).doesNotContain("secret");
    }

    private static OidcProperties oidc(String issuer, String client, Meaning... groups) {
        return new OidcProperties(
                issuer, client, "secret", Set.of("openid"), "preferred_username", "groups", List.of(groups));
    }
}
