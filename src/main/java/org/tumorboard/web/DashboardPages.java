package org.tumorboard.web;

import static java.util.stream.Collectors.toMap;

import jakarta.servlet.http.HttpServletRequest;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestParam;
import org.tumorboard.event.Outcome;
import org.tumorboard.event.Urgency;
import org.tumorboard.inbox.InboxQueries;
import org.tumorboard.pathway.CaseFilter;
import org.tumorboard.pathway.CaseQueries;
import org.tumorboard.pathway.ModelQueries;
import org.tumorboard.sla.ClockNames;
import org.tumorboard.sla.ClockQueries;
import org.tumorboard.sla.OpenClock;
import org.tumorboard.sla.Standing;

/** The dashboard's view of what runs now, and the lists behind each of its numbers. */
@Controller
final class DashboardPages {

    /** So many clocks and windows the dashboard itself shows, the most pressing ones; the lists have them all. */
    static final int MOST_PRESSING = 50;

    static final int MOST_PRESSING_WINDOWS = 12;

    private static final CaseFilter OPEN_CASES = new CaseFilter(null, null, null, null, true);

    private final ClockQueries clocks;
    private final CaseQueries cases;
    private final InboxQueries events;
    private final ModelQueries models;
    private final DashboardStatistics statistics;
    private final DepartmentFinder departments;
    private final Clock clock;

    DashboardPages(
            ClockQueries clocks,
            CaseQueries cases,
            InboxQueries events,
            ModelQueries models,
            DashboardStatistics statistics,
            DepartmentFinder departments,
            Clock clock) {
        this.clocks = clocks;
        this.cases = cases;
        this.events = events;
        this.models = models;
        this.statistics = statistics;
        this.departments = departments;
        this.clock = clock;
    }

    @GetMapping("/dashboard")
    String dashboard(
            Asked filter,
            RunsAsked past,
            @RequestHeader(name = "X-Only", required = false) @Nullable String only,
            HttpServletRequest request,
            Model model) {
        Asked asked = filter.known().shared();
        Instant now = clock.instant();
        List<OpenClock> open = clocks.open(asked.filter(), now);
        List<OpenClock> windows = open.stream().filter(DashboardPages::isWindow).toList();
        describe(asked, now, request, model);
        model.addAttribute("departments", Counts.of(open, one -> one.clock().department(), Asked.OWNERS, now));
        model.addAttribute("phases", Counts.of(open, OpenClock::phase, Asked.PHASES, now));
        model.addAttribute("windows", drawn(windows, MOST_PRESSING_WINDOWS, now));
        model.addAttribute("windowsInAll", windows.size());
        model.addAttribute("pressing", drawn(open, MOST_PRESSING, now));
        model.addAttribute("load", LoadCurve.of(open, now));
        model.addAttribute("heard", departments.all());
        model.addAttribute("openCases", cases.count(OPEN_CASES));
        model.addAttribute("parked", events.count(Outcome.PARKED, null));
        model.addAttribute("failed", events.count(Outcome.FAILED, null));
        if (!"now".equals(only)) {
            statistics.fill(model, past);
        }
        return "dashboard";
    }

    @GetMapping("/dashboard/clocks")
    String clocks(Asked filter, @RequestParam(defaultValue = "1") int page, HttpServletRequest request, Model model) {
        Asked asked = filter.known();
        Instant now = clock.instant();
        Page<RunView> found = Page.of(page, clocks.open(asked.filter(), now)).map(open -> RunView.of(open, now));
        describe(asked, now, request, model);
        model.addAttribute("found", found);
        return "clocks";
    }

    private void describe(Asked asked, Instant now, HttpServletRequest request, Model model) {
        model.addAttribute("me", Pages.Visitor.of(request));
        model.addAttribute("asked", asked);
        model.addAttribute("now", now);
        model.addAttribute("standings", Standing.values());
        model.addAttribute("owners", Asked.OWNERS);
        model.addAttribute("clockNames", ClockNames.all());
        model.addAttribute("urgencies", Urgency.values());
        model.addAttribute("phaseNames", Asked.PHASES);
        model.addAttribute("periods", Asked.PERIODS);
        model.addAttribute("titles", Asked.PHASES.stream().collect(toMap(phase -> phase, models::title)));
    }

    private static List<RunView> drawn(List<OpenClock> open, int most, Instant now) {
        return open.stream().limit(most).map(one -> RunView.of(one, now)).toList();
    }

    private static boolean isWindow(OpenClock open) {
        return open.clock().clock().equals(ClockNames.RESECTION_WINDOW);
    }
}
