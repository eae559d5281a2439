package org.tumorboard.web;

import static java.nio.charset.StandardCharsets.UTF_8;

import jakarta.servlet.http.HttpServletRequest;
import java.util.Arrays;
import java.util.Map;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;
import org.springframework.web.util.UriUtils;

/**
 * Takes what a person decides about a clock on the case page and publishes it as an event of the coordination: from
 * there on it takes the same path as every other event.
 */
@Controller
final class AdjustmentForm {

    private final CaseFinder cases;
    private final Decisions decisions;
    private final ClockAdjustments adjustments;
    private final Words words;

    AdjustmentForm(CaseFinder cases, Decisions decisions, ClockAdjustments adjustments, Words words) {
        this.cases = cases;
        this.decisions = decisions;
        this.adjustments = adjustments;
        this.words = words;
    }

    @PostMapping("/cases/{caseId}/clocks/{clockName}/adjust")
    String adjust(
            @PathVariable String caseId,
            @PathVariable String clockName,
            @RequestParam(defaultValue = "") String step,
            @RequestParam(defaultValue = "") String reason,
            HttpServletRequest request,
            RedirectAttributes next) {
        ClockAdjustments.Kind kind = kind(step);
        if (!kind.isFor(request::isUserInRole)) {
            throw RefusedFormException.notYours("%s is a decision of %s".formatted(words.plain(kind), kind.group()));
        }
        if (!kind.reasons().contains(reason)) {
            throw new UnknownValueException("reason", kind.reasons(), reason);
        }
        CaseView view = cases.find(caseId);
        if (view.clocks().stream()
                .filter(run -> run.clock().equals(clockName))
                .noneMatch(run -> adjustments.fitting(run).contains(kind))) {
            throw RefusedFormException.unfit("%s: the case has no clock %s to which this can be done now"
                    .formatted(words.plain(kind), clockName));
        }
        decisions.publish(
                view,
                kind.step(),
                Map.of("clock", clockName, "reason", reason),
                String.valueOf(request.getRemoteUser()));
        next.addFlashAttribute(
                "said",
                "%s of %s is sent. It shows here as soon as it is applied."
                        .formatted(words.plain(kind), words.plain(clockName)));
        return "redirect:/cases/" + UriUtils.encodePathSegment(view.caseId().value(), UTF_8);
    }

    private static ClockAdjustments.Kind kind(String step) {
        return Arrays.stream(ClockAdjustments.Kind.values())
                .filter(kind -> kind.step().equals(step))
                .findFirst()
                .orElseThrow(() -> new UnknownValueException("step", ClockAdjustments.steps(), step));
    }
}
