package org.tumorboard.web;

import jakarta.servlet.http.HttpServletRequest;
import org.springframework.stereotype.Controller;
import org.springframework.transaction.support.TransactionTemplate;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;
import org.tumorboard.event.CaseId;
import org.tumorboard.event.Deed;
import org.tumorboard.event.Department;
import org.tumorboard.event.PersonalDeeds;
import org.tumorboard.outbox.Acknowledgements;

/** Takes that a person has seen what the department was told. */
@Controller
final class AcknowledgementForm {

    private final Acknowledgements acknowledgements;
    private final PersonalDeeds deeds;
    private final TransactionTemplate transaction;

    AcknowledgementForm(Acknowledgements acknowledgements, PersonalDeeds deeds, TransactionTemplate transaction) {
        this.acknowledgements = acknowledgements;
        this.deeds = deeds;
        this.transaction = transaction;
    }

    @PostMapping("/departments/{department}/notifications/{seq}/acknowledge")
    String acknowledge(
            @PathVariable String department,
            @PathVariable long seq,
            HttpServletRequest request,
            RedirectAttributes next) {
        Department owner = DepartmentFinder.known(department);
        CaseId caseId = acknowledgements
                .caseOf(owner, seq)
                .orElseThrow(() -> new NotFoundException("%s was never told a notification %d".formatted(owner, seq)));
        String person = String.valueOf(request.getRemoteUser());
        Boolean isNew = transaction.execute(status -> {
            boolean acknowledged = acknowledgements.acknowledge(owner, seq, person);
            if (acknowledged) {
                deeds.did(Deed.ACKNOWLEDGED, caseId, "notification %d of %s".formatted(seq, owner));
            }
            return acknowledged;
        });
        next.addFlashAttribute(
                "said",
                Boolean.TRUE.equals(isNew)
                        ? "Acknowledged."
                        : "There was nothing to acknowledge any more: somebody has, or it is done.");
        return "redirect:/departments/" + owner.slug();
    }
}
