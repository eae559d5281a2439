package org.tumorboard.security;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.context.event.EventListener;
import org.springframework.security.authentication.event.AbstractAuthenticationFailureEvent;
import org.springframework.security.authentication.event.AuthenticationSuccessEvent;
import org.springframework.security.authentication.event.LogoutSuccessEvent;
import org.springframework.security.core.Authentication;
import org.springframework.security.web.authentication.WebAuthenticationDetails;
import org.springframework.stereotype.Component;
import org.tumorboard.event.Actor;
import org.tumorboard.event.Deed;
import org.tumorboard.event.Groups;
import org.tumorboard.event.PersonalDeeds;

/**
 * Puts on record who signs in to a session and out of it, who shows a password with a request, and who is refused. It is
 * told before there is a session: what cannot be recorded opens none. Of a refused attempt only a name that is known here:
 * what else was typed into that field may be a password.
 */
@Component
class SignInsOnRecord {

    private static final String ROLE = "ROLE_";

    private final PersonalDeeds deeds;
    private final Accounts accounts;

    SignInsOnRecord(PersonalDeeds deeds, Accounts accounts) {
        this.deeds = deeds;
        this.accounts = accounts;
    }

    @EventListener
    void signedIn(AuthenticationSuccessEvent event) {
        Authentication who = event.getAuthentication();
        if (!(who.getDetails() instanceof PasswordInRequest request)) {
            deeds.did(actor(who), Deed.SIGNED_IN, null, null);
        } else if (!request.isForMetrics()) {
            deeds.did(actor(who), Deed.SIGNED_IN_PER_REQUEST, null, null);
        }
    }

    @EventListener
    void refused(AbstractAuthenticationFailureEvent event) {
        Authentication attempt = event.getAuthentication();
        String name = accounts.knows(attempt.getName()) ? attempt.getName() : Actor.UNKNOWN;
        boolean isTooEarly = event.getException() instanceof TooManyAttemptsException;
        deeds.did(
                new Actor(name, List.of(), address(attempt)),
                isTooEarly ? Deed.SIGN_IN_THROTTLED : Deed.SIGN_IN_REFUSED,
                null,
                null);
    }

    @EventListener
    void signedOut(LogoutSuccessEvent event) {
        deeds.did(actor(event.getAuthentication()), Deed.SIGNED_OUT, null, null);
    }

    private static Actor actor(Authentication who) {
        List<String> roles = who.getAuthorities().stream()
                .map(role -> String.valueOf(role.getAuthority()))
                .toList();
        return new Actor(
                who.getName(),
                Groups.all().stream()
                        .filter(group -> roles.contains(ROLE + group))
                        .toList(),
                address(who));
    }

    private static @Nullable String address(Authentication who) {
        return who.getDetails() instanceof WebAuthenticationDetails web ? web.getRemoteAddress() : null;
    }
}
