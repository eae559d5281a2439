package org.tumorboard.web;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.tumorboard.event.CaseStatus;
import org.tumorboard.event.Deed;
import org.tumorboard.event.PersonalDeeds;
import org.tumorboard.event.Urgency;
import org.tumorboard.pathway.CaseFilter;
import org.tumorboard.pathway.CaseQueries;
import org.tumorboard.pathway.CaseSummary;

/** Cases: a list to choose from, one of them whole, and its events. */
@RestController
final class CaseApi {

    private final CaseQueries cases;
    private final CaseFinder finder;
    private final PersonalDeeds deeds;

    CaseApi(CaseQueries cases, CaseFinder finder, PersonalDeeds deeds) {
        this.cases = cases;
        this.finder = finder;
        this.deeds = deeds;
    }

    @GetMapping(
            path = "/api/cases",
            produces = {MediaType.APPLICATION_JSON_VALUE, "text/csv;charset=UTF-8"})
    Page<CaseSummary> cases(
            @RequestParam(required = false) @Nullable CaseStatus status,
            @RequestParam(required = false) @Nullable Urgency urgency,
            @RequestParam(required = false) @Nullable String department,
            @RequestParam(required = false) @Nullable Boolean open,
            @RequestParam(defaultValue = "1") int page) {
        CaseFilter filter = new CaseFilter(status, urgency, department, null, open);
        return Page.of(page, cases.count(filter), offset -> cases.list(filter, Page.SIZE, offset));
    }

    @GetMapping(path = "/api/cases/{caseId}", produces = MediaType.APPLICATION_JSON_VALUE)
    CaseView find(@PathVariable String caseId, HttpServletRequest request) {
        CaseView view = finder.find(caseId).seenBy(request::isUserInRole);
        deeds.did(Deed.READ_CASE, view.caseId(), "api");
        return view;
    }

    /** In the order in which they came; where there are more of them, the header {@code Link} has the next piece. */
    @GetMapping(
            path = "/api/cases/{caseId}/events",
            produces = {MediaType.APPLICATION_JSON_VALUE, "text/csv;charset=UTF-8"})
    List<EventView> events(
            @PathVariable String caseId,
            @RequestParam(defaultValue = "1") int page,
            HttpServletRequest request,
            HttpServletResponse response) {
        Page<EventView> events = finder.events(caseId, page);
        deeds.did(Deed.READ_CASE, finder.id(caseId), "api events");
        if (events.page() < events.pages()) {
            response.setHeader(
                    HttpHeaders.LINK,
                    "<%s>; rel=\"next\""
                            .formatted(new PageLinks(request.getQueryString())
                                    .page(request.getRequestURI(), events.page() + 1)));
        }
        return events.items();
    }
}
