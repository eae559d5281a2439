package org.tumorboard.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
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
        assertHeard("mara", "10.0.0.1");

        fail("mara", "10.0.0.1", 1);
        assertWaits("mara", "10.0.0.1", 1);
        clock.advance(Duration.ofSeconds(1));
        assertHeard("mara", "10.0.0.1");

        clock.advance(Duration.ofSeconds(1));
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
        assertHeard("ben", "10.0.9.9");
    }

    @Test
    void hearsTheFirstAttemptOfANameWhateverWasGuessedFromItsAddress() {
        IntStream.range(0, 1_000).forEach(name -> fail("invented-" + name, "10.0.0.1", 1));

        throttle.succeeded(throttle.claim("mara", "10.0.0.1"));
        assertHeard("nobody", "10.0.0.1");
    }

    @Test
    void leavesNoSecondGuessOfANameWithoutAWaitWhereManyFailed() {
        IntStream.range(0, 50).forEach(name -> fail("invented-" + name, "10.0.0.1", 1));

        fail("mara", "10.0.0.1", 1);
        fail("nobody", "10.0.0.1", 1);

        assertWaits("mara", "10.0.0.1", 1);
        assertWaits("nobody", "10.0.0.1", 1);
        fail("mara", "10.0.0.1", 1);
        assertWaits("mara", "10.0.0.1", 2);
        assertHeard("mara", "10.0.0.2");
    }

    @Test
    void keepsNobodyOutWhereTheyAlwaysSignIn() {
        throttle.succeeded(throttle.claim("radiology", "10.0.0.7"));

        fail("radiology", "10.9.9.9", 20);
        IntStream.range(0, 60).forEach(name -> fail("invented-" + name, "10.0.0.7", 1));

        assertWaits("radiology", "10.9.9.9", 300);
        assertHeard("radiology", "10.0.0.7");
        fail("radiology", "10.0.0.7", 5);
        assertWaits("radiology", "10.0.0.7", 1);
    }

    @Test
    void comparesNoMoreOfABurstThanIsFree() throws Exception {
        Burst burst = new Burst(120);

        assertThat(burst.of(attempt -> "mara", attempt -> "10.0.0.1", attempt -> false))
                .isEqualTo(5);
        assertWaits("mara", "10.0.0.1", 1);
    }

    @Test
    void comparesNoMoreOfABurstFromManyAddressesThanIsFree() throws Exception {
        Burst burst = new Burst(120);

        assertThat(burst.of(attempt -> "mara", attempt -> "10.0.0." + attempt, attempt -> false))
                .isEqualTo(5);
    }

    @Test
    void hearsAllOfABurstWithTheRightPassword() throws Exception {
        Burst burst = new Burst(40);

        assertThat(burst.of(attempt -> "radiology", attempt -> "10.0.0.1", attempt -> true))
                .isEqualTo(40);
        // five for the name, and once it is known there, five for the name there
        assertThat(burst.mostAtOnce.get()).isLessThanOrEqualTo(9);
    }

    @Test
    void comparesFewAtATimeWhereManyFailed() throws Exception {
        IntStream.range(0, 50).forEach(name -> fail("invented-" + name, "10.0.0.1", 1));
        Burst burst = new Burst(100);

        burst.of(attempt -> "other-" + attempt, attempt -> "10.0.0.1", attempt -> false);

        assertThat(burst.mostAtOnce.get()).isLessThanOrEqualTo(2);
        assertThat(burst.ended.get()).isPositive();
    }

    @Test
    void letsOthersGoOnThatNobodyKnowsWhetherTheyWereRight() {
        IntStream.range(0, 20).forEach(time -> throttle.withdrawn(throttle.claim("mara", "10.0.0.1")));

        assertHeard("mara", "10.0.0.1");
    }

    @Test
    void forgetsAfterASuccessAndAfterAnHour() {
        fail("mara", "10.0.0.1", 9);
        clock.advance(Duration.ofSeconds(30));
        throttle.succeeded(throttle.claim("mara", "10.0.0.1"));
        assertHeard("mara", "10.0.0.1");

        fail("ben", "10.0.0.2", 9);
        clock.advance(Duration.ofMinutes(61));
        assertHeard("ben", "10.0.0.2");
    }

    @Test
    void keepsOnlySoManyKeys() {
        Attempts attempts = new Attempts(1, 3);
        Instant now = clock.instant();
        IntStream.range(0, 4).forEach(key -> attempts.failed("key-" + key, now));

        assertThat(attempts.turn("key-0", now)).isEqualTo(Turn.NOW);
        assertThat(attempts.turn("key-3", now)).isInstanceOf(Turn.Later.class);
    }

    /** Attempts that all start at the same moment, and end only once nobody else can come. */
    private final class Burst {

        final AtomicInteger mostAtOnce = new AtomicInteger();
        final AtomicInteger ended = new AtomicInteger();
        private final AtomicInteger running = new AtomicInteger();
        private final int size;

        Burst(int size) {
            this.size = size;
        }

        interface Of<T> {
            T attempt(int number);
        }

        /** Returns how many were compared. */
        int of(Of<String> name, Of<String> address, Of<Boolean> isRight) throws Exception {
            ExecutorService threads = Executors.newFixedThreadPool(size);
            CountDownLatch all = new CountDownLatch(size);
            try {
                List<Callable<Void>> attempts = new ArrayList<>();
                for (int number = 0; number < size; number++) {
                    String by = name.attempt(number);
                    String from = address.attempt(number);
                    boolean right = isRight.attempt(number);
                    attempts.add(() -> attempt(all, by, from, right));
                }
                for (Future<Void> attempt : threads.invokeAll(attempts, 60, TimeUnit.SECONDS)) {
                    heard(attempt);
                }
                return ended.get();
            } finally {
                threads.shutdownNow();
            }
        }

        private Void attempt(CountDownLatch all, String name, String address, boolean isRight) throws Exception {
            all.countDown();
            all.await();
            SignInThrottle.Attempt attempt = throttle.claim(name, address);
            mostAtOnce.accumulateAndGet(running.incrementAndGet(), Math::max);
            // as long as a comparison takes, so that all others ask meanwhile
            long until = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(20);
            while (System.nanoTime() < until) {
                Thread.onSpinWait();
            }
            running.decrementAndGet();
            ended.incrementAndGet();
            if (isRight) {
                throttle.succeeded(attempt);
            } else {
                throttle.failed(attempt);
            }
            return null;
        }

        private void heard(Future<Void> attempt) throws Exception {
            try {
                attempt.get();
            } catch (ExecutionException e) {
                assertThat(e.getCause()).isInstanceOf(TooManyAttemptsException.class);
            }
        }
    }

    /** Guesses wrongly, each time as soon as it is let through. */
    private void fail(String name, String address, int times) {
        for (int time = 0; time < times; time++) {
            throttle.failed(claimInTime(name, address));
        }
    }

    private SignInThrottle.Attempt claimInTime(String name, String address) {
        try {
            return throttle.claim(name, address);
        } catch (TooManyAttemptsException early) {
            clock.advance(Duration.ofSeconds(early.seconds()));
            return throttle.claim(name, address);
        }
    }

    private boolean isHeard(String name, String address) {
        try {
            throttle.withdrawn(throttle.claim(name, address));
            return true;
        } catch (TooManyAttemptsException e) {
            return false;
        }
    }

    private void assertHeard(String name, String address) {
        assertThatCode(() -> throttle.withdrawn(throttle.claim(name, address))).doesNotThrowAnyException();
    }

    private void assertWaits(String name, String address, long seconds) {
        assertThatThrownBy(() -> throttle.claim(name, address))
                .isInstanceOfSatisfying(TooManyAttemptsException.class, e -> assertThat(e.seconds())
                        .isEqualTo(seconds));
    }
}
