package org.tumorboard.web;

import static java.nio.charset.StandardCharsets.UTF_8;

import jakarta.servlet.http.HttpServletRequest;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;
import org.springframework.web.util.UriUtils;
import org.tumorboard.event.Right;
import org.tumorboard.event.Urgency;

/** Takes the chair's decision that a case is less urgent than it was taken for. Templates ask it what may be chosen. */
@Controller("urgencyLowering")
final class UrgencyForm {

    private static final List<String> REASONS =
            List.of("CLINICALLY_IMPROVED", "FINDING_NOT_CONFIRMED", "CLASSIFIED_IN_ERROR", "BOARD_DECISION");

    private final CaseFinder cases;
    private final Decisions decisions;
    private final Words words;

    UrgencyForm(CaseFinder cases, Decisions decisions, Words words) {
        this.cases = cases;
        this.decisions = decisions;
        this.words = words;
    }

    @PostMapping("/cases/{caseId}/urgency")
    String lower(
            @PathVariable String caseId,
            @RequestParam(defaultValue = "") String urgency,
            @RequestParam(defaultValue = "") String reason,
            HttpServletRequest request,
            RedirectAttributes next) {
        if (!Right.LOWER_URGENCY.isOf(request::isUserInRole)) {
            throw RefusedFormException.notYours("To lower the urgency is a decision of the board chair");
        }
        CaseView view = cases.find(caseId);
        List<String> lower = lower(view).stream().map(Urgency::name).toList();
        if (!lower.contains(urgency)) {
            throw new UnknownValueException("urgency", lower, urgency);
        }
        if (!REASONS.contains(reason)) {
            throw new UnknownValueException("reason", REASONS, reason);
        }
        decisions.publish(
                view,
                "urgency-lowered",
                Map.of("urgency", urgency, "reason", reason),
                String.valueOf(request.getRemoteUser()));
        next.addFlashAttribute(
                "said", "Urgency %s is sent. It shows here as soon as it is applied.".formatted(words.plain(urgency)));
        return "redirect:/cases/" + UriUtils.encodePathSegment(view.caseId().value(), UTF_8);
    }

    /** The classes that this person may choose for the case; none if it is not theirs to do. */
    public List<Urgency> offered(CaseView view, List<String> groups) {
        return Right.LOWER_URGENCY.isOf(groups::contains) ? lower(view) : List.of();
    }

    public List<String> reasons() {
        return REASONS;
    }

    private static List<Urgency> lower(CaseView view) {
        return view.closedAt() != null
                ? List.of()
                : Arrays.stream(Urgency.values())
                        .filter(urgency -> urgency.compareTo(view.urgency()) < 0)
                        .toList();
    }
}
