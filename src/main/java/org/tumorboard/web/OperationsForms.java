package org.tumorboard.web;

import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;
import org.tumorboard.event.EventIdentity;
import org.tumorboard.event.Right;
import org.tumorboard.inbox.EventFilter;
import org.tumorboard.inbox.InboxQueries;
import org.tumorboard.inbox.Redrives;
import org.tumorboard.pathway.JobIncidents;

/** Takes that events, or failed work of the engine, are to be tried again. */
@Controller
final class OperationsForms {

    private final InboxQueries events;
    private final Redrives redrives;
    private final JobIncidents incidents;

    OperationsForms(InboxQueries events, Redrives redrives, JobIncidents incidents) {
        this.events = events;
        this.redrives = redrives;
        this.incidents = incidents;
    }

    /**
     * @param event those that were ticked
     * @param all instead, whatever waits of the list that was asked for, the oldest first, up to a bound
     */
    @PostMapping("/operations/redrive")
    String redrive(
            @RequestParam(required = false) @Nullable List<String> event,
            @RequestParam(defaultValue = "false") boolean all,
            EventsAsked asked,
            HttpServletRequest request,
            RedirectAttributes next) {
        if (!Right.REDRIVE.isOf(request::isUserInRole)) {
            throw RefusedFormException.notYours(
                    "Only %s may try events again.".formatted(String.join(", ", Right.REDRIVE.groups())));
        }
        EventFilter filter = asked.filter();
        List<EventIdentity> wanted = all ? events.waiting(filter, Redrives.MOST) : ticked(event);
        if (wanted.isEmpty()) {
            next.addFlashAttribute(
                    "refusal",
                    all
                            ? "Nothing of this list waits any more: there was nothing to try again."
                            : "Nothing was selected. Tick the events that are to be tried again.");
        } else {
            next.addFlashAttribute(
                    "attempts",
                    redrives.again(wanted, String.valueOf(request.getRemoteUser())).stream()
                            .map(AttemptView::of)
                            .toList());
        }
        return "redirect:" + asked.link("/operations/events");
    }

    @PostMapping("/operations/incidents/{id}/retry")
    String retry(@PathVariable String id, RedirectAttributes next) {
        Optional<JobIncidents.Incident> retried = incidents.retry(id);
        next.addFlashAttribute(
                "said",
                retried.isPresent()
                        ? "It is tried again at once. If it fails again, it stands here again."
                        : "There is nothing to try again any more: somebody has, or it went through.");
        return "redirect:/operations";
    }

    private static List<EventIdentity> ticked(@Nullable List<String> keys) {
        if (keys == null) {
            return List.of();
        }
        if (keys.size() > Redrives.MOST) {
            throw RefusedFormException.unfit(
                    "event: expected at most %d, but got %d".formatted(Redrives.MOST, keys.size()));
        }
        return keys.stream()
                .map(key -> EventKey.read(key)
                        .orElseThrow(() -> RefusedFormException.unfit(
                                "event: expected source and id of an event as the page gives them")))
                .toList();
    }
}
