package org.tumorboard.web;

import java.time.Instant;
import java.util.List;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;
import org.tumorboard.outbox.AcknowledgementTimes;
import org.tumorboard.report.ClockFigures;
import org.tumorboard.report.ClockStatistics;
import org.tumorboard.report.Occurrence;
import org.tumorboard.report.PeriodFigures;
import org.tumorboard.report.RunFilter;
import org.tumorboard.report.RunRow;
import org.tumorboard.report.Targets;
import org.tumorboard.report.WayRow;
import org.tumorboard.report.WindowFigures;

/**
 * The clocks' statistics: a summary, every table of the page, and the runs and cases behind each number. Durations are in
 * seconds, shares from 0 to 1; {@code format=csv} does as {@code Accept: text/csv}.
 */
@RestController
final class StatisticsApi {

    private static final String CSV = "text/csv;charset=UTF-8";

    private final ClockStatistics statistics;
    private final StatisticsTables tables;
    private final StatisticsQuestions questions;
    private final Targets targets;
    private final AcknowledgementTimes acknowledgements;

    StatisticsApi(
            ClockStatistics statistics,
            StatisticsTables tables,
            StatisticsQuestions questions,
            Targets targets,
            AcknowledgementTimes acknowledgements) {
        this.statistics = statistics;
        this.tables = tables;
        this.questions = questions;
        this.targets = targets;
        this.acknowledgements = acknowledgements;
    }

    /**
     * @param asOf as of when the runs were judged
     * @param from first instant of the period
     * @param to first instant after it
     * @param window of all departments and clocks together
     */
    record Summary(Instant asOf, Instant from, Instant to, List<ClockFigures> clocks, WindowFigures window) {}

    @GetMapping(path = "/api/sla/summary", produces = MediaType.APPLICATION_JSON_VALUE)
    Summary summary(RunsAsked asked) {
        Instant now = questions.now();
        RunFilter filter = questions.filter(asked, now);
        PeriodFigures period = statistics.period(filter, now);
        return new Summary(now, filter.from(), filter.to(), period.clocks(targets), period.window());
    }

    @GetMapping(path = "/api/sla/summary", produces = CSV)
    List<ClockFigures> clocks(RunsAsked asked) {
        return summary(asked).clocks();
    }

    @GetMapping(
            path = "/api/sla/tables/{table}",
            produces = {MediaType.APPLICATION_JSON_VALUE, CSV})
    List<?> table(@PathVariable String table, RunsAsked asked) {
        Instant now = questions.now();
        return tables.rows(table, statistics.all(questions.filter(asked, now), now));
    }

    @GetMapping(
            path = "/api/sla/runs",
            produces = {MediaType.APPLICATION_JSON_VALUE, CSV})
    Page<RunRow> runs(RunsAsked asked) {
        Instant now = questions.now();
        return questions.piece(asked, statistics.runs(questions.filter(asked, now), questions.selection(asked), now));
    }

    @GetMapping(
            path = "/api/sla/occurrences",
            produces = {MediaType.APPLICATION_JSON_VALUE, CSV})
    Page<Occurrence> occurrences(RunsAsked asked) {
        return questions.piece(asked, questions.occurrences(asked, questions.now()));
    }

    @GetMapping(
            path = "/api/sla/ways",
            produces = {MediaType.APPLICATION_JSON_VALUE, CSV})
    Page<WayRow> ways(RunsAsked asked) {
        Instant now = questions.now();
        return questions.piece(asked, questions.ways(asked, now));
    }

    @GetMapping(
            path = "/api/sla/acknowledgements",
            produces = {MediaType.APPLICATION_JSON_VALUE, CSV})
    List<AcknowledgementTimes.OfDepartment> acknowledgements(RunsAsked asked) {
        RunFilter filter = questions.filter(asked, questions.now());
        return acknowledgements.of(filter.from(), filter.to());
    }
}
