package org.tumorboard.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.tumorboard.EngineTest;
import org.tumorboard.event.CaseId;
import org.tumorboard.event.Urgency;
import org.tumorboard.sla.ClockState;
import org.tumorboard.sla.Milestone;
import org.tumorboard.sla.Milestones;
import org.tumorboard.sla.SlaClocks;

/** The statistics against the tables; long ago, where no other test has runs. */
@EngineTest
class ClockStatisticsTest {

    private static final Instant NOW = Instant.parse("2012-01-31T00:00:00Z");
    private static final RunFilter JANUARY =
            new RunFilter(Instant.parse("2012-01-01T00:00:00Z"), NOW, null, null, null);

    @Autowired
    ClockStatistics statistics;

    @Autowired
    JdbcClient jdbc;

    @Autowired
    SlaClocks clocks;

    @Autowired
    Milestones milestones;

    private ClockStatisticsRows rows;

    @BeforeEach
    void prepare() {
        rows = new ClockStatisticsRows(jdbc, clocks, milestones, "statistics-");
    }

    @AfterEach
    void removeRows() {
        rows.removeAll();
    }

    @Test
    void countsARunInThePeriodInWhichItWasDecided() {
        Instant from = JANUARY.from();
        rows.aCase("1", Urgency.URGENT, from);
        rows.save(List.of(
                triage("1", from.minusSeconds(7200)).stoppedAt(from.minusMillis(1)),
                triage("1", from.minusSeconds(7100)).stoppedAt(from),
                triage("1", from.minusSeconds(86400)).stoppedAt(from.plusSeconds(60)),
                triage("1", NOW.minus(Duration.ofHours(4))),
                triage("1", NOW.minus(Duration.ofHours(4)).minusSeconds(1))));

        PeriodFigures figures = statistics.period(JANUARY, NOW);

        ClockFigures triage = figures.clocks(clock -> .9).get(0);
        assertThat(triage.met()).as("stopped at the first instant").isEqualTo(1);
        assertThat(triage.breached()).as("open, one second past its limit").isEqualTo(1);
        assertThat(triage.n()).isEqualTo(2);
        assertThat(triage.previousN())
                .as("stopped just before, and late already before")
                .isEqualTo(2);
        assertThat(triage.previousRate()).isEqualTo(.5);
    }

    @Test
    void keepsAVerdictWhenAnOpenBreachIsStoppedLate() {
        Instant start = NOW.minus(Duration.ofDays(2));
        rows.aCase("1", Urgency.URGENT, start);
        rows.save(List.of(triage("1", start)));
        List<RunRow> open = statistics.runs(JANUARY, RunSelection.ALL, NOW);

        rows.save(List.of(triage("1", start).stoppedAt(NOW.minusSeconds(5))));
        List<RunRow> stopped = statistics.runs(JANUARY, RunSelection.ALL, NOW);

        assertThat(open).singleElement().satisfies(run -> {
            assertThat(run.verdict()).isEqualTo(ClockState.BREACHED);
            assertThat(run.decidedAt()).isEqualTo(start.plus(Duration.ofHours(4)));
            assertThat(run.elapsed()).isNull();
        });
        assertThat(stopped).singleElement().satisfies(run -> {
            assertThat(run.verdict()).isEqualTo(ClockState.MET_LATE);
            assertThat(run.decidedAt()).isEqualTo(open.get(0).decidedAt());
        });
    }

    @Test
    void listsExactlyTheRunsThatANumberCounted() {
        rows.many(60, JANUARY.from(), NOW);
        for (RunFilter filter : List.of(
                JANUARY,
                new RunFilter(JANUARY.from(), NOW, "ward", null, null),
                new RunFilter(JANUARY.from(), NOW, null, Urgency.STANDARD, "triage"))) {
            PeriodFigures figures = statistics.period(filter, NOW);

            assertThat(runs(filter, RunSelection.ALL)).isEqualTo(figures.all().n());
            assertThat(runs(filter, verdict(DecidedRun.Verdict.BREACHED)))
                    .isEqualTo(figures.all().breached());
            figures.byHour().forEach(hour -> assertThat(runs(
                            filter,
                            new RunSelection(
                                    DecidedRun.Verdict.BREACHED, Integer.valueOf(hour.name()), null, null, null, null)))
                    .isEqualTo(hour.breached()));
            figures.byWeekday().forEach(day -> assertThat(
                            runs(filter, new RunSelection(null, null, DayOfWeek.valueOf(day.name()), null, null, null)))
                    .isEqualTo(day.n()));
            statistics.all(filter, NOW).trend().onTime().points().forEach(week -> assertThat(
                            runs(filter.between(week.from(), week.to()), verdict(DecidedRun.Verdict.MET)))
                    .isEqualTo(week.hits()));
        }
    }

