package org.tumorboard.security;

import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Attempts by key: those that failed, and those under way, each of which may yet fail. As long as both together are a few,
 * nobody waits. After that many failures each attempt has to wait twice as long as the one before, and when its moment comes
 * one is let through, however many are made at once. Guarded by its owner's lock.
 */
final class Attempts {

    /** After this long without an attempt nothing is known any more. */
    private static final Duration REMEMBERED = Duration.ofHours(1);

    private static final Duration LONGEST_WAIT = Duration.ofMinutes(5);
    private static final Known NOTHING = new Known(0, 0, Instant.MIN, Instant.MIN);

    private final int free;
    private final Map<String, Known> byKey;

    /**
     * @param free failures without a wait
     * @param most keys kept; the one longest untouched is forgotten first
     */
    Attempts(int free, int most) {
        this.free = free;
        this.byKey = new LinkedHashMap<>(16, 0.75f, true) {
            @Override
            protected boolean removeEldestEntry(Map.Entry<String, Known> eldest) {
                return size() > most;
            }
        };
    }

    private record Known(int failures, int running, Instant lastAt, Instant openAt) {}

    /** Whether an attempt may be made now; asking changes nothing. */
    Turn turn(String key, Instant now) {
        Known known = known(key, now);
        if (known.failures >= free) {
            return now.isBefore(known.openAt) ? new Turn.Later(Duration.between(now, known.openAt)) : Turn.NOW;
        }
        return isSpent(key, now) ? Turn.AFTER_ANOTHER : Turn.NOW;
    }

    /** Whether all that is free is used, should those under way fail. */
    boolean isSpent(String key, Instant now) {
        Known known = known(key, now);
        return known.failures + known.running >= free;
    }

    int running(String key, Instant now) {
        return known(key, now).running;
    }

    /** An attempt is under way; while the key waits, the next one has to wait again. */
    void begin(String key, Instant now) {
        Known known = known(key, now);
        Instant openAt = known.failures < free ? known.openAt : now.plus(waitAfter(known.failures));
        byKey.put(key, new Known(known.failures, known.running + 1, now, openAt));
    }

    void failed(String key, Instant now) {
        Known known = known(key, now);
        int failures = known.failures + 1;
        byKey.put(key, new Known(failures, less(known.running), now, now.plus(waitAfter(failures))));
    }

    void succeeded(String key, Instant now) {
        keep(key, new Known(0, less(known(key, now).running), now, Instant.MIN));
    }

    /** It ended without an answer whether it was right. */
    void withdrawn(String key, Instant now) {
        Known known = known(key, now);
        keep(key, new Known(known.failures, less(known.running), now, known.openAt));
    }

    private void keep(String key, Known known) {
        if (known.failures == 0 && known.running == 0) {
            byKey.remove(key);
        } else {
            byKey.put(key, known);
        }
    }

    private Known known(String key, Instant now) {
        Known known = byKey.getOrDefault(key, NOTHING);
        return known == NOTHING || !now.isAfter(known.lastAt.plus(REMEMBERED))
                ? known
                : new Known(0, known.running, now, Instant.MIN);
    }

    /** Where the key was forgotten meanwhile, so was what was under way. */
    private static int less(int running) {
        return Math.max(0, running - 1);
    }

    private Duration waitAfter(int failures) {
        if (failures < free) {
            return Duration.ZERO;
        }
        Duration wait = Duration.ofSeconds(1L << Math.min(failures - free, 20));
        return wait.compareTo(LONGEST_WAIT) < 0 ? wait : LONGEST_WAIT;
    }
}
