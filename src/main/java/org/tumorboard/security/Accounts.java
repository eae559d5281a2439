package org.tumorboard.security;

import static java.util.stream.Collectors.toUnmodifiableMap;

import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.springframework.security.core.userdetails.User;
import org.springframework.security.core.userdetails.UserDetails;
import org.springframework.security.core.userdetails.UsernameNotFoundException;
import org.tumorboard.event.Groups;
import org.tumorboard.event.People;
import org.tumorboard.event.Person;

/** The configured users, checked once at start; a group is a role of the same name. */
final class Accounts implements People {

    static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._@-]{0,63}");

    private static final Pattern ENCODED = Pattern.compile("\\{[A-Za-z0-9@.-]+}.+");

    /** bcrypt with a cost of 10 to 14: less is guessed too fast, more keeps the machine busy with each attempt. */
    private static final Pattern STRONG = Pattern.compile("\\{bcrypt}\\$2[aby]\\$1[0-4]\\$[./A-Za-z0-9]{53}");

    private final Map<String, SecurityProperties.User> users;

    private final boolean othersMayCome;

    /**
     * @param users people, or with an issuer the systems that sign in with name and password
     * @param othersMayCome whether people sign in at an issuer
     * @param weakAllowed whether passwords may be encoded in a way that is easily undone
     */
    Accounts(List<SecurityProperties.User> users, boolean othersMayCome, boolean weakAllowed) {
        if (users.isEmpty() && !othersMayCome) {
            throw new SecuritySetupException(
                    "Nobody could sign in: set tumorboard.security.users (TUMORBOARD_SECURITY_USERS_0_NAME, …_0_PASSWORD"
                            + " encoded as {bcrypt}…, …_0_GROUPS such as coordination), at least one user, or"
                            + " tumorboard.security.oidc (TUMORBOARD_SECURITY_OIDC_ISSUER, …_CLIENT_ID) for sign-in at"
                            + " an OpenID Connect issuer.");
        }
        users.forEach(user -> check(user, weakAllowed));
        this.othersMayCome = othersMayCome;
        this.users = users.stream()
                .collect(toUnmodifiableMap(SecurityProperties.User::name, user -> user, (first, second) -> {
                    throw new SecuritySetupException(
                            "tumorboard.security.users: expected each name once, but '%s' is there twice."
                                    .formatted(first.name()));
                }));
    }

    @Override
    public List<Person> all() {
        return users.values().stream()
                .map(user -> new Person(user.name(), user.groups()))
                .toList();
    }

    @Override
    public boolean othersMayCome() {
        return othersMayCome;
    }

    boolean knows(String name) {
        return users.containsKey(name);
    }

    /**
     * @throws UsernameNotFoundException if nobody has that name
     */
    UserDetails find(String name) {
        SecurityProperties.User user = users.get(name);
        if (user == null) {
            throw new UsernameNotFoundException("nobody has that name");
        }
        return User.withUsername(user.name())
                .password(user.password())
                .roles(user.groups().toArray(String[]::new))
                .build();
    }

    private static void check(SecurityProperties.User user, boolean weakAllowed) {
        if (user.name() == null || !NAME.matcher(user.name()).matches()) {
            throw new SecuritySetupException(
                    "tumorboard.security.users: expected a name of 1–64 letters, digits and . _ @ -, but got '%s'."
                            .formatted(user.name()));
        }
        if (user.password() == null || !ENCODED.matcher(user.password()).matches()) {
            throw new SecuritySetupException(
                    "tumorboard.security.users: expected the password of '%s' encoded, with its encoding before it, as in {bcrypt}$2a$10$…, but it is not."
                            .formatted(user.name()));
        }
        if (!weakAllowed && !STRONG.matcher(user.password()).matches()) {
            throw new SecuritySetupException(
                    "tumorboard.security.users: expected the password of '%s' encoded as {bcrypt} with a cost of 10 to 14, as --encode-password=%s prints it, but it is encoded otherwise."
                            .formatted(user.name(), user.name()));
        }
        if (!Groups.all().containsAll(user.groups())) {
            throw new SecuritySetupException("tumorboard.security.users: expected groups of %s, but '%s' has %s."
                    .formatted(Groups.all(), user.name(), user.groups()));
        }
    }
}
