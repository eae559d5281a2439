package org.tumorboard.pathway;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.camunda.bpm.engine.EntityTypes;
import org.camunda.bpm.engine.history.UserOperationLogEntry;
import org.camunda.bpm.engine.impl.history.event.HistoryEvent;
import org.camunda.bpm.engine.impl.history.event.UserOperationLogEntryEventEntity;
import org.camunda.bpm.engine.impl.history.handler.HistoryEventHandler;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.tumorboard.event.Actor;
import org.tumorboard.event.CaseId;
import org.tumorboard.event.Deed;
import org.tumorboard.event.PersonalDeeds;

/**
 * Puts on record what a person changes through Camunda's pages and REST besides working on steps: what the engine writes
 * into its own log of operations, in the same transaction.
 */
@Component
class EngineChanges implements HistoryEventHandler {

    /** What {@link PersonalSteps} puts on record. */
    private static final Set<String> WORK_ON_A_STEP = Set.of(
            UserOperationLogEntry.OPERATION_TYPE_CLAIM,
            UserOperationLogEntry.OPERATION_TYPE_ASSIGN,
            UserOperationLogEntry.OPERATION_TYPE_COMPLETE);

    private final PersonalDeeds deeds;
    private final CaseLookup cases;
    private final CurrentEvent current;

    EngineChanges(PersonalDeeds deeds, CaseLookup cases, CurrentEvent current) {
        this.deeds = deeds;
        this.cases = cases;
        this.current = current;
    }

    @Override
    public void handleEvents(List<HistoryEvent> events) {
        events.forEach(this::handleEvent);
    }

    @Override
    public void handleEvent(HistoryEvent event) {
        boolean followsFromAStep = current.isPresent();
        if (!followsFromAStep && event instanceof UserOperationLogEntryEventEntity change && !isWorkOnAStep(change)) {
            boolean isAccess = UserOperationLogEntry.CATEGORY_ADMIN.equals(change.getCategory());
            deeds.did(
                    Actor.currentOr(() -> new Actor(String.valueOf(change.getUserId()), List.of(), null)),
                    isAccess ? Deed.CHANGED_ACCESS : Deed.CHANGED_PROCESS,
                    caseOf(change),
                    subject(change, isAccess));
        }
    }

    private static boolean isWorkOnAStep(UserOperationLogEntryEventEntity change) {
        return EntityTypes.TASK.equals(change.getEntityType()) && WORK_ON_A_STEP.contains(change.getOperationType());
    }

    /** What was done to what; of access also to whose, of the rest no value, since that may be a fact of a case. */
    private static String subject(UserOperationLogEntryEventEntity change, boolean isAccess) {
        String what = change.getEntityType() + " " + change.getOperationType();
        if (change.getProperty() == null) {
            return what;
        }
        return isAccess
                ? "%s %s=%s".formatted(what, change.getProperty(), change.getNewValue())
                : what + " " + change.getProperty();
    }

    private @Nullable CaseId caseOf(UserOperationLogEntryEventEntity change) {
        String instance = change.getProcessInstanceId() == null ? change.getTaskId() : change.getProcessInstanceId();
        return Optional.ofNullable(instance).flatMap(cases::of).orElse(null);
    }
}
