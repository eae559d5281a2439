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
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.tumorboard.event.CaseId;
import org.tumorboard.event.Department;
import org.tumorboard.event.EventIdentity;
import org.tumorboard.event.EventSchemas;
import org.tumorboard.event.EventType;
import org.tumorboard.event.InboundEvent;
import org.tumorboard.event.Outcome;
import org.tumorboard.event.Reading.Claim;
import org.tumorboard.inbox.InboxTable.Parked;
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

    /** Of one patient's waiting events so many are read at once; of a whole case rarely one waits. */
    private static final int PARKED_AT_HAND = 500;

    private final InboxTable table;
    private final OpenQuestions questions;
    private final Pathway pathway;
    private final EventSchemas schemas;
    private final DeadLetters deadLetters;
    private final FactsNotTaken factsNotTaken;
    private final Instant now;
    private final List<OutboundMessage> letters = new ArrayList<>();
    private final Map<EventIdentity, Verdict> verdicts = new HashMap<>();
    private final Map<EventIdentity, InboundEvent> waitedBefore = new LinkedHashMap<>();
    private final Set<EventIdentity> untried = new HashSet<>();
    private final Map<String, PatientQueue> queues = new LinkedHashMap<>();
    private final Intake intake;
    private final List<InboxEntry> refused;
    private final Map<EventIdentity, Claim> notTaken;
    private final Amendments amendments;
    private final UnitNews unitNews;
    private final WaitingBound bound;
    private Set<String> released = Set.of();
    private Set<String> inSlices = Set.of();
    private Set<String> crowded = Set.of();
    private boolean hasLooked;
    private Map<CaseId, CaseRow> cases = Map.of();
    private Map<CaseId, List<WaitingStep>> waiting = Map.of();

    Batch(
            Intake intake,
            InboxTable table,
            OpenQuestions questions,
            Pathway pathway,
            EventSchemas schemas,
            DeadLetters deadLetters,
            FactsNotTaken factsNotTaken,
            WaitingBound bound,
            Instant now) {
        this.intake = intake;
        this.table = table;
        this.questions = questions;
        this.pathway = pathway;
        this.schemas = schemas;
        this.deadLetters = deadLetters;
        this.factsNotTaken = factsNotTaken;
        this.bound = bound;
        this.now = now;
        this.refused = intake.refused(now);
        this.notTaken = intake.factsNotTaken();
        this.amendments = new Amendments(table, schemas, now);
        this.unitNews = new UnitNews(table, schemas);
    }

    /** Applies the arrivals and whatever of the released patients' waiting events they make possible. */
    Result apply(Collection<String> patientsReleased) {
        letters.addAll(intake.letters(deadLetters, now));
        released = Set.copyOf(patientsReleased);
        enqueue();
        if (!queues.isEmpty()) {
            makeWaves();
            judgeLeftovers();
        }
        return new Result(
                record(),
                decidedOfWaiting(),
                letters,
                freshUnitNews(),
                unfinished(),
                intake.duplicates(),
                intake.reused().values());
    }

    private void refuseUnknownSteps() {
        intake.events().forEach(event -> pathway.complaintAboutStep(event)
                .ifPresent(complaint -> verdicts.put(event.identity(), Verdict.refused(complaint))));
    }

    private void enqueue() {
        refuseUnknownSteps();
        queueUpBehind();
        Set<String> patients = new HashSet<>(released);
        Set<CaseId> named = new HashSet<>(table.namedInTurn(released));
        for (InboundEvent event : arrivedToBeTried()) {
            if (!schemas.isUnitWide(event.type())) {
                patients.add(event.patientRef());
                named.addAll(
                        event.subject() != null
                                ? Intake.spellings(event.subject())
                                : List.of(CaseId.openedBy(event.identity())));
            }
        }
        Set<String> concerned = new HashSet<>(patients);
        notTaken.values().forEach(claim -> {
            if (claim.patientRef() != null) {
                concerned.add(claim.patientRef());
            }
            if (claim.subject() != null) {
                named.addAll(Intake.spellings(claim.subject()));
            }
        });
        if (!concerned.isEmpty() || !named.isEmpty()) {
            pathway.lock(concerned, named);
            intake.useSpellingsOf(pathway.cases());
        }
        patients.forEach(patient -> queues.put(patient, new PatientQueue(patient)));
        Parked parked = table.parked(
                patients.stream().filter(patient -> !inSlices.contains(patient)).toList(), PARKED_AT_HAND);
        crowded = parked.crowded();
        bound.count(parked, inSlices, table);
        parked.entries().forEach(this::waited);
        amendments.judge(arrivedToBeTried(), refused, waitedBefore.values());
        queue(waitedBefore.values());
    }

    /**
     * What comes for a patient whose waiting events are being taken slice by slice takes its place behind them, without a
     * wait for the slice that is under way. Only a treatment, a stop or a death is tried at once.
     */
    private void queueUpBehind() {
        inSlices = table.awaitingTurn(intake.events().stream()
                .map(InboundEvent::patientRef)
                .filter(Objects::nonNull)
                .filter(patient -> !released.contains(patient))
                .collect(toSet()));
        intake.events().stream()
                .filter(event -> event.patientRef() != null && inSlices.contains(event.patientRef()))
                .filter(event -> !factsNotTaken.matters(event))
                .filter(event -> !verdicts.containsKey(event.identity()))
                .forEach(event -> verdicts.put(event.identity(), Verdict.inItsTurn()));
    }

    private void waited(InboxEntry entry) {
        waitedBefore.put(entry.identity(), Intake.spelledAs(pathway.cases(), InboxTable.event(entry)));
        if (entry.awaitsTurn()) {
            untried.add(entry.identity());
        }
    }

    private List<InboundEvent> arrivedToBeTried() {
        return intake.events().stream()
                .filter(event -> event.patientRef() == null
                        || !inSlices.contains(event.patientRef())
                        || factsNotTaken.matters(event))
                .toList();
    }

    /** Amendments stand in no queue unless a case is to follow them; what was taken back in time stands in none. */
    private void queue(Collection<InboundEvent> parked) {
        amendments.verdicts().forEach((identity, verdict) -> {
            if (!waitedBefore.containsKey(identity)
                    || untried.contains(identity)
                    || verdict.outcome() != Outcome.PARKED) {
                verdicts.put(identity, verdict);
            }
        });
        amendments.plans().forEach(plan -> queues.get(plan.event().patientRef()).addAmending(plan.event()));
        parked.stream().filter(this::isToBeTried).forEach(event -> queues.get(event.patientRef())
                .addParked(amendments.inForce(event)));
        arrivedToBeTried().stream()
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
                if (queue.isTurnOver()) {
                    if (!waitedBefore.containsKey(event.identity())) {
                        verdicts.put(event.identity(), Verdict.inItsTurn());
                    }
                    continue;
                }
                if (waitedBefore.containsKey(event.identity())
                        && !untried.contains(event.identity())
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
        return intake.events().stream()
                .filter(event -> schemas.isUnitWide(event.type()))
                .toList();
    }

    private List<InboxEntry> record() {
        table.lockUnits(freshUnitNews().stream().map(InboundEvent::unit).collect(toSet()));
        List<InboxEntry> entries = new ArrayList<>(refused);
        bound.forget(decidedOfWaiting().keySet());
        for (InboundEvent event : intake.events()) {
            Verdict verdict = verdicts.compute(event.identity(), (identity, judged) -> bounded(event, judged));
            entries.add(InboxEntry.of(event, schemas.isUnitWide(event.type()), verdict, intake.remarks(event), now));
            if (verdict.factNotTaken()) {
                notTaken.put(event.identity(), factsNotTaken.claim(event));
            }
            if (verdict.outcome() == Outcome.REFUSED) {
                letters.add(deadLetters.of(intake.arrival(event), String.valueOf(verdict.reason()), now));
            }
        }
        refuseWaiting();
        table.awaitTurn(toBeTriedAgain());
        table.add(entries);
        table.reused(intake.reused().keySet(), now);
        table.decide(
                verdicts.keySet().stream().filter(event -> !intake.has(event)).toList(), verdicts::get, now);
        table.adoptAmendmentsOf(amendments.amended());
        pathway.withdrawQuestions(questions.take(noLongerParked()));
        notTaken.forEach((identity, claim) -> letters.addAll(
                factsNotTaken.tell(identity, claim, Outcome.REFUSED, intake.place(identity), casesOf(claim), now)));
        return entries;
    }

    private List<CaseId> casesOf(Claim claim) {
        return FactsNotTaken.about(
                claim, pathway.cases().values().stream().filter(CaseRow::isOpen).toList());
    }

    private Verdict bounded(InboundEvent event, @Nullable Verdict judged) {
        Verdict verdict = judged == null ? unheard(event) : judged;
        if (verdict.outcome() == Outcome.PARKED && !bound.admits(event)) {
            return bound.turnedAway(event);
        }
        return verdict.outcome() == Outcome.REFUSED ? verdict.ofFactNotTaken(factsNotTaken.matters(event)) : verdict;
    }

    /** The patients of whom not all that waits was tried since their cases moved in this batch. */
    private Set<String> toBeTriedAgain() {
        return queues.values().stream()
                .filter(queue -> queue.isTurnOver()
                        || isNotAllAtHand(queue) && (queue.hasMoved() || amendments.haveAmendedWaiting()))
                .map(PatientQueue::patientRef)
                .collect(toSet());
    }

    private boolean isNotAllAtHand(PatientQueue queue) {
        return crowded.contains(queue.patientRef()) || inSlices.contains(queue.patientRef());
    }

    /** The patients whose next slice is due. */
    private Set<String> unfinished() {
        Set<String> asked = new HashSet<>(crowded);
        asked.addAll(inSlices);
        queues.values().stream()
                .filter(PatientQueue::isTurnOver)
                .map(PatientQueue::patientRef)
                .forEach(asked::add);
        return table.awaitingTurn(asked);
    }

    private List<EventIdentity> noLongerParked() {
        return verdicts.entrySet().stream()
                .filter(decided -> waitedBefore.containsKey(decided.getKey())
                        && decided.getValue().outcome() != Outcome.PARKED)
                .map(Map.Entry::getKey)
                .toList();
    }

    /** What waited and is refused is told as what has just come would have been. */
    private void refuseWaiting() {
        verdicts.replaceAll((identity, verdict) -> {
            InboundEvent event = waitedBefore.getOrDefault(identity, amendments.sent(identity));
            if (event == null || verdict.outcome() != Outcome.REFUSED || intake.has(identity)) {
                return verdict;
            }
            letters.add(deadLetters.of(event, String.valueOf(verdict.reason()), now));
            if (factsNotTaken.matters(event)) {
                notTaken.put(identity, factsNotTaken.claim(event));
            }
            return verdict.ofFactNotTaken(factsNotTaken.matters(event));
        });
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
     * @param letters the dead letters of what was refused, and who is told of it
     * @param unitNews new events about a Gamma Knife unit, for the cases that wait for them
     * @param unfinished patients of whom more can be taken than one turn may hold
     * @param duplicates how many arrivals had been here before
     * @param reused who sent an identity that had been here before with other content
     */
    record Result(
            List<InboxEntry> entries,
            Map<InboundEvent, Outcome> released,
            List<OutboundMessage> letters,
            List<InboundEvent> unitNews,
            Set<String> unfinished,
            int duplicates,
            Collection<Department> reused) {}
}
