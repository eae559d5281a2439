package org.tumorboard.pathway;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.tumorboard.event.CaseStatus;
import org.tumorboard.event.EventType;

/**
 * What a model says of one of its elements.
 *
 * @param event the event that closes it (user task) or triggers it (message event); null if neither
 * @param match what the event's data must hold for this element
 * @param step the step's name in the API and in {@code step-completed}; user tasks only
 * @param group the group whose work it is; user tasks only
 * @param milestone the milestone earned when it is completed
 * @param milestoneAt expression for the clinical time of the milestone and the notifications
 * @param joins the milestones whose latest instant is that time instead
 * @param furtherMilestones those earned at the same time if their condition holds
 * @param status the case's status from its start on
 * @param notifications what is sent when it is completed
 * @param books the kind of slot or bed that its event books
 * @param loses the kind of slot or bed that its event takes back
 * @param signature whose hand the step needs
 * @param clock the SLA clock whose limit is the step's deadline
 * @param form the form in which a person enters what the event would say
 * @param calledProcess the phase that a call activity starts
 * @param decision the decision table that a business rule task asks
 */
public record Element(
        String processId,
        String id,
        String name,
        boolean isUserTask,
        boolean startsProcess,
        @Nullable EventType event,
        Match match,
        @Nullable String step,
        @Nullable String group,
        @Nullable String milestone,
        String milestoneAt,
        List<String> joins,
        List<Conditional> furtherMilestones,
        @Nullable CaseStatus status,
        List<String> notifications,
        @Nullable String books,
        @Nullable String loses,
        Signature signature,
        @Nullable String clock,
        @Nullable String form,
        @Nullable String calledProcess,
        @Nullable String decision) {

    /**
     * A milestone that is earned only if its condition holds.
     *
     * @param condition an expression that reads only {@code event}
     */
    record Conditional(String milestone, String condition) {}

    static final String MOMENT_OF_THE_EVENT = "${event.time}";

    /** The milestone that a case earns when it takes an exception path: {@code path-x-09} for X-09. */
    static String milestoneOfPath(String path) {
        return "path-" + path.toLowerCase(Locale.ROOT);
    }

    /** Whether its completion puts the case into an urgency class. */
    boolean classifies() {
        return ModelListeners.URGENCY.equals(decision);
    }

    boolean waitsFor(EventType type) {
        return type.equals(event);
    }

    Optional<EventType> awaited() {
        return Optional.ofNullable(event);
    }

    /** Whether only a signed-in person may complete it, and no event. */
    public boolean needsPerson() {
        return signature.isRequired();
    }

    /** Every milestone that its completion may earn. */
    Stream<String> milestones() {
        return Stream.concat(
                Stream.ofNullable(milestone), furtherMilestones.stream().map(Conditional::milestone));
    }

    /** How a coordinator would call it. */
    public String title() {
        return "'%s' (%s)".formatted(name, processId);
    }
}
