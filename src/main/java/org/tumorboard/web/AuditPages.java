package org.tumorboard.web;

import jakarta.servlet.http.HttpServletRequest;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.tumorboard.audit.AuditFilter;
import org.tumorboard.audit.AuditQueries;
import org.tumorboard.audit.Verification;
import org.tumorboard.event.Deed;
import org.tumorboard.event.PersonalDeeds;

/** The audit trail for people, and the check of its chain. */
@Controller
final class AuditPages {

    private final AuditQueries trail;
    private final Verification verification;
    private final PersonalDeeds deeds;

    AuditPages(AuditQueries trail, Verification verification, PersonalDeeds deeds) {
        this.trail = trail;
        this.verification = verification;
        this.deeds = deeds;
    }

    @GetMapping("/audit")
    String audit(AuditAsked asked, HttpServletRequest request, Model model) {
        AuditFilter filter = asked.filter();
        deeds.did(Deed.READ_AUDIT, filter.caseId(), "page");
        model.addAttribute("me", Pages.Visitor.of(request));
        model.addAttribute("asked", asked);
        model.addAttribute("found", AuditPiece.of(trail, filter, asked.numberBefore(), Page.SIZE));
        model.addAttribute("deeds", Deed.values());
        return "audit";
    }

    @GetMapping("/audit/verify")
    String verify(@RequestParam(defaultValue = "") String noted, HttpServletRequest request, Model model) {
        deeds.did(Deed.READ_AUDIT, null, "verify");
        model.addAttribute("me", Pages.Visitor.of(request));
        model.addAttribute("noted", noted);
        model.addAttribute("check", AuditCheck.of(verification, noted));
        return "audit-check";
    }
}
