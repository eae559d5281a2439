package org.tumorboard.web;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.ui.Model;
import org.tumorboard.outbox.AcknowledgementTimes;
import org.tumorboard.report.Breaches;
import org.tumorboard.report.ClockStatistics;
import org.tumorboard.report.RunFilter;
import org.tumorboard.report.Statistics;

/** Gives a page what the sections Result, Cause and Trend ({@code dashboard-result.html}) show. */
@Component
final class DashboardStatistics {

    private final ClockStatistics statistics;
    private final StatisticsTables tables;
    private final StatisticsQuestions questions;
    private final Figures figures;
    private final AcknowledgementTimes acknowledgements;

    DashboardStatistics(
            ClockStatistics statistics,
            StatisticsTables tables,
            StatisticsQuestions questions,
            Figures figures,
            AcknowledgementTimes acknowledgements) {
        this.statistics = statistics;
        this.tables = tables;
        this.questions = questions;
        this.figures = figures;
        this.acknowledgements = acknowledgements;
    }

    /**
     * What the templates read as {@code s}.
     *
     * @param period the name of the period; null where it was given by its ends
     * @param rows of each table, as the API gives them
     * @param figures at hand without a bean reference, which Thymeleaf forbids in the attributes of SVG
     * @param isNarrowed whether a department or clock is asked for, which window, legs and hand-overs do not follow
     * @param onTime null without runs, like the other drawings
     */
    record Shown(
            Instant asOf,
            RunFilter filter,
            @Nullable String period,
            Set<String> periods,
            Statistics all,
            Map<String, List<?>> rows,
            DrillLinks links,
            Figures figures,
            boolean isNarrowed,
            @Nullable WeekDrawing onTime,
            @Nullable WeekDrawing insideWindow,
            @Nullable HistogramDrawing histogram) {

        /** The most breaches of one line of a table of causes: the length of its longest bar. */
        public int maximum(String table) {
            return rows.get(table).stream()
                    .mapToInt(row -> ((Breaches) row).breached())
                    .max()
                    .orElse(0);
        }
    }

    /** Adds the attributes {@code s} and {@code acknowledgements}, for the period, department, urgency and clock that are asked for. */
    void fill(Model model, RunsAsked asked) {
        Instant now = questions.now();
        RunFilter filter = questions.filter(asked, now);
        Statistics all = statistics.all(filter, now);
        model.addAttribute("acknowledgements", acknowledgements.of(filter.from(), filter.to()));
        boolean byEnds = asked.from() != null || asked.to() != null;
        model.addAttribute(
                "s",
                new Shown(
                        now,
                        filter,
                        byEnds ? null : questions.period(asked),
                        StatisticsQuestions.PERIODS.keySet(),
                        all,
                        tables.rows(all),
                        new DrillLinks(filter),
                        figures,
                        filter.department() != null || filter.clock() != null,
                        WeekDrawing.of(all.trend().onTime()),
                        WeekDrawing.of(all.trend().insideWindow()),
                        HistogramDrawing.of(all.period().histogram())));
    }
}
