package org.tumorboard.channel;

import java.time.Duration;

/** How long to wait before the next try: 2 s, doubling up to 10 minutes. */
final class BackOff {

    private static final Duration FIRST = Duration.ofSeconds(2);
    private static final Duration LONGEST = Duration.ofMinutes(10);
    private static final int DOUBLINGS = 9;

    private BackOff() {}

    /**
     * @param attempts how many have failed, from 1
     */
    static Duration after(int attempts) {
        Duration wait = FIRST.multipliedBy(1L << Math.min(attempts - 1, DOUBLINGS));
        return wait.compareTo(LONGEST) > 0 ? LONGEST : wait;
    }
}
