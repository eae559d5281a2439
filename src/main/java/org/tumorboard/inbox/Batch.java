package org.tumorboard.inbox;

import static java.util.stream.Collectors.toSet;

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
import org.tumorboard.event.CaseId;
import org.tumorboard.event.EventIdentity;
import org.tumorboard.event.EventReader;
import org.tumorboard.event.EventSchemas;
import org.tumorboard.event.EventType;
import org.tumorboard.event.InboundEvent;
import org.tumorboard.event.Outcome;
import org.tumorboard.event.Reading;
import org.tumorboard.outbox.OutboundMessage;
import org.tumorboard.pathway.CaseRow;
import org.tumorboard.pathway.Move;
import org.tumorboard.pathway.Pathway;
import org.tumorboard.pathway.StepClosing;
import org.tumorboard.pathway.WaitingStep;

/**
 * One batch on its way through a transaction; its fields are what it has found out so far. Moves are made in waves: one
 * command of the engine for at most one event of each patient, since within a command the engine does not see what an
 * earlier event of the same case has done. After each wave the patients' waiting events are tried again.
 */
final class Batch implements PatientQueue.Desk {

    private final InboxTable table;
    private final OpenQuestions questions;
    private final Pathway pathway;
    private final EventReader reader;
    private final EventSchemas schemas;
    private final DeadLetters deadLetters;
    private final Instant now;
    private final Map<EventIdentity, InboundEvent> fresh = new LinkedHashMap<>();
    private final Map<EventIdentity, Arrival> arrivalOf = new HashMap<>();
    private final List<OutboundMessage> letters = new ArrayList<>();
    private final Map<EventIdentity, Verdict> verdicts = new HashMap<>();
    private final Map<EventIdentity, InboundEvent> waitedBefore = new HashMap<>();
    private final Map<String, PatientQueue> queues = new LinkedHashMap<>();
    private final List<InboxEntry> refused = new ArrayList<>();
    private final Amendments amendments;
    private final UnitNews unitNews;
    private Set<String> released = Set.of();
    private boolean hasLooked;
    private Map<CaseId, CaseRow> cases = Map.of();
    private Map<CaseId, List<WaitingStep>> waiting = Map.of();

    Batch(
            InboxTable table,
            OpenQuestions questions,
            Pathway pathway,
            EventReader reader,
            EventSchemas schemas,
            DeadLetters deadLetters,
            Instant now) {
        this.table = table;
        this.questions = questions;
        this.pathway = pathway;
        this.reader = reader;
        this.schemas = schemas;
        this.deadLetters = deadLetters;
        this.now = now;
        this.amendments = new Amendments(table, schemas, now);
        this.unitNews = new UnitNews(table, schemas);
    }

    /** Applies the arrivals and whatever of the released patients' waiting events they make possible. */
    Result apply(List<Arrival> arrivals, Collection<String> patientsReleased) {
        int duplicates = read(arrivals);
        released = Set.copyOf(patientsReleased);
        enqueue();
        if (!queues.isEmpty()) {
            makeWaves();
            judgeLeftovers();
        }
        return new Result(record(), decidedOfWaiting(), letters, freshUnitNews(), duplicates);
    }

    /** Reads the arrivals, and drops those that have been here before. */
    private int read(List<Arrival> arrivals) {
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
        useSurvivingPatients();
        return arrivals.size() - fresh.size() - refused.size();
    }

    /** Departments may still name a pseudonym that was given up for another. */
    private void useSurvivingPatients() {
        Map<String, String> survivors = pathway.survivors(fresh.values().stream()
                .filter(event -> !schemas.isUnitWide(event.type()))
                .map(InboundEvent::patientRef)
                .collect(toSet()));
        if (!survivors.isEmpty()) {
            fresh.replaceAll((identity, event) ->
                    survivors.containsKey(event.patientRef()) ? event.of(survivors.get(event.patientRef())) : event);
        }
    }

