package org.tumorboard.web;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.Map;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;
import org.tumorboard.event.EventType;

/** Where a person enters by hand what a department says. */
@Controller
final class EntryPages {

    private final EntryForm form;
    private final Words words;
    private final Clock clock;

    EntryPages(EntryForm form, Words words, Clock clock) {
        this.form = form;
        this.words = words;
        this.clock = clock;
    }

    /** What the question already says by the names of the fields is filled in. */
    @GetMapping("/departments/{department}/events/{type}")
    String open(@PathVariable String department, @PathVariable String type, HttpServletRequest request, Model model) {
        Map<String, String> typed = typed(request);
        typed.putIfAbsent(
                EntryForm.TIME,
                clock.instant().truncatedTo(ChronoUnit.MINUTES).toString().replace("Z", ""));
        return show(known(department, type), typed, Map.of(), request, model);
    }

    @PostMapping("/departments/{department}/events/{type}")
    String send(
            @PathVariable String department,
            @PathVariable String type,
            HttpServletRequest request,
            HttpServletResponse response,
            Model model,
            RedirectAttributes next) {
        EventType sent = known(department, type);
        Map<String, String> typed = typed(request);
        typed.put(EntryForm.ID, EntryForm.id(typed));
        EntryForm.Answer answer = form.send(sent, typed, String.valueOf(request.getRemoteUser()));
        if (!answer.complaints().isEmpty()) {
            response.setStatus(HttpServletResponse.SC_BAD_REQUEST);
            return show(sent, typed, answer.complaints(), request, model);
        }
        next.addFlashAttribute(
                "said",
                answer.waits()
                        ? "%s is kept, and counts as soon as a second person confirms it here."
                                .formatted(words.plain(sent.name()))
                        : "%s is sent with the id %s. What became of it shows below as soon as it is received."
                                .formatted(words.plain(sent.name()), typed.get(EntryForm.ID)));
        return "redirect:/departments/" + sent.department().slug();
    }

    private EventType known(String department, String type) {
        return form.known(DepartmentFinder.known(department), type);
    }

    private String show(
            EventType type,
            Map<String, String> typed,
            Map<String, String> complaints,
            HttpServletRequest request,
            Model model) {
        typed.put(EntryForm.ID, EntryForm.id(typed));
        model.addAttribute("department", type.department().slug());
        model.addAttribute("type", type.name());
        model.addAttribute("title", words.plain(type.name()));
        model.addAttribute("fields", form.fields(type));
        model.addAttribute("isAboutCase", form.isAboutCase(type));
        model.addAttribute("needsSecondPerson", form.needsSecondPerson(type));
        model.addAttribute("typed", typed);
        model.addAttribute("complaints", complaints);
        model.addAttribute("me", Pages.Visitor.of(request));
        return "entry";
    }

    private static Map<String, String> typed(HttpServletRequest request) {
        Map<String, String> typed = new HashMap<>();
        request.getParameterMap().forEach((name, values) -> typed.put(name, values[0]));
        return typed;
    }
}
