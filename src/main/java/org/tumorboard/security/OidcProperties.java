package org.tumorboard.security;

import java.net.URI;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.tumorboard.event.Groups;

/**
 * Sign-in at an OpenID Connect issuer.
 *
 * @param issuer its address, as in the claim {@code iss}; empty: people sign in with name and password here
 * @param clientId under which the issuer knows this application
 * @param clientSecret empty for a public client, which then has PKCE alone
 * @param scopes asked for; {@code openid} among them
 * @param userNameClaim the name a person has here; nobody may be able to change their own, and no two may share one
 * @param groupsClaim lists the person's groups, as a list of words or one word
 * @param groups what the words of that claim mean here; empty: they are the names of our groups
 */
@ConfigurationProperties("tumorboard.security.oidc")
record OidcProperties(
        @DefaultValue("") String issuer,
        @DefaultValue("") String clientId,
        @DefaultValue("") String clientSecret,
        @DefaultValue({"openid", "profile"}) Set<String> scopes,
        @DefaultValue("preferred_username") String userNameClaim,
        @DefaultValue("groups") String groupsClaim,
        @DefaultValue List<Meaning> groups) {

    OidcProperties {
        if (!issuer.isEmpty()) {
            require(
                    issuer.matches("https?://[^/\\s]+.*"),
                    "tumorboard.security.oidc.issuer: expected the issuer's address, https://…, but got '%s'."
                            .formatted(issuer));
            require(
                    !clientId.isEmpty(),
                    "tumorboard.security.oidc.client-id (TUMORBOARD_SECURITY_OIDC_CLIENT_ID) is missing: set the client"
                            + " under which the issuer knows this application.");
            require(
                    scopes.contains("openid"),
                    "tumorboard.security.oidc.scopes: expected openid among them, but got %s.".formatted(scopes));
            groups.forEach(meaning -> require(
                    Groups.all().contains(meaning.group()),
                    "tumorboard.security.oidc.groups: expected a group of %s, but '%s' means '%s'."
                            .formatted(Groups.all(), meaning.claim(), meaning.group())));
        }
    }

    /**
     * @param claim a word of the groups claim
     * @param group our group that it means
     */
    record Meaning(String claim, String group) {}

    boolean isOn() {
        return !issuer.isEmpty();
    }

    /** Our groups among the words of the claim. */
    Set<String> groupsOf(List<String> words) {
        Set<String> ours = new LinkedHashSet<>();
        if (groups.isEmpty()) {
            words.stream().filter(Groups.all()::contains).forEach(ours::add);
        }
        groups.stream()
                .filter(meaning -> words.contains(meaning.claim()))
                .map(Meaning::group)
                .forEach(ours::add);
        return ours;
    }

    /** Where the issuer's own pages are, to which a browser goes for sign-in and sign-out. */
    String origin() {
        URI address = URI.create(issuer);
        return address.getScheme() + "://" + address.getAuthority();
    }

    /** Keeps the secret to itself. */
    @Override
    public String toString() {
        return "OidcProperties[issuer=%s, clientId=%s]".formatted(issuer, clientId);
    }

    private static void require(boolean holds, String sentence) {
        if (!holds) {
            throw new SecuritySetupException(sentence);
        }
    }
}
