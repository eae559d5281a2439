package org.tumorboard.security;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/**
 * Slows down who guesses passwords, by name and by address, for form and Basic alike. Whether a name exists makes no
 * difference. A name that signed in from an address before is counted apart there: who guesses it elsewhere cannot keep
 * the person, or the department's system, out.
 */
final class SignInThrottle {

    private static final int MOST = 10_000;
    private static final int LONGEST_NAME = 64;
    private static final int FREE_BY_NAME = 5;
    /** More, since a whole ward may share one address. */
    private static final int FREE_BY_ADDRESS = 50;

    private final Attempts names = new Attempts(FREE_BY_NAME, MOST);
    private final Attempts addresses = new Attempts(FREE_BY_ADDRESS, MOST);
    private final Set<String> familiar = Collections.synchronizedSet(Collections.newSetFromMap(new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Boolean> eldest) {
            return size() > MOST;
        }
    }));
    private final Clock clock;

    SignInThrottle(Clock clock) {
        this.clock = clock;
    }

    /**
     * Lets an attempt through or not.
     *
     * @throws TooManyAttemptsException if it comes too early
     */
    void claim(String name, String address) {
        Instant now = clock.instant();
        Duration wait = addresses.claim(address, now);
        if (wait.isZero()) {
            wait = names.claim(key(name, address), now);
        }
        if (!wait.isZero()) {
            throw new TooManyAttemptsException(wait);
        }
    }

    void failed(String name, String address) {
        Instant now = clock.instant();
        names.failed(key(name, address), now);
        addresses.failed(address, now);
    }

    void succeeded(String name, String address) {
        names.forget(key(name, address));
        familiar.add(pair(name, address));
    }

    private String key(String name, String address) {
        String pair = pair(name, address);
        return familiar.contains(pair) ? pair : shortened(name);
    }

    private static String pair(String name, String address) {
        return shortened(name) + " " + address;
    }

    private static String shortened(String name) {
        return name.length() <= LONGEST_NAME ? name : name.substring(0, LONGEST_NAME);
    }
}
