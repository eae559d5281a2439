package org.tumorboard.security;

import java.util.List;
import java.util.Set;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * @param users who may sign in with name and password: people, or, with an issuer configured, only systems; required
 *     outside the profile {@code embedded} unless there is an issuer
 */
@ConfigurationProperties("tumorboard.security")
record SecurityProperties(@DefaultValue List<User> users) {

    /**
     * @param name to sign in with
     * @param password encoded, the encoding in braces before it: <code>{bcrypt}$2a$10$…</code>
     * @param groups of the person, e.g. {@code radiology}, {@code board-chair}, {@code admin}
     */
    record User(String name, String password, @DefaultValue Set<String> groups) {

        /** Says who, and keeps the password to itself. */
        @Override
        public String toString() {
            return "User[name=%s, groups=%s]".formatted(name, groups);
        }
    }
}
