package org.tumorboard.pathway;

import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.camunda.bpm.engine.BadUserRequestException;
import org.camunda.bpm.engine.RuntimeService;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.impl.identity.Authentication;
import org.jspecify.annotations.Nullable;
import org.springframework.context.annotation.Lazy;
import org.springframework.stereotype.Component;
import org.tumorboard.event.CaseId;
import org.tumorboard.event.EventIdentity;

/** The tasks by which coordination is asked about events that wait too long: model {@code parked-event}. */
@Component("parkedEventTasks")
public final class ParkedEventTasks {

    private static final String MODEL = "parked-event";
    private static final String SOURCE = "parkedEventSource";
    private static final String ID = "parkedEventId";
    private static final String SET_ASIDE = "SET_ASIDE";
    private static final Set<String> CHOICES = Set.of("WAIT_ON", SET_ASIDE);
    private static final String REASON_CODE = "[A-Z][A-Z0-9_]{1,39}";

    private final RuntimeService runtime;
    private final ParkedEventDesk desk;

    ParkedEventTasks(@Lazy RuntimeService runtime, @Lazy ParkedEventDesk desk) {
        this.runtime = runtime;
        this.desk = desk;
    }

    /**
     * Asks coordination.
     *
     * @param type short type of the event
     * @param caseId the case that it waits in; null if it has found none
     * @return by which the question can be withdrawn
     */
    public String ask(EventIdentity event, String type, @Nullable CaseId caseId, Instant receivedAt) {
        Map<String, Object> facts = new HashMap<>();
        facts.put(SOURCE, event.source());
        facts.put(ID, event.id());
        facts.put("parkedEventType", type);
        facts.put("parkedSince", receivedAt.toString());
        if (caseId != null) {
            facts.put("caseId", caseId.value());
        }
        return runtime.startProcessInstanceByKey(MODEL, facts).getId();
    }

    /** Nobody need answer any more; what was answered meanwhile is gone already. */
    public void withdraw(Collection<String> asked) {
        for (String instance : asked) {
            if (runtime.createProcessInstanceQuery().processInstanceId(instance).count() == 1) {
                runtime.deleteProcessInstance(instance, "the event found its step");
            }
        }
    }

    /**
     * Puts the answer on record.
     *
     * @throws BadUserRequestException naming the field and what was expected
     */
    public void settle(DelegateExecution execution) {
        String choice = String.valueOf(execution.getVariable("choice"));
        String reason = String.valueOf(execution.getVariable("reason"));
        if (!CHOICES.contains(choice)) {
            throw new BadUserRequestException("choice: expected one of %s, but got '%s'".formatted(CHOICES, choice));
        }
        if (!reason.matches(REASON_CODE)) {
            throw new BadUserRequestException(
                    "reason: expected a code such as SENT_BY_MISTAKE, but got '%s'".formatted(reason));
        }
        Authentication signedIn =
                execution.getProcessEngineServices().getIdentityService().getCurrentAuthentication();
        desk.settle(
                new EventIdentity(
                        String.valueOf(execution.getVariable(SOURCE)), String.valueOf(execution.getVariable(ID))),
                choice.equals(SET_ASIDE),
                reason,
                signedIn == null || signedIn.getUserId() == null ? "unknown" : signedIn.getUserId());
    }
}
