package org.tumorboard.web;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.time.Instant;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.server.ResponseStatusException;
import org.tumorboard.report.ClockStatistics;
import org.tumorboard.report.RunFilter;

/** The statistics on a page of their own, and the lists to which their numbers lead. */
@Controller
final class StatisticsPages {

    private final DashboardStatistics dashboard;
    private final ClockStatistics statistics;
    private final StatisticsQuestions questions;

    StatisticsPages(DashboardStatistics dashboard, ClockStatistics statistics, StatisticsQuestions questions) {
        this.dashboard = dashboard;
        this.statistics = statistics;
        this.questions = questions;
    }

    @GetMapping("/dashboard/result")
    String result(RunsAsked asked, HttpServletRequest request, Model model) {
        dashboard.fill(model, asked);
        model.addAttribute("me", Pages.Visitor.of(request));
        return "dashboard-result";
    }

    @GetMapping("/dashboard/runs")
    String runs(RunsAsked asked, HttpServletRequest request, Model model) {
        Instant now = questions.now();
        RunFilter filter = questions.filter(asked, now);
        model.addAttribute("runs", questions.piece(asked, statistics.runs(filter, questions.selection(asked), now)));
        return list(filter, request, model);
    }

    @GetMapping("/dashboard/ways")
    String ways(RunsAsked asked, HttpServletRequest request, Model model) {
        Instant now = questions.now();
        model.addAttribute("ways", questions.piece(asked, questions.ways(asked, now)));
        return list(questions.filter(asked, now), request, model);
    }

    @GetMapping("/dashboard/occurrences")
    String occurrences(RunsAsked asked, HttpServletRequest request, Model model) {
        Instant now = questions.now();
        model.addAttribute("occurrences", questions.piece(asked, questions.occurrences(asked, now)));
        list(questions.filter(asked, now), request, model);
        return "dashboard-occurrences";
    }

    private static String list(RunFilter filter, HttpServletRequest request, Model model) {
        model.addAttribute("me", Pages.Visitor.of(request));
        model.addAttribute("filter", filter);
        model.addAttribute("query", new PageLinks(request.getQueryString()));
        return "dashboard-runs";
    }

    /** What is asked cannot be read: the page names the parameter. */
    @ExceptionHandler
    String refused(ResponseStatusException e, Model model, HttpServletResponse response) {
        response.setStatus(e.getStatusCode().value());
        model.addAttribute("status", e.getStatusCode().value());
        model.addAttribute("title", "Cannot be shown");
        model.addAttribute("detail", e.getReason());
        return "error";
    }
}
