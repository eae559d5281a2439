package org.tumorboard.inbox;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.tumorboard.event.CaseId;
import org.tumorboard.event.EventIdentity;
import org.tumorboard.event.EventType;
import org.tumorboard.event.InboundEvent;
import org.tumorboard.pathway.CaseRow;
import org.tumorboard.pathway.Move;
import org.tumorboard.pathway.WaitingStep;

/**
 * One patient's events in a batch: those that wait, in clinical order, then those that have just arrived, in their
 * order. It gives out one move at a time, since what a move causes decides what the next may be, and so many in all that
 * others, who wait for the end of the batch, wait a second and not minutes; then the patient's turn is over, and the rest
 * waits for the next.
 */
final class PatientQueue {

    private static final Comparator<InboundEvent> CLINICAL_ORDER = Comparator.comparing(InboundEvent::time)
            .thenComparing(event -> event.identity().source())
            .thenComparing(event -> event.identity().id());

    /** A whole case of the main path has fewer events. */
    static final int MOVES_OF_A_TURN = 64;

    private final String patientRef;
    private final List<InboundEvent> waiting = new ArrayList<>();
    private final Deque<InboundEvent> arrived = new ArrayDeque<>();
    private final Deque<InboundEvent> amending = new ArrayDeque<>();
    private final Set<Given> unitNewsGiven = new HashSet<>();
    private int moves;
    private boolean isTurnOver;

    PatientQueue(String patientRef) {
        this.patientRef = patientRef;
    }

    String patientRef() {
        return patientRef;
    }

    void addParked(InboundEvent event) {
        waiting.add(event);
    }

    void addArrived(InboundEvent event) {
        arrived.add(event);
    }

    /** A correction or retraction of what has moved the case; it makes its move before anything else. */
    void addAmending(InboundEvent event) {
        amending.add(event);
    }

    boolean hasMoved() {
        return moves > 0;
    }

    /** Whether more could be taken of it than one turn may hold. */
    boolean isTurnOver() {
        return isTurnOver;
    }

    /** The events that no step has taken. */
    List<InboundEvent> left() {
        List<InboundEvent> left = new ArrayList<>(waiting);
        left.addAll(arrived);
        left.addAll(amending);
        return left;
    }

    Set<EventType> types() {
        Set<EventType> types = new HashSet<>();
        waiting.forEach(event -> types.add(event.type()));
        arrived.forEach(event -> types.add(event.type()));
        amending.forEach(event -> types.add(event.type()));
        return types;
    }

    /** The next move that a step waits for; what arrived before it and fits nowhere joins the waiting. */
    Optional<Move> next(Desk desk) {
        if (moves == MOVES_OF_A_TURN) {
            isTurnOver = true;
            return Optional.empty();
        }
        if (!amending.isEmpty()) {
            return moved(desk.move(amending.poll()));
        }
        for (InboundEvent event : waiting) {
            Optional<Move> move = desk.move(event);
            if (move.isPresent()) {
                waiting.remove(event);
                return moved(move);
            }
        }
        while (!arrived.isEmpty()) {
            InboundEvent event = arrived.poll();
            Optional<Move> move = desk.move(event);
            if (move.isPresent()) {
                return moved(move);
            }
            waiting.add(event);
        }
        waiting.sort(CLINICAL_ORDER);
        return moved(unitNews(desk));
    }

    private Optional<Move> unitNews(Desk desk) {
        for (CaseRow row : desk.cases().values()) {
            if (row.isOpen() && row.patientRef().equals(patientRef)) {
                for (InboundEvent news : desk.unitNews()) {
                    List<WaitingStep> steps = desk.taking(row.caseId(), news).stream()
                            .filter(step -> unitNewsGiven.add(
                                    new Given(row.caseId(), step.element().id(), news.identity())))
                            .toList();
                    if (!steps.isEmpty()) {
                        return Optional.of(new Move(news, row.caseId(), steps));
                    }
                }
            }
        }
        return Optional.empty();
    }

    /** What an element was given once in this batch; what it causes may wait for the same news. */
    private record Given(CaseId caseId, String element, EventIdentity news) {}

    private Optional<Move> moved(Optional<Move> move) {
        if (move.isPresent()) {
            moves++;
        }
        return move;
    }

    /** What is known when a wave is put together. */
    interface Desk {

        Map<CaseId, CaseRow> cases();

        /** The news of units that still hold, the newest first. */
        List<InboundEvent> unitNews();

        List<WaitingStep> taking(CaseId caseId, InboundEvent event);

        /** The move that the event makes now, if a step waits for it or it opens a case. */
        Optional<Move> move(InboundEvent event);
    }
}
