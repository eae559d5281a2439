package org.tumorboard.pathway;

import java.util.List;
import org.camunda.bpm.engine.delegate.DelegateTask;
import org.camunda.bpm.engine.delegate.TaskListener;
import org.camunda.bpm.engine.impl.identity.Authentication;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.tumorboard.event.Actor;
import org.tumorboard.event.CaseId;
import org.tumorboard.event.Deed;
import org.tumorboard.event.PersonalDeeds;

/** Puts on record which person takes, gives back or completes a step; what an event completes is in the inbox. */
@Component
class PersonalSteps implements TaskListener {

    private final PersonalDeeds deeds;
    private final Elements elements;
    private final CurrentEvent current;

    PersonalSteps(PersonalDeeds deeds, Elements elements, CurrentEvent current) {
        this.deeds = deeds;
        this.elements = elements;
        this.current = current;
    }

    @Override
    public void notify(DelegateTask task) {
        if (!current.isPresent()) {
            deeds.did(Actor.currentOr(() -> signedIn(task)), deed(task), caseOf(task), task.getTaskDefinitionKey());
        }
    }

    /** Null for a question about an event that has found no case. */
    private static @Nullable CaseId caseOf(DelegateTask task) {
        String key = task.getExecution().getProcessBusinessKey();
        Object caseId = key == null ? task.getVariable("caseId") : key;
        return caseId == null ? null : new CaseId(caseId.toString());
    }

    private Deed deed(DelegateTask task) {
        if (task.getEventName().equals(EVENTNAME_ASSIGNMENT)) {
            return task.getAssignee() == null ? Deed.RELEASED_STEP : Deed.CLAIMED_STEP;
        }
        Signature signature = elements.get(task.getProcessDefinitionId(), task.getTaskDefinitionKey())
                .signature();
        return signature.firstStep() == null ? Deed.COMPLETED_STEP : Deed.AGREED_AS_SECOND_PERSON;
    }

    private static Actor signedIn(DelegateTask task) {
        Authentication person =
                task.getProcessEngineServices().getIdentityService().getCurrentAuthentication();
        return person == null || person.getUserId() == null
                ? new Actor(Actor.UNKNOWN, List.of(), null)
                : new Actor(person.getUserId(), person.getGroupIds() == null ? List.of() : person.getGroupIds(), null);
    }
}
