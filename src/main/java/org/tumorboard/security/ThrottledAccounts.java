package org.tumorboard.security;

import java.util.function.Consumer;
import org.springframework.security.authentication.BadCredentialsException;
import org.springframework.security.authentication.dao.DaoAuthenticationProvider;
import org.springframework.security.core.Authentication;
import org.springframework.security.crypto.password.PasswordEncoder;
import org.springframework.security.web.authentication.WebAuthenticationDetails;

/** Compares name and password with the accounts, and no more often than {@link SignInThrottle} lets through. */
final class ThrottledAccounts extends DaoAuthenticationProvider {

    private final SignInThrottle throttle;

    ThrottledAccounts(Accounts accounts, PasswordEncoder encoder, SignInThrottle throttle) {
        super(accounts::find);
        setPasswordEncoder(encoder);
        this.throttle = throttle;
    }

    @Override
    public Authentication authenticate(Authentication attempt) {
        String name = attempt.getName();
        String address =
                attempt.getDetails() instanceof WebAuthenticationDetails web ? web.getRemoteAddress() : "unknown";
        SignInThrottle.Attempt claimed = throttle.claim(name, address);
        Consumer<SignInThrottle.Attempt> end = throttle::withdrawn;
        try {
            Authentication who = super.authenticate(attempt);
            end = throttle::succeeded;
            return who;
        } catch (BadCredentialsException e) {
            end = throttle::failed;
            throw e;
        } finally {
            end.accept(claimed);
        }
    }
}