    private void enqueue() {
        Set<String> patients = new HashSet<>(released);
        Set<CaseId> named = new HashSet<>();
        for (InboundEvent event : fresh.values()) {
            if (!schemas.isUnitWide(event.type())) {
                patients.add(event.patientRef());
                named.add(event.subject() != null ? event.subject() : CaseId.openedBy(event.identity()));
            }
        }
        if (!patients.isEmpty()) {
            pathway.lock(patients, named);
        }
        patients.forEach(patient -> queues.put(patient, new PatientQueue(patient)));
        List<InboundEvent> parked = table.parked(patients);
        parked.forEach(event -> waitedBefore.put(event.identity(), event));
        amendments.judge(fresh.values(), refused, parked);
        queue(parked);
    }

    /** Amendments stand in no queue unless a case is to follow them; what was taken back in time stands in none. */
    private void queue(List<InboundEvent> parked) {
        amendments.verdicts().forEach((identity, verdict) -> {
            if (!waitedBefore.containsKey(identity) || verdict.outcome() != Outcome.PARKED) {
                verdicts.put(identity, verdict);
            }
        });
        amendments.plans().forEach(plan -> queues.get(plan.event().patientRef()).addAmending(plan.event()));
        parked.stream().filter(this::isToBeTried).forEach(event -> queues.get(event.patientRef())
                .addParked(amendments.inForce(event)));
        fresh.values().stream()
                .filter(event -> !schemas.isUnitWide(event.type()))
                .filter(this::isToBeTried)
                .forEach(event -> queues.get(event.patientRef()).addArrived(amendments.inForce(event)));
    }

    private boolean isToBeTried(InboundEvent event) {
        return !Amendment.isOne(event.type()) && !verdicts.containsKey(event.identity());
    }

    private void makeWaves() {
        unitNews.add(freshUnitNews());
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
        types.addAll(schemas.unitWideTypes());
        waiting = pathway.waiting(
                cases.values().stream()
                        .filter(CaseRow::isOpen)
                        .map(CaseRow::caseId)
                        .toList(),
                types);
        fetchUnitNews();
    }

    /** News of the units that cases have come to wait for may be older than this batch. */
    private void fetchUnitNews() {
        if (!hasLooked) {
            hasLooked = true;
            waiting.forEach((caseId, steps) -> {
                if (!released.contains(cases.get(caseId).patientRef())) {
                    unitNews.areOld(steps);
                }
            });
        }
        waiting.values().forEach(unitNews::fetchFor);
    }

