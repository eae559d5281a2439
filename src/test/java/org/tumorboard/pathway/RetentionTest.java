package org.tumorboard.pathway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RetentionTest {

    @Test
    void whatIsUsualIsTaken() {
        Retention retention = retention(3650, "01:00", "05:00", 4380, 60);

        assertThat(retention.historyDays()).isEqualTo(3650);
        assertThat(retention.cleansUp()).isTrue();
        assertThat(retention(3650, "", "", 4380, 60).cleansUp()).isFalse();
    }

    /** Contents without the engine's history can be read; the history without contents cannot. */
    @ParameterizedTest
    @CsvSource({
        "0, 01:00, 05:00, 4380, 60, engine-history: expected 1d to 36500d",
        "3650, 01:00, 05:00, 3650, 60, contents: expected longer than tumorboard.retention.engine-history (PT87600H)",
        "3650, 01:00, 05:00, 40000, 60, contents: expected longer",
        "3650, 1 am, 05:00, 4380, 60, cleanup-from: expected a time such as 01:00",
        "3650, 01:00, 25:00, 4380, 60, cleanup-to: expected a time such as 05:00",
        "3650, 01:00, '', 4380, 60, cleanup-to: expected both ends of the window",
        "3650, 01:00, 05:00, 4380, 0, clear-every: expected 1m to 1d"
    })
    void whatIsUnusableStopsTheStartAndNamesTheSetting(
            long history, String from, String to, long contents, long every, String sentence) {
        assertThatThrownBy(() -> retention(history, from, to, contents, every))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("tumorboard.retention." + sentence);
    }

    private static Retention retention(long history, String from, String to, long contents, long every) {
        return new Retention(Duration.ofDays(history), from, to, Duration.ofDays(contents), Duration.ofMinutes(every));
    }
}
