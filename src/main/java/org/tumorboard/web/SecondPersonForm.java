package org.tumorboard.web;

import jakarta.servlet.http.HttpServletRequest;
import java.util.UUID;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;
import org.tumorboard.event.Department;
import org.tumorboard.event.EventType;

/** Takes what a second person says to an entry by hand. */
@Controller
final class SecondPersonForm {

    private final EnteredEvents events;
    private final Words words;

    SecondPersonForm(EnteredEvents events, Words words) {
        this.events = events;
        this.words = words;
    }

    @PostMapping("/departments/{department}/entries/{id}/confirm")
    String confirm(
            @PathVariable String department,
            @PathVariable UUID id,
            HttpServletRequest request,
            RedirectAttributes next) {
        Department owner = DepartmentFinder.known(department);
        EventType type = events.confirm(owner, id, String.valueOf(request.getRemoteUser()));
        return back(owner, "%s is confirmed and sent.".formatted(words.plain(type.name())), next);
    }

    @PostMapping("/departments/{department}/entries/{id}/reject")
    String reject(
            @PathVariable String department,
            @PathVariable UUID id,
            HttpServletRequest request,
            RedirectAttributes next) {
        Department owner = DepartmentFinder.known(department);
        EventType type = events.reject(owner, id, String.valueOf(request.getRemoteUser()));
        return back(owner, "%s is rejected: nothing was sent.".formatted(words.plain(type.name())), next);
    }

    private static String back(Department owner, String said, RedirectAttributes next) {
        next.addFlashAttribute("said", said);
        return "redirect:/departments/" + owner.slug();
    }
}
