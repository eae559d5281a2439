package org.tumorboard.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.TimeZone;
import org.junit.jupiter.api.Test;
import org.tumorboard.sla.ClockState;
import org.tumorboard.sla.SlaClock;

/** Which runs count, as what, from when on, and in which hour and week. */
class DecidedRunTest {

    private static final Instant T0 = Instant.parse("2026-03-01T08:00:00Z");
    private static final Duration LIMIT = Duration.ofHours(4);
    private static final Instant NOW = T0.plus(Duration.ofDays(30));

    @Test
    void isDecidedAtItsStopOrAtItsLimit() {
        assertThat(triage().stoppedAfter(LIMIT).decided(NOW).decidedAt()).isEqualTo(T0.plus(LIMIT));
        assertThat(triage().stoppedAfter(LIMIT).decided(NOW).verdict()).isEqualTo(DecidedRun.Verdict.MET);
        DecidedRun late = triage().stoppedAfter(LIMIT.plusSeconds(1)).decided(NOW);
        assertThat(late.decidedAt()).isEqualTo(T0.plus(LIMIT));
        assertThat(late.verdict()).isEqualTo(DecidedRun.Verdict.BREACHED);
    }

    @Test
    void isABreachWhileStillOpenAsSoonAsTheLimitIsBehind() {
        SlaClock open = triage().run();

        assertThat(DecidedRun.of(open, T0.plus(LIMIT))).isEmpty();
        assertThat(DecidedRun.of(open, T0.plus(LIMIT).plusMillis(1)))
                .hasValueSatisfying(run -> assertThat(run.decidedAt()).isEqualTo(T0.plus(LIMIT)));
    }

    @Test
    void doesNotCountCancelledWaivedAndPausedRuns() {
        Instant before = T0.plusSeconds(60);

        assertThat(DecidedRun.of(triage().endedAt(before).run(), NOW)).isEmpty();
        assertThat(DecidedRun.of(triage().waivedAt(before).run(), NOW)).isEmpty();
        assertThat(DecidedRun.of(triage().pausedAt(before).run(), NOW)).isEmpty();
        assertThat(triage().endedAt(T0.plus(Duration.ofDays(2))).decided(NOW).state())
                .as("ended after its limit")
                .isEqualTo(ClockState.BREACHED);
    }

    @Test
    void countsBothBoundsOfTheWindowAsInside() {
        List<DecidedRun> windows =
                List.of(window(24 * 3600 - 1), window(24 * 3600), window(48 * 3600), window(48 * 3600 + 1));

        WindowFigures figures = WindowFigures.of(windows, NOW);

        assertThat(figures).isEqualTo(new WindowFigures(4, 1, 2, 1, 4, 4));
        List<Histogram.Bin> bins = Histogram.of(windows).bins();
        assertThat(bins.get(5)).isEqualTo(new Histogram.Bin(20, 24, 1, 0, 0));
        assertThat(bins.get(6)).isEqualTo(new Histogram.Bin(24, 28, 0, 1, 0));
        assertThat(bins.get(12)).isEqualTo(new Histogram.Bin(48, 52, 0, 1, 1));
    }

    @Test
    void knowsTheProtocolOnlyWhereItIsCertain() {
        Instant soon = T0.plus(Duration.ofHours(100));
        SlaClock open = ARun.window(T0).run();

        WindowFigures atHour100 =
                WindowFigures.of(List.of(DecidedRun.of(open, soon).orElseThrow()), soon);
        WindowFigures later = WindowFigures.of(List.of(DecidedRun.of(open, NOW).orElseThrow()), NOW);

        assertThat(atHour100).isEqualTo(new WindowFigures(1, 0, 0, 1, 0, 0));
        assertThat(later).isEqualTo(new WindowFigures(1, 0, 0, 1, 0, 1));
    }

