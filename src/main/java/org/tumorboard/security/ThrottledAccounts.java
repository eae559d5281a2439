package org.tumorboard.security;

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
        throttle.claim(name, address);
        try {
            Authentication who = super.authenticate(attempt);
            throttle.succeeded(name, address);
            return who;
        } catch (BadCredentialsException e) {
            throttle.failed(name, address);
            throw e;
        }
    }
}
