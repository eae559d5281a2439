package org.tumorboard.pathway;

import java.time.Clock;
import java.util.Set;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Component;
import org.tumorboard.event.CaseId;
import org.tumorboard.event.EventIdentity;

/** Lets a case go on under another pseudonym of its patient; which one it had before is kept. */
@Component("patients")
public final class PatientMerge {

    private final CaseFiles files;
    private final PatientAliases aliases;
    private final ClosingTable closings;
    private final CurrentEvent current;
    private final ApplicationEventPublisher events;
    private final Clock clock;

    PatientMerge(
            CaseFiles files,
            PatientAliases aliases,
            ClosingTable closings,
            CurrentEvent current,
            ApplicationEventPublisher events,
            Clock clock) {
        this.files = files;
        this.aliases = aliases;
        this.closings = closings;
        this.current = current;
        this.events = events;
        this.clock = clock;
    }

    /** Re-keys the case to {@code survivingRef}; the event at hand is the second confirmation. */
    public void merge(DelegateExecution execution) {
        CaseFile file = files.of(new CaseId(execution.getProcessBusinessKey()));
        String givenUp = file.row().patientRef();
        String surviving = String.valueOf(execution.getVariable("survivingRef"));
        EventIdentity confirmation = current.identity();
        if (givenUp.equals(surviving)) {
            return;
        }
        if (!aliases.survivors(Set.of(givenUp)).containsKey(givenUp)) {
            Object reason = current.get("reason");
            aliases.add(new PatientAlias(
                    givenUp,
                    surviving,
                    file.id(),
                    current.time(),
                    clock.instant(),
                    reason == null ? null : reason.toString(),
                    String.valueOf(closings.lastSource(file.id(), "merge-confirmed")),
                    confirmation.source()));
        }
        file.rekey(surviving);
        events.publishEvent(new PatientRekeyed(givenUp, surviving));
    }
}
