package org.tumorboard.inbox;

import static java.util.stream.Collectors.toSet;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;
import org.tumorboard.event.CaseId;
import org.tumorboard.event.EventIdentity;
import org.tumorboard.event.EventReader;
import org.tumorboard.event.EventSchemas;
import org.tumorboard.event.EventType;
import org.tumorboard.event.InboundEvent;
import org.tumorboard.event.Outcome;
import org.tumorboard.event.Reading;
import org.tumorboard.outbox.OutboundMessage;
import org.tumorboard.outbox.Outbox;
import org.tumorboard.pathway.CaseRow;
import org.tumorboard.pathway.Move;
import org.tumorboard.pathway.Pathway;
import org.tumorboard.pathway.StepClosing;
import org.tumorboard.pathway.WaitingStep;

/**
 * Applies a batch of arrivals, with everything they cause, in one database transaction. Moves are made in waves: one
 * command of the engine for at most one event of each patient, since within a command the engine does not see what an
 * earlier event of the same case has done. After each wave the patients' waiting events are tried again.
 */
@Component
class InboxTransaction {

    /** How long news of a Gamma Knife unit can still concern a case that comes to wait for it. */
    private static final Duration UNIT_NEWS = Duration.ofHours(48);

    private static final ThreadLocal<Boolean> RUNNING = new ThreadLocal<>();

    private final TransactionTemplate template;
    private final InboxTable table;
    private final Pathway pathway;
    private final EventReader reader;
    private final EventSchemas schemas;
    private final Outbox outbox;
    private final DeadLetters deadLetters;
    private final InboxMeter meter;
    private final Clock clock;

    InboxTransaction(
            TransactionTemplate template,
            InboxTable table,
            Pathway pathway,
            EventReader reader,
            EventSchemas schemas,
            Outbox outbox,
            DeadLetters deadLetters,
            InboxMeter meter,
            Clock clock) {
        this.template = template;
        this.table = table;
        this.pathway = pathway;
        this.reader = reader;
        this.schemas = schemas;
        this.outbox = outbox;
        this.deadLetters = deadLetters;
        this.meter = meter;
        this.clock = clock;
    }

    /**
     * @param arrivals in the order in which they are to be applied
     * @param released patients whose waiting events are tried again even if none of theirs arrives
     * @throws Move.Failed if a model cannot take one of the events; nothing is applied then
     */
    void apply(List<Arrival> arrivals, Collection<String> released) {
        RUNNING.set(true);
        try {
            template.executeWithoutResult(status -> new Batch(clock.instant()).apply(arrivals, released));
        } finally {
            RUNNING.remove();
        }
    }

    /** Whether this thread works on a batch, which itself releases what its moves make possible. */
    static boolean isRunning() {
        return Boolean.TRUE.equals(RUNNING.get());
    }

    /** Puts an event aside that cannot be applied; it can be re-driven. */
    void setAside(@Nullable Arrival arrival, EventIdentity event, String reason) {
        template.executeWithoutResult(status -> recordFailure(arrival, event, reason));
    }

    private void recordFailure(@Nullable Arrival arrival, EventIdentity event, String reason) {
        Instant now = clock.instant();
        Verdict verdict = new Verdict(Outcome.FAILED, null, reason, false);
        if (table.settled(List.of(event)).contains(event)) {
            table.decide(List.of(event), identity -> verdict, now);
        } else if (arrival != null
                && reader.read(arrival.sender(), arrival.headers(), arrival.value(), now)
                        instanceof Reading.Accepted accepted) {
            InboundEvent failed = accepted.event();
            table.add(List.of(InboxEntry.of(failed, schemas.isUnitWide(failed.type()), verdict, now)));
        }
        meter.count(
                Outcome.FAILED, arrival == null ? "unknown" : arrival.sender().slug());
    }

    /** One batch on its way; its fields are what it has found out so far. */
    private final class Batch implements PatientQueue.Desk {

