package org.tumorboard.web;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Clock;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;
import org.springframework.web.util.UriUtils;
import org.tumorboard.event.Department;
import org.tumorboard.event.EventType;
import org.tumorboard.event.Reading;

/**
 * Takes what a person decides about a clock on the case page and publishes it as an event of the coordination: from
 * there on it takes the same path as every other event.
 */
@Controller
final class AdjustmentForm {

    private static final EventType STEP_COMPLETED = new EventType(Department.COORDINATION, "step-completed");

    private final CaseFinder cases;
    private final EventDesk desk;
    private final ClockAdjustments adjustments;
    private final Words words;
    private final Clock clock;

    AdjustmentForm(CaseFinder cases, EventDesk desk, ClockAdjustments adjustments, Words words, Clock clock) {
        this.cases = cases;
        this.desk = desk;
        this.adjustments = adjustments;
        this.words = words;
        this.clock = clock;
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
        publish(view, clockName, kind, reason, String.valueOf(request.getRemoteUser()));
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

    private void publish(CaseView view, String clockName, ClockAdjustments.Kind kind, String reason, String user) {
        ObjectNode data = JsonNodeFactory.instance.objectNode();
        data.put("patientRef", view.patientRef()).put("step", kind.step());
        data.putObject("data").put("clock", clockName).put("reason", reason);
        Map<String, String> headers = Map.of(
                "ce_specversion", "1.0",
                "ce_id", UUID.randomUUID().toString(),
                "ce_source", "user:" + UriUtils.encodePathSegment(user, UTF_8),
                "ce_type", STEP_COMPLETED.wireType(),
                "ce_time", clock.instant().toString(),
                "ce_subject", view.caseId().value(),
                "content-type", "application/json");
        Map<String, byte[]> bytes = new HashMap<>();
        headers.forEach((name, value) -> bytes.put(name, value.getBytes(UTF_8)));
        Reading reading =
                desk.publish(Department.COORDINATION, bytes, data.toString().getBytes(UTF_8));
        if (reading instanceof Reading.Refused refused) {
            throw RefusedFormException.unfit(refused.reason());
        }
    }
}
