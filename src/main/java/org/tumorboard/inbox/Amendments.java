package org.tumorboard.inbox;

import static java.util.stream.Collectors.toSet;

import com.fasterxml.jackson.databind.node.ObjectNode;
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
import org.tumorboard.event.CaseId;
import org.tumorboard.event.EventIdentity;
import org.tumorboard.event.EventSchemas;
import org.tumorboard.event.InboundEvent;
import org.tumorboard.event.Outcome;
import org.tumorboard.pathway.Move;

/**
 * The corrections and retractions that a batch has to do with. An event that no case has heard of yet is tried as they
 * tell it; what its row says stays as it was sent. If a case has heard of it, the case follows, which is a move.
 */
final class Amendments {

    private final InboxTable table;
    private final EventSchemas schemas;
    private final AmendmentRules rules;
    private final Map<EventIdentity, Amendment> undecided = new LinkedHashMap<>();
    private final Map<EventIdentity, Target> targets = new HashMap<>();
    private final Map<EventIdentity, List<Amendment>> inForce = new HashMap<>();
    private final Map<EventIdentity, Verdict> verdicts = new LinkedHashMap<>();
    private final List<Plan> plans = new ArrayList<>();
    private final Set<EventIdentity> amendedNow = new HashSet<>();

    Amendments(InboxTable table, EventSchemas schemas, Instant now) {
        this.table = table;
        this.schemas = schemas;
        this.rules = new AmendmentRules(schemas, now);
    }

    /**
     * How a case is to follow.
     *
     * @param event the correction or retraction, with the type of what it is about for the models to match
     */
    record Plan(InboundEvent event, CaseId caseId, Move.Amendment amendment) {}

    /** Decides about all that concern these events, whether they have just come or waited. */
    void judge(Collection<InboundEvent> fresh, Collection<InboxEntry> refused, Collection<InboundEvent> parked) {
        fresh.forEach(event -> targets.put(event.identity(), Target.justCome(event, schemas.isUnitWide(event.type()))));
        refused.forEach(entry -> targets.put(entry.identity(), Target.of(entry)));
        fresh.forEach(this::collect);
        parked.forEach(this::collect);
        find(parked);
        undecided.values().stream().sorted(Amendment.AS_MADE).forEach(this::judge);
    }

    private void collect(InboundEvent event) {
        if (Amendment.isOne(event.type())) {
            undecided.put(event.identity(), Amendment.of(event));
        }
    }

    /** What is in force already, who else waits for these events, and the events that are not at hand. */
    private void find(Collection<InboundEvent> parked) {
        Set<EventIdentity> concerned = new HashSet<>(targets.keySet());
        parked.forEach(event -> concerned.add(event.identity()));
        undecided.values().forEach(amendment -> concerned.add(amendment.target()));
        for (InboxEntry entry : table.amending(concerned)) {
            Amendment amendment = Amendment.of(InboxTable.event(entry));
            if (entry.outcome() == Outcome.APPLIED) {
                inForce(amendment.target()).add(amendment);
            } else if (targets.containsKey(amendment.target())) {
                undecided.put(amendment.identity(), amendment);
            }
        }
        Set<EventIdentity> elsewhere = undecided.values().stream()
                .map(Amendment::target)
                .filter(target -> !targets.containsKey(target))
                .collect(toSet());
        table.find(elsewhere.stream()
                        .flatMap(target -> target.spellings().stream())
                        .collect(toSet()))
                .forEach(entry -> targets.putIfAbsent(entry.identity().canonical(), Target.of(entry)));
    }

    private void judge(Amendment amendment) {
        Target target = targets.get(amendment.target());
        List<Amendment> standing = inForce(amendment.target());
        Optional<Verdict> objection = rules.objection(amendment, target, standing);
        if (objection.isPresent()) {
            verdicts.put(amendment.identity(), objection.get());
            return;
        }
        InboundEvent before = Amendment.applied(standing, target.event());
        standing.add(amendment);
        if (target.isWaiting() || target.caseId() == null) {
            amendWaiting(amendment, target);
        } else {
            InboundEvent after = Amendment.applied(standing, target.event());
            plans.add(new Plan(
                    forModels(amendment, target),
                    target.caseId(),
                    new Move.Amendment(before, after, amendment.retracts())));
        }
    }

    private void amendWaiting(Amendment amendment, Target target) {
        amendedNow.add(target.identity());
        verdicts.put(
                amendment.identity(),
                new Verdict(
                        Outcome.APPLIED,
                        null,
                        amendment.retracts()
                                ? "the event had not moved a case yet, and will not"
                                : "the event had not moved a case yet; it is tried in its corrected form",
                        false));
        if (amendment.retracts()) {
            verdicts.put(
                    target.identity(),
                    new Verdict(
                            Outcome.ALREADY_DONE,
                            target.caseId(),
                            "taken back by event %s before it moved a case"
                                    .formatted(amendment.identity().id()),
                            false));
        }
    }

    private static InboundEvent forModels(Amendment amendment, Target target) {
        InboundEvent event = amendment.event();
        ObjectNode data = event.data().deepCopy();
        data.put("correctedType", target.event().type().shortName());
        return new InboundEvent(
                event.identity(),
                event.type(),
                event.subject(),
                event.patientRef(),
                event.time(),
                data,
                event.correlationId(),
                event.traceParent());
    }

    private List<Amendment> inForce(EventIdentity target) {
        return inForce.computeIfAbsent(target, identity -> new ArrayList<>());
    }

    /** The event as it counts now. */
    InboundEvent inForce(InboundEvent event) {
        List<Amendment> amendments = inForce.get(event.identity());
        return amendments == null ? event : Amendment.applied(amendments, event);
    }

    /** What was decided without a move: about amendments, and about events that were taken back in time. */
    Map<EventIdentity, Verdict> verdicts() {
        return verdicts;
    }

    /** The moves to be made, oldest amendment first for each event. */
    List<Plan> plans() {
        return plans;
    }

    @Nullable
    Plan planOf(EventIdentity amendment) {
        return plans.stream()
                .filter(plan -> plan.event().identity().equals(amendment))
                .findFirst()
                .orElse(null);
    }

    /** The correction or retraction of that identity, as it was sent; null if it is none. */
    @Nullable
    InboundEvent sent(EventIdentity identity) {
        Amendment amendment = undecided.get(identity);
        return amendment == null ? null : amendment.event();
    }

    /** Whether a correction or retraction of an event that waits came into force in this batch. */
    boolean haveAmendedWaiting() {
        return !amendedNow.isEmpty();
    }

    /** Whether a correction of this waiting event came into force in this batch. */
    boolean isAmendedNow(InboundEvent event) {
        return amendedNow.contains(event.identity());
    }

    /** The events that are tried in a corrected form. */
    Set<EventIdentity> amended() {
        return inForce.entrySet().stream()
                .filter(entry -> !entry.getValue().isEmpty())
                .map(Map.Entry::getKey)
                .collect(toSet());
    }
}