        private final Instant now;
        private final Map<EventIdentity, InboundEvent> fresh = new LinkedHashMap<>();
        private final Map<EventIdentity, Arrival> arrivalOf = new HashMap<>();
        private final List<OutboundMessage> letters = new ArrayList<>();
        private final Map<EventIdentity, Verdict> verdicts = new HashMap<>();
        private final Set<EventIdentity> waitedBefore = new HashSet<>();
        private final Map<String, PatientQueue> queues = new LinkedHashMap<>();
        private final List<InboxEntry> refused = new ArrayList<>();
        private List<InboundEvent> unitNews = List.of();
        private Map<CaseId, CaseRow> cases = Map.of();
        private Map<CaseId, List<WaitingStep>> waiting = Map.of();

        Batch(Instant now) {
            this.now = now;
        }

        void apply(List<Arrival> arrivals, Collection<String> released) {
            read(arrivals);
            enqueue(released);
            if (!queues.isEmpty()) {
                makeWaves();
                judgeLeftovers();
            }
            record();
        }

        /** Reads the arrivals, and drops those that have been here before. */
        private void read(List<Arrival> arrivals) {
            Map<EventIdentity, Reading.Refused> broken = new LinkedHashMap<>();
            for (Arrival arrival : arrivals) {
                Reading reading = reader.read(arrival.sender(), arrival.headers(), arrival.value(), now);
                if (reading instanceof Reading.Accepted accepted) {
                    fresh.putIfAbsent(accepted.event().identity(), accepted.event());
                    arrivalOf.putIfAbsent(accepted.event().identity(), arrival);
                } else if (reading instanceof Reading.Refused refusal) {
                    EventIdentity identity = refusal.identity() == null ? arrival.place() : refusal.identity();
                    broken.putIfAbsent(identity, refusal);
                    arrivalOf.putIfAbsent(identity, arrival);
                }
            }
            Set<EventIdentity> settled = table.settled(arrivalOf.keySet());
            fresh.keySet().removeAll(settled);
            broken.keySet().removeAll(settled);
            broken.keySet().removeAll(fresh.keySet());
            broken.forEach((identity, refusal) -> {
                Arrival arrival = arrivalOf.get(identity);
                refused.add(InboxEntry.refused(arrival, identity, refusal.type(), refusal.reason(), now));
                letters.add(deadLetters.of(arrival, refusal.reason(), now));
            });
            meter.countDuplicates(arrivals.size() - fresh.size() - refused.size());
        }

        private void enqueue(Collection<String> released) {
            Set<String> patients = new HashSet<>(released);
            Set<CaseId> named = new HashSet<>();
            for (InboundEvent event : fresh.values()) {
                if (schemas.isUnitWide(event.type())) {
                    patients.addAll(pathway.patientsWaitingFor(event.type(), event.unit()));
                } else {
                    patients.add(event.patientRef());
                    named.add(event.subject() != null ? event.subject() : CaseId.openedBy(event.identity()));
                }
            }
            if (patients.isEmpty()) {
                return;
            }
            pathway.lock(patients, named);
            patients.forEach(patient -> queues.put(patient, new PatientQueue(patient)));
            for (InboundEvent event : table.parked(patients)) {
                waitedBefore.add(event.identity());
                queues.get(event.patientRef()).addParked(event);
            }
            fresh.values().stream()
                    .filter(event -> !schemas.isUnitWide(event.type()))
                    .forEach(event -> queues.get(event.patientRef()).addArrived(event));
        }

        private void makeWaves() {
            unitNews = new ArrayList<>(fresh.values().stream()
                    .filter(event -> schemas.isUnitWide(event.type()))
                    .toList());
            unitNews.addAll(table.aboutUnits(now.minus(UNIT_NEWS)));
            List<PatientQueue> active = new ArrayList<>(queues.values());
            while (!active.isEmpty()) {
                look(active);
                List<Move> wave = new ArrayList<>();
                for (PatientQueue queue : List.copyOf(active)) {
                    queue.next(this).ifPresentOrElse(wave::add, () -> active.remove(queue));
                }
                if (!wave.isEmpty()) {
                    pathway.make(wave);
                    wave.forEach(move -> verdicts.put(move.event().identity(), Verdict.applied(move.caseId())));
                }
            }
        }

