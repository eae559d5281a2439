package org.tumorboard.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.tumorboard.SettableClock;

/** Guessing gets slower with each failure, by name and by address, and nobody else is kept out by it. */
class SignInThrottleTest {

    private final SettableClock clock = new SettableClock();
    private final SignInThrottle throttle = new SignInThrottle(clock);

    @Test
    void leavesAFewMistakesWithoutAWaitAndDoublesItThen() {
        fail("mara", "10.0.0.1", 4);
        throttle.claim("mara", "10.0.0.1");

        fail("mara", "10.0.0.1", 1);
        assertWaits("mara", "10.0.0.1", 1);
        clock.advance(Duration.ofSeconds(1));
        throttle.claim("mara", "10.0.0.1");

        fail("mara", "10.0.0.1", 1);
        assertWaits("mara", "10.0.0.1", 2);
        fail("mara", "10.0.0.1", 30);
        assertWaits("mara", "10.0.0.1", 300);
    }

    @Test
    void letsOneOfManyAtOnceThroughWhenTheMomentComes() {
        fail("mara", "10.0.0.1", 6);
        clock.advance(Duration.ofSeconds(2));

        long heard = IntStream.range(0, 100)
                .filter(attempt -> isHeard("mara", "10.0.0." + attempt))
                .count();

        assertThat(heard).isOne();
    }

    @Test
    void countsANameWhateverAddressItIsGuessedFrom() {
        IntStream.range(0, 5).forEach(address -> fail("mara", "10.0.0." + address, 1));

        assertWaits("mara", "10.0.9.9", 1);
        assertThatCode(() -> throttle.claim("ben", "10.0.9.9")).doesNotThrowAnyException();
    }

    @Test
    void countsAnAddressWhateverNamesItGuesses() {
        IntStream.range(0, 50).forEach(name -> fail("name-" + name, "10.0.0.1", 1));

        assertWaits("mara", "10.0.0.1", 1);
        assertThatCode(() -> throttle.claim("mara", "10.0.0.2")).doesNotThrowAnyException();
    }

    @Test
    void keepsNobodyOutWhereTheyAlwaysSignIn() {
        throttle.succeeded("radiology", "10.0.0.7");

        fail("radiology", "10.9.9.9", 20);

        assertWaits("radiology", "10.9.9.9", 300);
        assertThatCode(() -> throttle.claim("radiology", "10.0.0.7")).doesNotThrowAnyException();
        fail("radiology", "10.0.0.7", 5);
        assertWaits("radiology", "10.0.0.7", 1);
    }

    @Test
    void forgetsAfterASuccessAndAfterAnHour() {
        fail("mara", "10.0.0.1", 9);
        throttle.succeeded("mara", "10.0.0.1");
        throttle.claim("mara", "10.0.0.1");

        fail("ben", "10.0.0.2", 9);
        clock.advance(Duration.ofMinutes(61));
        throttle.claim("ben", "10.0.0.2");
    }

    @Test
    void keepsOnlySoManyKeys() {
        Attempts attempts = new Attempts(1, 3);
        Instant now = clock.instant();
        IntStream.range(0, 4).forEach(key -> attempts.failed("key-" + key, now));

        assertThat(attempts.claim("key-0", now)).isZero();
        assertThat(attempts.claim("key-3", now)).isPositive();
    }

    private void fail(String name, String address, int times) {
        IntStream.range(0, times).forEach(time -> throttle.failed(name, address));
    }

    private boolean isHeard(String name, String address) {
        try {
            throttle.claim(name, address);
            return true;
        } catch (TooManyAttemptsException e) {
            return false;
        }
    }

    private void assertWaits(String name, String address, long seconds) {
        assertThatThrownBy(() -> throttle.claim(name, address))
                .isInstanceOfSatisfying(TooManyAttemptsException.class, e -> assertThat(e.seconds())
                        .isEqualTo(seconds));
    }
}