    @Test
    void drawsTheBoundsOfMostRunsAndTellsOfTheOthers() {
        ARun emergency = ARun.of("resection-window", T0, Duration.ofHours(24)).stoppedAfter(Duration.ofHours(5));

        Histogram histogram = Histogram.of(List.of(
                window(30 * 3600),
                window(31 * 3600),
                emergency.decided(NOW),
                ARun.window(T0).decided(NOW)));

        assertThat(histogram.bounds()).isEqualTo(new Histogram.Bounds(24.0, 48.0));
        assertThat(histogram.otherBounds()).isEqualTo(1);
        assertThat(histogram.withoutIncision()).isEqualTo(1);
        assertThat(Histogram.of(List.of()).bounds()).isNull();
    }

    @Test
    void putsIncisionsFarOutIntoTheOuterBins() {
        Histogram histogram = Histogram.of(List.of(window(-3600), window(1_000 * 3600)));

        assertThat(histogram.bins().get(0).early()).isEqualTo(1);
        Histogram.Bin last = histogram.bins().get(histogram.bins().size() - 1);
        assertThat(last).isEqualTo(new Histogram.Bin(72, null, 0, 0, 1));
    }

    @Test
    void tellsHoursDaysAndWeeksInItsOwnZoneWhateverTheDefaultOfTheJvm() {
        ZoneId berlin = ZoneId.of("Europe/Berlin");
        Instant beforeTheChange = Instant.parse("2026-03-29T00:30:00Z");
        Instant afterTheChange = Instant.parse("2026-03-29T01:30:00Z");
        Instant lastOfTheWeek = Instant.parse("2026-03-29T21:59:59Z");
        List<DecidedRun> runs = List.of(
                breachedAt(beforeTheChange),
                breachedAt(afterTheChange),
                breachedAt(lastOfTheWeek),
                breachedAt(lastOfTheWeek.plusSeconds(1)));
        RunFilter march = new RunFilter(T0, NOW, null, null, null);
        TimeZone usual = TimeZone.getDefault();
        try {
            for (String zone : List.of("America/New_York", "Europe/Berlin", "Pacific/Auckland")) {
                TimeZone.setDefault(TimeZone.getTimeZone(zone));

                assertThat(hoursOf(runs, berlin)).containsExactly(0, 1, 3, 23);
                assertThat(hoursOf(runs, ZoneOffset.UTC)).containsExactly(0, 1, 21, 22);
                assertThat(Breaches.byWeekday(runs, berlin).get(6).breached()).isEqualTo(3);
                List<RunChart.Point> weeks =
                        TrendFigures.of(runs, march, berlin).onTime().points();
                assertThat(weeks.get(weeks.size() - 2).n()).isEqualTo(3);
                assertThat(weeks.get(weeks.size() - 1).from()).isEqualTo(lastOfTheWeek.plusSeconds(1));
                assertThat(Duration.between(
                                weeks.get(weeks.size() - 2).from(),
                                weeks.get(weeks.size() - 2).to()))
                        .as("the week of the change")
                        .isEqualTo(Duration.ofHours(7 * 24 - 1));
            }
        } finally {
            TimeZone.setDefault(usual);
        }
    }

    @Test
    void showsAtLeastHalfAYearOfWeeksAndTheWholePeriod() {
        RunFilter week = new RunFilter(NOW.minus(Duration.ofDays(7)), NOW, null, null, null);
        RunFilter year = new RunFilter(NOW.minus(Duration.ofDays(365)), NOW, null, null, null);

        assertThat(TrendFigures.of(List.of(), week, ZoneOffset.UTC).onTime().points())
                .hasSize(26);
        assertThat(TrendFigures.of(List.of(), year, ZoneOffset.UTC).onTime().points())
                .hasSizeBetween(53, 54);
    }

    private static List<Integer> hoursOf(List<DecidedRun> runs, ZoneId zone) {
        return Breaches.byHour(runs, zone).stream()
                .filter(hour -> hour.breached() > 0)
                .map(hour -> Integer.valueOf(hour.name()))
                .toList();
    }

    private static DecidedRun breachedAt(Instant at) {
        return ARun.of("triage", at.minus(LIMIT), LIMIT).decided(NOW);
    }

    private static ARun triage() {
        return ARun.of("triage", T0, LIMIT);
    }

    private static DecidedRun window(long seconds) {
        return ARun.window(T0).stoppedAfter(Duration.ofSeconds(seconds)).decided(NOW);
    }
}
