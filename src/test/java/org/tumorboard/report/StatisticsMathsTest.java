package org.tumorboard.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

/** The arithmetic of the statistics, against values computed elsewhere or by hand. */
class StatisticsMathsTest {

    private static final Offset<Double> PUBLISHED = within(.00005);
    private static final LocalDate MONDAY = LocalDate.parse("2026-01-05");

    @Test
    void knowsWilsonsInterval() {
        // Newcombe 1998, table I, method 3
        assertInterval(81, 263, .2553, .3662);
        assertInterval(15, 148, .0624, .1605);
        assertInterval(0, 20, 0, .1611);
        assertInterval(1, 29, .0061, .1718);
        assertInterval(29, 29, .8830, 1);
    }

    @Test
    void hasNoIntervalWithoutRunsAndRefusesMoreHitsThanRuns() {
        assertThat(Interval.wilson(0, 0)).isNull();
        assertThat(new OnTime(0, 0, 0).rate()).isNull();
        assertThatThrownBy(() -> Interval.wilson(3, 2)).hasMessageContaining("0 to 2 hits, but got 3");
    }

    @Test
    void takesPercentilesByNearestRank() {
        List<Duration> hours =
                IntStream.rangeClosed(1, 10).mapToObj(Duration::ofHours).toList();

        assertThat(Percentiles.of(hours))
                .isEqualTo(new Percentiles(10, Duration.ofHours(5), Duration.ofHours(9), Duration.ofHours(10)));
        assertThat(Percentiles.of(hours.subList(0, 1)))
                .isEqualTo(new Percentiles(1, Duration.ofHours(1), Duration.ofHours(1), Duration.ofHours(1)));
        assertThat(Percentiles.of(List.of(Duration.ofHours(9), Duration.ofHours(1), Duration.ofHours(2)))
                        .p50())
                .isEqualTo(Duration.ofHours(2));
        assertThat(Percentiles.of(List.of())).isEqualTo(new Percentiles(0, null, null, null));
    }

    @Test
    void widensTheControlLimitsOfWeeksWithFewRuns() {
        RunChart chart = RunChart.of(weeks(new int[][] {{90, 100}, {18, 25}, {72, 75}}));

        assertThat(chart.centre()).isEqualTo(.9);
        assertThat(chart.points().get(0).low()).isEqualTo(.9 - 3 * .03, within(1e-9));
        assertThat(chart.points().get(0).high()).isEqualTo(.99, within(1e-9));
        assertThat(chart.points().get(1).low()).isEqualTo(.9 - 3 * .06, within(1e-9));
        assertThat(chart.points().get(1).high()).isEqualTo(1);
        assertThat(chart.points()).extracting(RunChart.Point::signal).containsOnly(RunChart.Signal.NONE);
    }

    @Test
    void signalsAWeekOutsideTheLimits() {
        RunChart chart = RunChart.of(weeks(new int[][] {{95, 100}, {95, 100}, {70, 100}, {95, 100}}));

        assertThat(chart.points())
                .extracting(RunChart.Point::signal)
                .containsExactly(
                        RunChart.Signal.NONE, RunChart.Signal.NONE, RunChart.Signal.OUTSIDE, RunChart.Signal.NONE);
    }

    @Test
    void signalsEightWeeksOnOneSideAndNotSeven() {
        int[][] seven = {{9, 10}, {9, 10}, {9, 10}, {9, 10}, {9, 10}, {9, 10}, {9, 10}, {2, 10}, {6, 10}};
        int[][] eight = {{9, 10}, {9, 10}, {9, 10}, {0, 0}, {9, 10}, {9, 10}, {9, 10}, {9, 10}, {9, 10}, {4, 10}};

        assertThat(RunChart.of(weeks(seven)).points())
                .extracting(RunChart.Point::signal)
                .doesNotContain(RunChart.Signal.ONE_SIDE);
        List<RunChart.Point> flagged = RunChart.of(weeks(eight)).points().stream()
                .filter(point -> point.signal() == RunChart.Signal.ONE_SIDE)
                .toList();
        assertThat(flagged).as("a week without runs does not break it").hasSize(8);
    }

    @Test
    void drawsNothingFromWeeksWithoutRuns() {
        RunChart chart = RunChart.of(weeks(new int[][] {{0, 0}, {0, 0}}));

        assertThat(chart.centre()).isNull();
        assertThat(chart.points()).allSatisfy(point -> {
            assertThat(point.share()).isNull();
            assertThat(point.low()).isNull();
        });
    }

    private static List<RunChart.Week> weeks(int[][] hitsOfN) {
        List<RunChart.Week> weeks = new ArrayList<>();
        for (int i = 0; i < hitsOfN.length; i++) {
            weeks.add(new RunChart.Week(
                    MONDAY.plusWeeks(i), Instant.EPOCH, Instant.EPOCH.plusSeconds(1), hitsOfN[i][0], hitsOfN[i][1]));
        }
        return weeks;
    }

    private static void assertInterval(int hits, int n, double low, double high) {
        Interval interval = Interval.wilson(hits, n);
        assertThat(interval.low()).isEqualTo(low, PUBLISHED);
        assertThat(interval.high()).isEqualTo(high, PUBLISHED);
    }
}