    private void judgeLeftovers() {
        cases = new HashMap<>(pathway.cases());
        Map<String, CaseRow> closed = pathway.lastClosed(patientsWithoutOpenCase());
        closed.values().forEach(row -> cases.putIfAbsent(row.caseId(), row));
        Map<InboundEvent, CaseId> stuck = new LinkedHashMap<>();
        for (PatientQueue queue : queues.values()) {
            for (InboundEvent event : queue.left()) {
                if (waitedBefore.containsKey(event.identity())
                        && !queue.hasMoved()
                        && !amendments.isAmendedNow(event)) {
                    continue;
                }
                Route route = Route.of(event, pathway.opensCase(event.type()), cases, closed);
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

    private Set<String> patientsWithoutOpenCase() {
        Set<String> patients = queues.values().stream()
                .filter(queue -> !queue.left().isEmpty())
                .map(PatientQueue::patientRef)
                .collect(toSet());
        cases.values().stream().filter(CaseRow::isOpen).map(CaseRow::patientRef).forEach(patients::remove);
        return patients;
    }

    private Verdict judge(InboundEvent event, CaseId caseId, List<StepClosing> closings) {
        CaseRow row = cases.get(caseId);
        if (!row.isOpen()) {
            return Verdict.alreadyDone(caseId, "the case ended as %s at %s".formatted(row.status(), row.closedAt()));
        }
        Optional<String> obstacle = pathway.obstacle(event, row);
        if (obstacle.isPresent()) {
            return Verdict.parked(caseId, obstacle.get());
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

    private List<InboundEvent> freshUnitNews() {
        return fresh.values().stream()
                .filter(event -> schemas.isUnitWide(event.type()))
                .toList();
    }

    private List<InboxEntry> record() {
        table.lockUnits(freshUnitNews().stream().map(InboundEvent::unit).collect(toSet()));
        List<InboxEntry> entries = new ArrayList<>(refused);
        for (InboundEvent event : fresh.values()) {
            Verdict verdict = verdicts.computeIfAbsent(event.identity(), identity -> unheard(event));
            entries.add(InboxEntry.of(event, schemas.isUnitWide(event.type()), verdict, now));
            if (verdict.outcome() == Outcome.REFUSED) {
                letters.add(deadLetters.of(arrivalOf.get(event.identity()), String.valueOf(verdict.reason()), now));
            }
        }
        table.add(entries);
        table.decide(
                verdicts.keySet().stream()
                        .filter(event -> !fresh.containsKey(event))
                        .toList(),
                verdicts::get,
                now);
        table.adoptAmendmentsOf(amendments.amended());
        pathway.withdrawQuestions(questions.take(noLongerParked()));
        letters.addAll(lettersAboutWaiting());
        return entries;
    }

    private List<EventIdentity> noLongerParked() {
        return verdicts.entrySet().stream()
                .filter(decided -> waitedBefore.containsKey(decided.getKey())
                        && decided.getValue().outcome() != Outcome.PARKED)
                .map(Map.Entry::getKey)
                .toList();
    }

    /** An amendment that waited is refused as one that has just come would have been. */
    private List<OutboundMessage> lettersAboutWaiting() {
        List<OutboundMessage> found = new ArrayList<>();
        verdicts.forEach((identity, verdict) -> {
            InboundEvent amendment = amendments.sent(identity);
            if (amendment != null && verdict.outcome() == Outcome.REFUSED && !fresh.containsKey(identity)) {
                found.add(deadLetters.of(amendment, String.valueOf(verdict.reason()), now));
            }
        });
        return found;
    }

    /** What is decided now of events that had waited; some wait on. */
    private Map<InboundEvent, Outcome> decidedOfWaiting() {
        Map<InboundEvent, Outcome> decided = new LinkedHashMap<>();
        waitedBefore.forEach((identity, event) -> {
            Verdict verdict = verdicts.get(identity);
            if (verdict != null && verdict.outcome() != Outcome.PARKED) {
                decided.put(event, verdict.outcome());
            }
        });
        return decided;
    }

    private Verdict unheard(InboundEvent news) {
        return Verdict.parked(
                null,
                "no case waits for this news of unit %s yet; given to each that comes to wait for it while it holds"
                        .formatted(news.unit()));
    }

    @Override
    public Map<CaseId, CaseRow> cases() {
        return cases;
    }

    @Override
    public List<InboundEvent> unitNews() {
        return unitNews.holding();
    }

    @Override
    public List<WaitingStep> taking(CaseId caseId, InboundEvent event) {
        List<WaitingStep> steps = waiting.getOrDefault(caseId, List.of()).stream()
                .filter(step -> step.takes(event))
                .toList();
        return steps.isEmpty() || pathway.obstacle(event, cases.get(caseId)).isPresent() ? List.of() : steps;
    }

    @Override
    public Optional<Move> move(InboundEvent event) {
        Amendments.Plan plan = amendments.planOf(event.identity());
        if (plan != null) {
            return Optional.of(
                    new Move(plan.event(), plan.caseId(), taking(plan.caseId(), plan.event()), plan.amendment()));
        }
        Route route = Route.of(event, pathway.opensCase(event.type()), cases, Map.of());
        if (route instanceof Route.Opens opens) {
            return Optional.of(new Move(event, opens.caseId(), List.of()));
        }
        if (route instanceof Route.ToCase toCase) {
            List<WaitingStep> steps = taking(toCase.caseId(), event);
            return steps.isEmpty() ? Optional.empty() : Optional.of(new Move(event, toCase.caseId(), steps));
        }
        return Optional.empty();
    }

    /**
     * @param entries the new rows of the inbox
     * @param released events that had waited, and what became of them
     * @param letters the dead letters of what was refused
     * @param unitNews new events about a Gamma Knife unit, for the cases that wait for them
     * @param duplicates how many arrivals had been here before
     */
    record Result(
            List<InboxEntry> entries,
            Map<InboundEvent, Outcome> released,
            List<OutboundMessage> letters,
            List<InboundEvent> unitNews,
            int duplicates) {}
}
