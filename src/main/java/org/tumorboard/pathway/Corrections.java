package org.tumorboard.pathway;

import java.util.List;
import org.camunda.bpm.engine.RuntimeService;
import org.camunda.bpm.engine.runtime.ProcessInstance;
import org.springframework.context.annotation.Lazy;
import org.springframework.stereotype.Component;
import org.tumorboard.event.CaseId;
import org.tumorboard.event.InboundEvent;

/**
 * Lets a case follow the correction or retraction of an event that has moved it: ledger, variables, timers.
 * The steps that the event closed stay closed, and where the case went it stays; what else is to happen, a model says
 * by waiting for the message of that name.
 */
@Component
class Corrections {

    private final CaseFiles files;
    private final CaseTable cases;
    private final Elements elements;
    private final Takers takers;
    private final CorrectedMilestones milestones;
    private final CorrectedVariables variables;
    private final DatedTimers timers;
    private final Resources resources;
    private final RuntimeService runtime;

    Corrections(
            CaseFiles files,
            CaseTable cases,
            Elements elements,
            Takers takers,
            CorrectedMilestones milestones,
            CorrectedVariables variables,
            DatedTimers timers,
            Resources resources,
            @Lazy RuntimeService runtime) {
        this.files = files;
        this.cases = cases;
        this.elements = elements;
        this.takers = takers;
        this.milestones = milestones;
        this.variables = variables;
        this.timers = timers;
        this.resources = resources;
        this.runtime = runtime;
    }

    /** Brings ledger and variables in line, before the models hear of it. */
    void follow(Move move) {
        CaseFile file = files.of(move.caseId());
        Move.Amendment amendment = move.amendment();
        if (amendment.retracts()) {
            milestones.retract(file, move.event(), amendment.before().identity());
        } else {
            correct(file, move.event(), amendment.before(), amendment.after());
        }
    }

    /** Tells the dates of the case's timers again, once the models have heard of it. */
    void tellTimers(Move move) {
        timers.tellAgain(running(move.caseId()));
    }

    private void correct(CaseFile file, InboundEvent correction, InboundEvent before, InboundEvent after) {
        List<ProcessInstance> running = running(file.id());
        List<Takers.Taker> found = takers.of(file, running, before);
        milestones.correct(
                file, correction, found.stream().map(Takers.Taker::element).toList(), before, after);
        found.forEach(taker -> variables.correct(running, taker, before, after));
        if (found.stream().anyMatch(taker -> taker.element().books() != null)) {
            resources.of(file).correct(after.identity(), after);
        }
        if (elements.opensCase(after.type())) {
            cases.correctOpening(
                    file.id(),
                    CaseOpening.detectedAt(after),
                    CaseOpening.lesionRefs(after),
                    after.data().path("priorSrsCourses").asInt());
        }
    }

    private List<ProcessInstance> running(CaseId caseId) {
        return runtime.createProcessInstanceQuery()
                .processInstanceBusinessKey(caseId.value())
                .list();
    }
}
