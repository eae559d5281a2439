package org.tumorboard.security;

import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Failed attempts by key. After the first few each has to wait twice as long as the one before; while a key waits, one
 * attempt at a time is let through when its moment comes, however many are made at once.
 */
final class Attempts {

    /** After this long without a failure nothing is known any more. */
    private static final Duration REMEMBERED = Duration.ofHours(1);

    private static final Duration LONGEST_WAIT = Duration.ofMinutes(5);

    private final int free;
    private final Map<String, Failures> byKey;

    /**
     * @param free failures without a wait
     * @param most keys kept; the one longest untouched is forgotten first
     */
    Attempts(int free, int most) {
        this.free = free;
        this.byKey = new LinkedHashMap<>(16, 0.75f, true) {
            @Override
            protected boolean removeEldestEntry(Map.Entry<String, Failures> eldest) {
                return size() > most;
            }
        };
    }

    private record Failures(int count, Instant lastAt, Instant openAt) {}

    /**
     * Asks to make an attempt now.
     *
     * @return zero if it may be made, else how long to wait
     */
    synchronized Duration claim(String key, Instant now) {
        Failures failures = known(key, now);
        if (failures == null || failures.count < free) {
            return Duration.ZERO;
        }
        if (now.isBefore(failures.openAt)) {
            return Duration.between(now, failures.openAt);
        }
        byKey.put(key, new Failures(failures.count, failures.lastAt, now.plus(waitAfter(failures.count))));
        return Duration.ZERO;
    }

    synchronized void failed(String key, Instant now) {
        Failures before = known(key, now);
        int count = before == null ? 1 : before.count + 1;
        byKey.put(key, new Failures(count, now, now.plus(waitAfter(count))));
    }

    synchronized void forget(String key) {
        byKey.remove(key);
    }

    private @Nullable Failures known(String key, Instant now) {
        Failures failures = byKey.get(key);
        return failures == null || now.isAfter(failures.lastAt.plus(REMEMBERED)) ? null : failures;
    }

    private Duration waitAfter(int count) {
        if (count < free) {
            return Duration.ZERO;
        }
        Duration wait = Duration.ofSeconds(1L << Math.min(count - free, 20));
        return wait.compareTo(LONGEST_WAIT) < 0 ? wait : LONGEST_WAIT;
    }
}
