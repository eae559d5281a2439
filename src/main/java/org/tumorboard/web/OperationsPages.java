package org.tumorboard.web;

import jakarta.servlet.http.HttpServletRequest;
import java.time.Clock;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.tumorboard.event.Deed;
import org.tumorboard.event.Department;
import org.tumorboard.event.Outcome;
import org.tumorboard.event.PersonalDeeds;
import org.tumorboard.inbox.EventFilter;
import org.tumorboard.inbox.InboxQueries;
import org.tumorboard.inbox.Redrives;
import org.tumorboard.inbox.RefusedRecords;
import org.tumorboard.operations.ReadInTime;

/** What an operator needs at three in the morning: what is wrong and what to do, the events behind it, the dead letters. */
@Controller
final class OperationsPages {

    private final OperationsFinder finder;
    private final InboxQueries events;
    private final EventFinder views;
    private final RefusedRecords letters;
    private final ReadInTime inTime;
    private final PersonalDeeds deeds;
    private final Clock clock;

    OperationsPages(
            OperationsFinder finder,
            InboxQueries events,
            EventFinder views,
            RefusedRecords letters,
            ReadInTime inTime,
            PersonalDeeds deeds,
            Clock clock) {
        this.finder = finder;
        this.events = events;
        this.views = views;
        this.letters = letters;
        this.inTime = inTime;
        this.deeds = deeds;
        this.clock = clock;
    }

    @GetMapping("/operations")
    String operations(HttpServletRequest request, Model model) {
        OperationsView view = finder.now();
        describe(request, model);
        model.addAttribute("view", view);
        return "operations";
    }

    @GetMapping("/operations/events")
    String events(
            EventsAsked asked, @RequestParam(defaultValue = "1") int page, HttpServletRequest request, Model model) {
        EventFilter filter = asked.filter();
        describe(request, model);
        describe(asked, model);
        model.addAttribute(
                "found",
                inTime.read(
                                "events",
                                () -> Page.of(
                                        page,
                                        events.count(filter),
                                        offset -> views.views(events.list(filter, Page.SIZE, offset))))
                        .orElse(null));
        return "operations-events";
    }

    /** Before many are tried again: how many, and which. */
    @GetMapping("/operations/redrive")
    String redrive(EventsAsked asked, HttpServletRequest request, Model model) {
        EventFilter filter = asked.filter();
        describe(request, model);
        describe(asked, model);
        Optional<Integer> waiting = inTime.read("events that wait", () -> events.waiting(filter, Redrives.MOST + 1)
                .size());
        model.addAttribute("waiting", waiting.orElse(null));
        model.addAttribute("most", Redrives.MOST);
        return "operations-redrive";
    }

    /** @param show the letter whose contents are wanted; whoever looks at them is on record */
    @GetMapping("/operations/dead-letters")
    String letters(
            @RequestParam(defaultValue = "1") int page,
            @RequestParam(required = false) @Nullable Long show,
            HttpServletRequest request,
            Model model) {
        describe(request, model);
        Page<RefusedRecords.Letter> found = inTime.read(
                        "dead letters",
                        () -> Page.of(page, letters.count(), offset -> letters.newest(Page.SIZE, offset)))
                .orElse(null);
        model.addAttribute("found", found);
        if (found != null && show != null) {
            Optional<RefusedRecords.Content> content = letters.content(show);
            content.ifPresent(kept -> deeds.did(Deed.READ_LETTER, null, "dead letter " + show));
            model.addAttribute("content", content.orElse(null));
        }
        model.addAttribute("show", show);
        return "operations-letters";
    }

    private void describe(HttpServletRequest request, Model model) {
        model.addAttribute("me", Pages.Visitor.of(request));
        model.addAttribute("now", clock.instant());
    }

    private static void describe(EventsAsked asked, Model model) {
        model.addAttribute("asked", asked);
        model.addAttribute("outcomes", Outcome.values());
        model.addAttribute("departments", Department.values());
    }
}