        /** One look-up of what the patients' cases wait for. */
        private void look(List<PatientQueue> active) {
            cases = pathway.cases();
            Set<EventType> types =
                    active.stream().flatMap(queue -> queue.types().stream()).collect(toSet());
            unitNews.forEach(news -> types.add(news.type()));
            waiting = pathway.waiting(
                    cases.values().stream()
                            .filter(CaseRow::isOpen)
                            .map(CaseRow::caseId)
                            .toList(),
                    types);
        }

        private void judgeLeftovers() {
            cases = pathway.cases();
            Map<InboundEvent, CaseId> stuck = new LinkedHashMap<>();
            for (PatientQueue queue : queues.values()) {
                for (InboundEvent event : queue.left()) {
                    if (waitedBefore.contains(event.identity()) && !queue.hasMoved()) {
                        continue;
                    }
                    Route route = Route.of(event, pathway.opensCase(event.type()), cases);
                    if (route instanceof Route.Nowhere nowhere) {
                        verdicts.put(event.identity(), nowhere.verdict());
                    } else if (route instanceof Route.ToCase toCase) {
                        stuck.put(event, toCase.caseId());
                    }
                }
            }
            if (stuck.isEmpty()) {
                return;
            }
            List<StepClosing> closings = pathway.closings(
                    new HashSet<>(stuck.values()),
                    stuck.keySet().stream().map(InboundEvent::type).collect(toSet()));
            stuck.forEach((event, caseId) -> verdicts.put(event.identity(), judge(event, caseId, closings)));
        }

        private Verdict judge(InboundEvent event, CaseId caseId, List<StepClosing> closings) {
            CaseRow row = cases.get(caseId);
            if (!row.isOpen()) {
                return Verdict.alreadyDone(
                        caseId, "the case ended as %s at %s".formatted(row.status(), row.closedAt()));
            }
            return Leftovers.judge(
                    event,
                    caseId,
                    waiting.getOrDefault(caseId, List.of()),
                    closings.stream()
                            .filter(closing -> closing.caseId().equals(caseId)
                                    && closing.eventType().equals(event.type().shortName()))
                            .toList(),
                    pathway.elementsFor(event));
        }

        private void record() {
            List<InboxEntry> entries = new ArrayList<>(refused);
            for (InboundEvent event : fresh.values()) {
                Verdict verdict = verdicts.computeIfAbsent(event.identity(), identity -> unheard(event));
                entries.add(InboxEntry.of(event, schemas.isUnitWide(event.type()), verdict, now));
                if (verdict.outcome() == Outcome.REFUSED) {
                    letters.add(deadLetters.of(arrivalOf.get(event.identity()), String.valueOf(verdict.reason()), now));
                }
            }
            table.add(entries);
            table.decide(waitedBefore.stream().filter(verdicts::containsKey).toList(), verdicts::get, now);
            outbox.add(letters);
            entries.forEach(entry -> meter.count(entry.outcome(), entry.department()));
        }

        private Verdict unheard(InboundEvent news) {
            return Verdict.parked(
                    null,
                    "no case waits for news of unit %s yet; given to each that does within %d h"
                            .formatted(news.unit(), UNIT_NEWS.toHours()));
        }

        @Override
        public Map<CaseId, CaseRow> cases() {
            return cases;
        }

        @Override
        public List<InboundEvent> unitNews() {
            return unitNews;
        }

        @Override
        public List<WaitingStep> taking(CaseId caseId, InboundEvent event) {
            return waiting.getOrDefault(caseId, List.of()).stream()
                    .filter(step -> step.takes(event))
                    .toList();
        }

        @Override
        public Optional<Move> move(InboundEvent event) {
            Route route = Route.of(event, pathway.opensCase(event.type()), cases);
            if (route instanceof Route.Opens opens) {
                return Optional.of(new Move(event, opens.caseId(), List.of()));
            }
            if (route instanceof Route.ToCase toCase) {
                List<WaitingStep> steps = taking(toCase.caseId(), event);
                return steps.isEmpty() ? Optional.empty() : Optional.of(new Move(event, toCase.caseId(), steps));
            }
            return Optional.empty();
        }
    }
}
