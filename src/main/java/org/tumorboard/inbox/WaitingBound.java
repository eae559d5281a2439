package org.tumorboard.inbox;

import static java.util.stream.Collectors.toSet;

import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.tumorboard.event.Department;
import org.tumorboard.event.EventSchemas;
import org.tumorboard.event.EventType;
import org.tumorboard.event.Fact;
import org.tumorboard.event.InboundEvent;
import org.tumorboard.inbox.InboxTable.Parked;

/**
 * Bounds how many events of one department may wait for one patient: a sender that repeats itself under new ids fills
 * neither table nor case page. Only paper is turned away; what has happened to a patient, or must stop, is never too much.
 */
final class WaitingBound {

    private final EventSchemas schemas;
    private final int most;
    private final Map<Waiter, Integer> waiting = new HashMap<>();

    private record Waiter(String patientRef, String department) {}

    /** @param most waiting events of one department for one patient */
    WaitingBound(EventSchemas schemas, int most) {
        this.schemas = schemas;
        this.most = most;
    }

    /**
     * Counts what waited before; where not all of it is at hand, the table is asked.
     *
     * @param others patients of whom nothing is at hand
     */
    void count(Parked parked, Collection<String> others, InboxTable table) {
        parked.entries().stream()
                .filter(entry -> !parked.crowded().contains(entry.patientRef()) && isPaper(InboxTable.event(entry)))
                .forEach(entry -> add(new Waiter(String.valueOf(entry.patientRef()), entry.department()), 1));
        Set<String> asked = new HashSet<>(others);
        asked.addAll(parked.crowded());
        if (!asked.isEmpty()) {
            table.waitingByDepartment(asked, papers(schemas))
                    .forEach((patient, departments) ->
                            departments.forEach((department, events) -> add(new Waiter(patient, department), events)));
        }
    }

    /** Of those that waited, these wait no more. */
    void forget(Collection<InboundEvent> decided) {
        decided.stream().filter(this::isPaper).forEach(event -> add(waiter(event), -1));
    }

    /** Whether one more may wait; then it counts. */
    boolean admits(InboundEvent event) {
        if (!isPaper(event)) {
            return true;
        }
        if (waiting.getOrDefault(waiter(event), 0) >= most) {
            return false;
        }
        add(waiter(event), 1);
        return true;
    }

    Verdict turnedAway(InboundEvent event) {
        return Verdict.refused(
                "expected at most %d events of %s that wait for one patient, but so many do; send it again once they are taken"
                        .formatted(most, event.type().department()));
    }

    private void add(Waiter waiter, int events) {
        waiting.merge(waiter, events, Integer::sum);
    }

    private boolean isPaper(InboundEvent event) {
        return event.patientRef() != null && schemas.fact(event.type(), event.data()) == Fact.PAPER;
    }

    private static Waiter waiter(InboundEvent event) {
        return new Waiter(
                String.valueOf(event.patientRef()), event.type().department().slug());
    }

    /** The types of events that may wait. */
    private static Set<EventType> papers(EventSchemas schemas) {
        return Arrays.stream(Department.values())
                .map(schemas::typesOf)
                .flatMap(List::stream)
                .filter(schemas::mayWait)
                .collect(toSet());
    }
}
