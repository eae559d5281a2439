package org.tumorboard.security;

import static java.util.stream.Collectors.toSet;

import java.util.Collection;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.security.core.GrantedAuthority;
import org.springframework.security.core.authority.SimpleGrantedAuthority;
import org.springframework.security.oauth2.client.oidc.userinfo.OidcUserRequest;
import org.springframework.security.oauth2.client.oidc.userinfo.OidcUserService;
import org.springframework.security.oauth2.client.userinfo.OAuth2UserService;
import org.springframework.security.oauth2.core.oidc.user.DefaultOidcUser;
import org.springframework.security.oauth2.core.oidc.user.OidcUser;
import org.tumorboard.event.Person;
import org.tumorboard.event.PersonSignedIn;

/** Whom the issuer names becomes a person of ours, with the groups of its claim and no others; whoever has none stays out. */
final class IssuedPeople implements OAuth2UserService<OidcUserRequest, OidcUser> {

    private final OAuth2UserService<OidcUserRequest, OidcUser> claims;
    private final OidcProperties properties;
    private final Accounts systems;
    private final ApplicationEventPublisher events;

    IssuedPeople(OidcProperties properties, Accounts systems, ApplicationEventPublisher events) {
        this(new OidcUserService(), properties, systems, events);
    }

    IssuedPeople(
            OAuth2UserService<OidcUserRequest, OidcUser> claims,
            OidcProperties properties,
            Accounts systems,
            ApplicationEventPublisher events) {
        this.claims = claims;
        this.properties = properties;
        this.systems = systems;
        this.events = events;
    }

    /**
     * @throws NoMemberException if the name cannot be used here, or no group of ours is among the person's
     */
    @Override
    public OidcUser loadUser(OidcUserRequest request) {
        OidcUser claimed = claims.loadUser(request);
        Person person = new Person(name(claimed), groups(claimed));
        events.publishEvent(new PersonSignedIn(person));
        Set<GrantedAuthority> roles = person.groups().stream()
                .map(group -> new SimpleGrantedAuthority("ROLE_" + group))
                .collect(toSet());
        return new DefaultOidcUser(roles, claimed.getIdToken(), claimed.getUserInfo(), properties.userNameClaim());
    }

    private String name(OidcUser claimed) {
        String name = claimed.getClaimAsString(properties.userNameClaim());
        if (name == null || !Accounts.NAME.matcher(name).matches()) {
            throw new NoMemberException(
                    "expected in the claim '%s' a name of 1–64 letters, digits and . _ @ -, but got '%s'"
                            .formatted(properties.userNameClaim(), printable(name)));
        }
        if (systems.knows(name)) {
            throw new NoMemberException(
                    "'%s' is the name of a system in tumorboard.security.users: a person needs another one"
                            .formatted(name));
        }
        return name;
    }

    private Set<String> groups(OidcUser claimed) {
        List<String> words = words(claimed.getClaim(properties.groupsClaim()));
        Set<String> groups = properties.groupsOf(words);
        if (groups.isEmpty()) {
            throw new NoMemberException("expected a group of ours for '%s' in the claim '%s', but it has %s"
                    .formatted(name(claimed), properties.groupsClaim(), printable(words)));
        }
        return groups;
    }

    /** For the log, where a claim must not look like a line of its own. */
    private static String printable(@Nullable Object claim) {
        return String.valueOf(claim).replaceAll("\\p{Cntrl}", "?");
    }

    private static List<String> words(@Nullable Object claim) {
        if (claim instanceof Collection<?> several) {
            return several.stream().map(String::valueOf).toList();
        }
        return claim == null ? List.of() : List.of(claim.toString());
    }
}
