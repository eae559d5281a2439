package org.tumorboard.pathway;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

/** How late announcements were, told from the last ones. */
class RecentLatenessTest {

    private final RecentLateness recent = new RecentLateness();

    @Test
    void knowsNothingBeforeTheFirst() {
        assertThat(recent.read()).isEmpty();
    }

    @Test
    void tellsHalfNinetyNineInAHundredAndTheLatest() {
        for (int millis = 200; millis >= 1; millis--) {
            recent.add(Duration.ofMillis(millis));
        }

        assertThat(recent.read())
                .contains(new RecentLateness.Figures(
                        200, Duration.ofMillis(100), Duration.ofMillis(198), Duration.ofMillis(200)));
    }

    @Test
    void forgetsWhatIsLongPast() {
        recent.add(Duration.ofDays(1));
        for (int i = 0; i < 1_000; i++) {
            recent.add(Duration.ofMillis(3));
        }

        assertThat(recent.read().orElseThrow().latest()).isEqualTo(Duration.ofMillis(3));
    }
}
