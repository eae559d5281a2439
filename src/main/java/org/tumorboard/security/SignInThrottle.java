package org.tumorboard.security;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;

/**
 * Slows down who guesses passwords, by name and by address, for form and Basic alike. Whether a name exists makes no
 * difference. Attempts under way count as if they had failed, so that many at once are no more than the few that are free;
 * the others wait a moment for the answer, and go on if it is a success.
 *
 * <p>A name that signed in from an address before is counted apart there: who guesses it elsewhere, or guesses others there,
 * cannot keep the person, or the department's system, out.
 *
 * <p>An address is never shut, since a whole hospital may share it. After many failures it becomes narrow: few attempts are
 * compared at a time, and each name has one guess there before its waits begin. What that leaves to an attacker:
 *
 * <ul>
 *   <li>invented names, a new one each time, pass the wait by name; they find the narrow way, and take no more of the
 *       processors than its width. For as long as they keep it full, others there who never signed in from it have to try
 *       again;
 *   <li>one password for all known names gets one guess a name, then the waits, as it would from many addresses: a
 *       name stands some 25 guesses in the first hour and 12 in each later one, wherever they come from;
 *   <li>ten thousand names push older ones out of memory; at the narrow way's pace that takes longer than the longest wait.
 * </ul>
 */
final class SignInThrottle {

    private static final int MOST = 10_000;
    private static final int LONGEST_NAME = 64;
    private static final int FREE_BY_NAME = 5;
    /** More, since a whole ward may share one address. */
    private static final int FREE_BY_ADDRESS = 50;

    /** Compared at a time for an address, a costly thing by design: few if it failed often. */
    private static final int WIDTH = 8;

    private static final int NARROW_WIDTH = 2;

    /** How long an attempt waits for others under way, and how many do: each holds a thread of the web server. */
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private static final int MOST_WAITING = 80;
    private static final int MOST_WAITING_BY_ADDRESS = 40;
    private static final Duration NEXT_TRY = Duration.ofSeconds(1);

    private final Attempts names = new Attempts(FREE_BY_NAME, MOST);
    private final Attempts addresses = new Attempts(FREE_BY_ADDRESS, MOST);
    /** A name at an address. */
    private final Attempts pairs = new Attempts(1, MOST);

    private final Set<String> familiar = Collections.newSetFromMap(new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Boolean> eldest) {
            return size() > MOST;
        }
    });
    private final Clock clock;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition anotherEnded = lock.newCondition();
    private final Map<String, Integer> waitingByAddress = new HashMap<>();
    private int waiting;

    SignInThrottle(Clock clock) {
        this.clock = clock;
    }

    /**
     * An attempt that is under way, to be settled by one of {@link #failed}, {@link #succeeded} and {@link #withdrawn}.
     *
     * @param key what it counts for besides its address: the name, or the name there
     */
    record Attempt(String key, String pair, String address) {}

    /**
     * Lets an attempt through, maybe after a moment, or not.
     *
     * @throws TooManyAttemptsException if it comes too early
     */
    Attempt claim(String name, String address) {
        String pair = shortened(name) + " " + address;
        lock.lock();
        try {
            long patience = PATIENCE.toNanos();
            while (true) {
                Instant now = clock.instant();
                boolean isFamiliar = familiar.contains(pair);
                Attempt attempt = new Attempt(isFamiliar ? pair : shortened(name), pair, address);
                Turn turn = turn(attempt, isFamiliar, now);
                if (turn instanceof Turn.Now) {
                    begin(attempt, now);
                    return attempt;
                }
                if (turn instanceof Turn.Later later) {
                    throw new TooManyAttemptsException(later.after());
                }
                patience = await(address, patience);
            }
        } finally {
            lock.unlock();
        }
    }

    private Turn turn(Attempt attempt, boolean isFamiliar, Instant now) {
        Turn byName = names.turn(attempt.key, now);
        return isFamiliar || !(byName instanceof Turn.Now) ? byName : turnThere(attempt, now);
    }

    private Turn turnThere(Attempt attempt, Instant now) {
        boolean isNarrow = addresses.isSpent(attempt.address, now);
        Turn turn = isNarrow ? pairs.turn(attempt.pair, now) : Turn.NOW;
        boolean isFull = addresses.running(attempt.address, now) >= (isNarrow ? NARROW_WIDTH : WIDTH);
        return isFull && turn instanceof Turn.Now ? Turn.AFTER_ANOTHER : turn;
    }

    /** Returns what is left of the patience, in ns. */
    private long await(String address, long patience) {
        int there = waitingByAddress.getOrDefault(address, 0);
        if (patience <= 0 || waiting >= MOST_WAITING || there >= MOST_WAITING_BY_ADDRESS) {
            throw new TooManyAttemptsException(NEXT_TRY);
        }
        waiting++;
        waitingByAddress.merge(address, 1, Integer::sum);
        try {
            return anotherEnded.awaitNanos(patience);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new TooManyAttemptsException(NEXT_TRY);
        } finally {
            waiting--;
            waitingByAddress.compute(address, (key, before) -> before == null || before == 1 ? null : before - 1);
        }
    }

    private void begin(Attempt attempt, Instant now) {
        names.begin(attempt.key, now);
        pairs.begin(attempt.pair, now);
        addresses.begin(attempt.address, now);
    }

    void failed(Attempt attempt) {
        settle(now -> {
            names.failed(attempt.key, now);
            pairs.failed(attempt.pair, now);
            addresses.failed(attempt.address, now);
        });
    }

    void succeeded(Attempt attempt) {
        settle(now -> {
            names.succeeded(attempt.key, now);
            pairs.succeeded(attempt.pair, now);
            addresses.withdrawn(attempt.address, now);
            familiar.add(attempt.pair);
        });
    }

    /** It ended without an answer whether the password was right. */
    void withdrawn(Attempt attempt) {
        settle(now -> {
            names.withdrawn(attempt.key, now);
            pairs.withdrawn(attempt.pair, now);
            addresses.withdrawn(attempt.address, now);
        });
    }

    private void settle(Consumer<Instant> how) {
        lock.lock();
        try {
            how.accept(clock.instant());
            anotherEnded.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private static String shortened(String name) {
        return name.length() <= LONGEST_NAME ? name : name.substring(0, LONGEST_NAME);
    }
}
