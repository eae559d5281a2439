package org.tumorboard.web;

import static java.util.stream.Collectors.toMap;

import jakarta.servlet.http.HttpServletRequest;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.tumorboard.event.Deed;
import org.tumorboard.event.Groups;
import org.tumorboard.event.PersonalDeeds;
import org.tumorboard.event.Right;
import org.tumorboard.event.Urgency;
import org.tumorboard.pathway.CaseFilter;
import org.tumorboard.pathway.CaseQueries;
import org.tumorboard.pathway.CaseSummary;
import org.tumorboard.pathway.ModelQueries;
import org.tumorboard.pathway.RunningModel;

/** The pages: where to go and the open cases, one case, and the sign-in. */
@Controller
final class Pages {

    private final CaseQueries cases;
    private final CaseFinder finder;
    private final ModelQueries models;
    private final PersonalDeeds deeds;
    private final Clock clock;

    Pages(CaseQueries cases, CaseFinder finder, ModelQueries models, PersonalDeeds deeds, Clock clock) {
        this.cases = cases;
        this.finder = finder;
        this.models = models;
        this.deeds = deeds;
        this.clock = clock;
    }

    @GetMapping("/login")
    String login() {
        return "login";
    }

    @GetMapping("/")
    String home(
            @RequestParam(defaultValue = "") String text,
            @RequestParam(required = false) @Nullable Urgency urgency,
            @RequestParam(defaultValue = "false") boolean mine,
            @RequestParam(defaultValue = "true") boolean open,
            @RequestParam(defaultValue = "1") int page,
            HttpServletRequest request,
            Model model) {
        String group = mine ? Visitor.of(request).firstGroup() : null;
        CaseFilter filter = new CaseFilter(null, urgency, group, text.isBlank() ? null : text.strip(), open);
        Page<CaseSummary> found = Page.of(page, cases.count(filter), offset -> cases.list(filter, Page.SIZE, offset));
        model.addAttribute("me", Visitor.of(request));
        model.addAttribute("cases", found);
        model.addAttribute("titles", titles(found.items()));
        model.addAttribute("text", text);
        model.addAttribute("urgency", urgency);
        model.addAttribute("mine", mine);
        model.addAttribute("open", open);
        model.addAttribute("now", clock.instant());
        return "home";
    }

    @GetMapping("/cases/{caseId}")
    String oneCase(
            @PathVariable String caseId,
            @RequestParam(required = false, name = "model") @Nullable String wanted,
            @RequestParam(defaultValue = "1") int page,
            HttpServletRequest request,
            Model model) {
        CaseView view = finder.find(caseId).seenBy(request::isUserInRole);
        deeds.did(Deed.READ_CASE, view.caseId(), "page");
        List<RunningModel> running = models.running(view.caseId());
        RunningModel shown = running.stream()
                .filter(candidate -> candidate.processId().equals(wanted == null ? view.phase() : wanted))
                .findFirst()
                .or(() -> models.latest(view.phase()))
                .orElseThrow(() -> new NotFoundException("there is no model " + view.phase()));
        model.addAttribute("me", Visitor.of(request));
        model.addAttribute("case", view);
        model.addAttribute("runs", RunView.of(view, clock.instant()));
        model.addAttribute("timeline", Timeline.of(view.milestones()));
        model.addAttribute("events", finder.latestEvents(caseId, page));
        model.addAttribute("links", new PageLinks(request.getQueryString()));
        model.addAttribute("notTaken", finder.notTaken(caseId));
        model.addAttribute("running", running);
        model.addAttribute("shown", shown);
        model.addAttribute("phase", models.title(view.phase()));
        model.addAttribute("now", clock.instant());
        return "case";
    }

    private Map<String, String> titles(List<CaseSummary> shown) {
        return shown.stream().map(CaseSummary::phase).distinct().collect(toMap(phase -> phase, models::title));
    }

    /**
     * Who looks at a page.
     *
     * @param groups theirs, departments first
     */
    record Visitor(String name, List<String> groups) {

        static Visitor of(HttpServletRequest request) {
            return new Visitor(
                    String.valueOf(request.getRemoteUser()),
                    Groups.all().stream().filter(request::isUserInRole).toList());
        }

        @Nullable
        String firstGroup() {
            return groups.isEmpty() ? null : groups.get(0);
        }

        public boolean seesProcesses() {
            return Right.READ_PROCESSES.isOf(groups::contains);
        }

        public boolean readsAudit() {
            return Right.READ_AUDIT.isOf(groups::contains);
        }

        public boolean operates() {
            return Right.READ_OPERATIONS.isOf(groups::contains);
        }

        public boolean isAdmin() {
            return Right.CHANGE_ENGINE.isOf(groups::contains);
        }
    }
}