    @Test
    void listsExactlyTheResectionsThatTheHistogramCounted() {
        rows.many(60, JANUARY.from(), NOW);
        RunFilter windows = new RunFilter(JANUARY.from(), NOW, null, null, WindowFigures.CLOCK);
        PeriodFigures figures = statistics.period(JANUARY, NOW);

        figures.histogram().bins().forEach(bin -> assertThat(runs(
                        windows,
                        new RunSelection(
                                null,
                                null,
                                null,
                                bin.fromHours() == 0 ? null : bin.fromHours(),
                                bin.toHours() == null ? Integer.valueOf(10_000) : bin.toHours(),
                                null)))
                .as("from %d hours", bin.fromHours())
                .isEqualTo(bin.n()));
        assertThat(runs(windows, new RunSelection(null, null, null, null, null, RunSelection.Protocol.KEPT)))
                .isEqualTo(figures.window().within168h());
        assertThat(figures.window().n()).isPositive();
    }

    @Test
    void listsExactlyTheCasesOfLegsAndHandOvers() {
        rows.many(60, JANUARY.from(), NOW);

        WayFigures ways = statistics.all(JANUARY, NOW).ways();

        ways.legs().forEach(leg -> {
            List<WayRow> cases = statistics.cases(JANUARY, leg.start(), leg.end(), null, NOW);
            assertThat(cases).hasSize(leg.n()).isNotEmpty();
            assertThat(cases.get(0).took()).isEqualTo(leg.max());
        });
        ways.handOvers().forEach(handOver -> {
            assertThat(statistics.cases(JANUARY, handOver.start(), handOver.end(), true, NOW))
                    .hasSize(handOver.lateN());
            assertThat(statistics.cases(JANUARY, handOver.start(), handOver.end(), false, NOW))
                    .hasSize(handOver.onTimeN());
        });
    }

    @Test
    void takesTheNewestAmendmentOfAMilestoneInWhicheverOrderTheyCame() {
        Instant detected = JANUARY.from().plusSeconds(3600);
        CaseId id = rows.aCase("1", Urgency.URGENT, detected);
        rows.reached(id, "detected", detected);
        Milestone decided = ClockStatisticsRows.told(id, "board-decided", detected.plus(Duration.ofHours(10)));
        rows.append(List.of(
                decided,
                decided.amended(detected.plus(Duration.ofHours(12)), NOW, "TYPO", amendment(2, false)),
                decided.amended(detected.plus(Duration.ofHours(11)), NOW, "TYPO", amendment(1, false))));

        Leg leg = statistics.all(JANUARY, NOW).ways().legs().get(0);

        assertThat(leg.n()).isEqualTo(1);
        assertThat(leg.p50()).isEqualTo(Duration.ofHours(12).toSeconds());
    }

    @Test
    void forgetsAJoinedMilestoneOnceAPartOfItIsTakenBack() {
        Instant detected = JANUARY.from().plusSeconds(3600);
        CaseId id = rows.aCase("1", Urgency.URGENT, detected);
        rows.reached(id, "detected", detected);
        Milestone first = ClockStatisticsRows.told(id, "part-one", detected.plus(Duration.ofHours(2)));
        Milestone second = ClockStatisticsRows.told(id, "part-two", detected.plus(Duration.ofHours(9)));
        Milestone joint =
                ClockStatisticsRows.told(id, "board-decided", second.at()).joining(List.of(first.key(), second.key()));
        rows.append(List.of(first, second, joint));
        rows.append(List.of(second.amended(second.at(), NOW, "WRONG_PATIENT", amendment(1, true))));

        Leg leg = statistics.all(JANUARY, NOW).ways().legs().get(0);

        assertThat(leg.n()).isZero();
    }

    /** With {@code -Dstatistics.cases=5000} the figure of the README. */
    @Test
    void answersAYearOfManyCasesFromOneReading() {
        int cases = Integer.getInteger("statistics.cases", 200);
        Instant to = Instant.parse("2014-01-01T00:00:00Z");
        RunFilter year = new RunFilter(to.minus(Duration.ofDays(365)), to, null, null, null);
        rows.many(2 * cases, year.previous().from(), to);
        for (int round = 1; round <= 5; round++) {
            long start = System.nanoTime();
            Statistics all = statistics.all(year, to);
            all.period().clocks(clock -> .9);
            long all365 = System.nanoTime();
            Statistics month = statistics.all(year.between(to.minus(Duration.ofDays(30)), to), to);
            month.period().clocks(clock -> .9);
            long all30 = System.nanoTime();
            System.out.printf(
                    "round %d: %d runs of 365 days in %d ms, %d of 30 days in %d ms%n",
                    round,
                    all.period().all().n(),
                    (all365 - start) / 1_000_000,
                    month.period().all().n(),
                    (all30 - all365) / 1_000_000);

            assertThat(all.period().all().n()).isBetween(cases * 18, cases * 21);
        }
    }

    private int runs(RunFilter filter, RunSelection selection) {
        return statistics.runs(filter, selection, NOW).size();
    }

    private static RunSelection verdict(DecidedRun.Verdict verdict) {
        return new RunSelection(verdict, null, null, null, null, null);
    }

    private static ARun triage(String caseId, Instant start) {
        return ARun.of("triage", start, Duration.ofHours(4)).ofCase(caseId);
    }

    private static Milestone.Amendment amendment(int day, boolean retracts) {
        return new Milestone.Amendment(
                Instant.parse("2012-01-20T00:00:00Z").plus(Duration.ofDays(day)), "test", "amendment-" + day, retracts);
    }
}
