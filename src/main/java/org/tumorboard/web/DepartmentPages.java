package org.tumorboard.web;

import jakarta.servlet.http.HttpServletRequest;
import java.time.Clock;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.tumorboard.channel.ChannelBacklog;
import org.tumorboard.event.Department;
import org.tumorboard.event.Right;
import org.tumorboard.inbox.InboxQueries;
import org.tumorboard.outbox.DepartmentNotifications;

/** What a department works with all day: its open work, what it was told, what became of what it sent. */
@Controller
final class DepartmentPages {

    /** So many notifications and events the page shows. */
    private static final int NEWEST = 15;

    /** So many notifications to acknowledge, and steps on a screen that nobody turns over. */
    private static final int MOST_PRESSING = 50;

    private final DepartmentFinder departments;
    private final DepartmentNotifications notifications;
    private final EventFinder sent;
    private final InboxQueries events;
    private final EntryForm form;
    private final EnteredEvents entered;
    private final ChannelBacklog channels;
    private final Words words;
    private final Clock clock;

    DepartmentPages(
            DepartmentFinder departments,
            DepartmentNotifications notifications,
            EventFinder sent,
            InboxQueries events,
            EntryForm form,
            EnteredEvents entered,
            ChannelBacklog channels,
            Words words,
            Clock clock) {
        this.departments = departments;
        this.notifications = notifications;
        this.sent = sent;
        this.events = events;
        this.form = form;
        this.entered = entered;
        this.channels = channels;
        this.words = words;
        this.clock = clock;
    }

    @GetMapping(path = "/departments/{department}", params = "!screen")
    String page(
            @PathVariable String department,
            @RequestParam(defaultValue = "1") int page,
            HttpServletRequest request,
            Model model) {
        Department owner = describe(department, request, model);
        model.addAttribute("steps", Page.of(page, departments.steps(department)));
        model.addAttribute("notifications", notifications.newest(owner, NEWEST));
        model.addAttribute("mayAcknowledge", Right.ACKNOWLEDGE.isOf(request::isUserInRole, department));
        if (Right.READ_EVENTS.isOf(request::isUserInRole, department)) {
            model.addAttribute("sent", sent.views(events.list(null, owner, NEWEST, 0)));
            model.addAttribute("reused", sent.views(events.reused(owner, NEWEST)));
        }
        if (Right.SEND_EVENTS.isOf(request::isUserInRole, department)) {
            model.addAttribute("types", form.types(owner));
            model.addAttribute("entries", waiting(owner, request.getRemoteUser()));
        }
        return "department";
    }

    /** The same for a screen on a wall, to be read from afar by whoever passes: short codes only, nothing to press. */
    @GetMapping(path = "/departments/{department}", params = "screen")
    String screen(@PathVariable String department, HttpServletRequest request, Model model) {
        describe(department, request, model);
        model.addAttribute(
                "steps",
                departments.steps(department).stream().limit(MOST_PRESSING).toList());
        return "screen";
    }

    private Department describe(String department, HttpServletRequest request, Model model) {
        Department owner = DepartmentFinder.known(department);
        model.addAttribute("department", owner.slug());
        model.addAttribute("title", words.plain(department));
        model.addAttribute("unacknowledged", notifications.unacknowledged(owner, MOST_PRESSING));
        model.addAttribute(
                "blocked",
                channels.read().stream()
                        .filter(channel -> channel.channel().endsWith(":" + owner.slug()) && channel.isBlocked())
                        .toList());
        model.addAttribute("heard", departments.all());
        model.addAttribute("me", Pages.Visitor.of(request));
        model.addAttribute("now", clock.instant());
        return owner;
    }

    private List<WaitingEntryView> waiting(Department owner, @Nullable String viewer) {
        return entered.waiting(owner).stream()
                .map(entry -> WaitingEntryView.of(entry, String.valueOf(viewer)))
                .toList();
    }
}
