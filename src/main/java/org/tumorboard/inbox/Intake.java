package org.tumorboard.inbox;

import static java.util.stream.Collectors.toSet;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.tumorboard.event.CaseId;
import org.tumorboard.event.Department;
import org.tumorboard.event.EventIdentity;
import org.tumorboard.event.EventReader;
import org.tumorboard.event.InboundEvent;
import org.tumorboard.event.Outcome;
import org.tumorboard.event.PatientRef;
import org.tumorboard.event.Reading;
import org.tumorboard.event.Reading.Claim;
import org.tumorboard.event.UuidText;
import org.tumorboard.outbox.OutboundMessage;
import org.tumorboard.pathway.CaseRow;
import org.tumorboard.pathway.Pathway;

/**
 * A batch's arrivals, read: the events that have not been here before, the records that are none, and the identities that
 * came again – with the same content, which is a duplicate, or with other content, which is told.
 */
final class Intake {

    private final Map<EventIdentity, InboundEvent> fresh = new LinkedHashMap<>();
    private final Map<EventIdentity, Reading.Refused> broken = new LinkedHashMap<>();
    private final List<Again> again = new ArrayList<>();
    private final Map<EventIdentity, Arrival> arrivalOf = new HashMap<>();
    private final Map<EventIdentity, Remarks> remarks = new HashMap<>();
    private final Map<EventIdentity, Department> reused = new LinkedHashMap<>();
    private final ContentDigests digests;
    private final FactsNotTaken facts;
    private final int arrivals;

    /** Reads them, and drops those that need nothing more. */
    Intake(
            List<Arrival> arrivals,
            EventReader reader,
            ContentDigests digests,
            FactsNotTaken facts,
            InboxTable table,
            Pathway pathway,
            Instant now) {
        this.digests = digests;
        this.facts = facts;
        this.arrivals = arrivals.size();
        arrivals.forEach(arrival -> take(arrival, arrival.read(reader, now)));
        compare(table.settled(arrivalOf.keySet()));
        useSurvivingPatients(pathway);
    }

    /** An event under an identity that another one came under before. */
    private record Again(InboundEvent event, Arrival arrival) {}

    private void take(Arrival arrival, Reading reading) {
        if (reading instanceof Reading.Accepted accepted) {
            accept(accepted, arrival);
        } else if (reading instanceof Reading.Refused refusal) {
            EventIdentity identity = refusal.identity() == null ? arrival.place() : refusal.identity();
            Reading.Refused before = broken.get(identity);
            if (before != null && isOther(refusal, before.type(), before.claim())) {
                refuseAtItsPlace(arrival, refusal);
            } else if (before == null) {
                broken.put(identity, ofPatientByKey(refusal, arrival));
                arrivalOf.putIfAbsent(identity, arrival);
            }
        }
    }

    /** Whose fact it is, the key tells where the data do not. */
    private static Reading.Refused ofPatientByKey(Reading.Refused refusal, Arrival arrival) {
        Claim claim = refusal.claim();
        return claim != null && claim.patientRef() == null && arrival.key() != null && PatientRef.isOne(arrival.key())
                ? refusal.about(UuidText.canonical(arrival.key()))
                : refusal;
    }

    private void refuseAtItsPlace(Arrival arrival, Reading.Refused refusal) {
        broken.put(arrival.place(), ofPatientByKey(refusal.under(arrival.place()), arrival));
        arrivalOf.put(arrival.place(), arrival);
    }

    /** Whether it tells of something else that has happened than what came under its identity before. */
    private static boolean isOther(Reading.Refused refusal, @Nullable String type, @Nullable Claim before) {
        Claim claim = refusal.claim();
        return FactsNotTaken.matters(claim)
                && !(Objects.equals(type, refusal.type())
                        && before != null
                        && Objects.equals(before.patientRef(), claim.patientRef()));
    }

    private void accept(Reading.Accepted accepted, Arrival arrival) {
        InboundEvent event = accepted.event();
        if (fresh.putIfAbsent(event.identity(), event) == null) {
            arrivalOf.put(event.identity(), arrival);
            remarks.put(event.identity(), Remarks.of(accepted, arrival, digests.of(event)));
        } else {
            again.add(new Again(event, arrival));
        }
    }

    /** @param before those that were here before, as they came first */
    private void compare(Map<EventIdentity, InboxEntry> before) {
        Map<EventIdentity, InboxEntry> settled = new HashMap<>(before);
        settled.values().removeIf(entry -> entry.outcome() == Outcome.REFUSED);
        fresh.values().stream()
                .filter(event -> settled.containsKey(event.identity()))
                .forEach(event -> again.add(new Again(event, arrivalOf.get(event.identity()))));
        again.stream()
                .filter(one -> !saysTheSame(one.event(), settled.get(one.event().identity())))
                .forEach(this::tellOfUsedId);
        fresh.keySet().removeAll(settled.keySet());
        for (Map.Entry<EventIdentity, Reading.Refused> refused : List.copyOf(broken.entrySet())) {
            place(refused.getKey(), refused.getValue(), before.get(refused.getKey()));
        }
    }

    private void tellOfUsedId(Again one) {
        InboundEvent event = one.event();
        reused.put(event.identity(), event.type().department());
        if (facts.matters(event)) {
            refuseAtItsPlace(
                    one.arrival(),
                    new Reading.Refused(
                            null,
                            event.type().wireType(),
                            "id: expected one of its own, but event %s of %s came under it with other content"
                                    .formatted(
                                            event.identity().id(),
                                            event.identity().source()),
                            facts.claim(event)));
        }
    }

    /** An identity that is taken stays the other's; a fact that is not taken stands at the place of its record then. */
    private void place(EventIdentity identity, Reading.Refused refusal, @Nullable InboxEntry before) {
        boolean isSettled = before != null && before.outcome() != Outcome.REFUSED;
        boolean isToldOfOther = before != null && !isSettled && isOtherThan(before, refusal);
        if (!isSettled && !isToldOfOther && !fresh.containsKey(identity)) {
            return;
        }
        Arrival arrival = arrivalOf.get(identity);
        if (isSettled && before.department().equals(arrival.sender().slug())) {
            reused.put(identity, arrival.sender());
        }
        broken.remove(identity);
        if (isToldOfOther || FactsNotTaken.matters(refusal.claim())) {
            refuseAtItsPlace(arrival, refusal);
        }
    }

    private static boolean isOtherThan(InboxEntry before, Reading.Refused refusal) {
        Claim claim = refusal.claim();
        return before.remarks().factNotTaken()
                && !(before.type().equals(refusal.type())
                        && claim != null
                        && Objects.equals(before.patientRef(), claim.patientRef()));
    }

    /** @param first as it came in an earlier batch; null if it came in this one */
    private boolean saysTheSame(InboundEvent event, @Nullable InboxEntry first) {
        return first == null
                ? digests.of(event).equals(remarks.get(event.identity()).digest())
                : digests.saysTheSame(event, first);
    }

    /** Departments may still name a pseudonym that was given up for another. */
    private void useSurvivingPatients(Pathway pathway) {
        Map<String, String> survivors = pathway.survivors(Stream.concat(
                        fresh.values().stream().map(InboundEvent::patientRef),
                        broken.values().stream()
                                .map(Reading.Refused::claim)
                                .filter(Objects::nonNull)
                                .map(Claim::patientRef))
                .filter(Objects::nonNull)
                .collect(toSet()));
        survivors.forEach((given, surviving) -> {
            fresh.replaceAll((identity, event) -> given.equals(event.patientRef()) ? event.of(surviving) : event);
            broken.replaceAll((identity, refusal) ->
                    refusal.claim() != null && given.equals(refusal.claim().patientRef())
                            ? refusal.about(surviving)
                            : refusal);
        });
    }

    /** A case from before UUIDs had one spelling keeps its own, and is named by it from here on. */
    void useSpellingsOf(Map<CaseId, CaseRow> cases) {
        fresh.replaceAll((identity, event) -> spelledAs(cases, event));
    }

    static InboundEvent spelledAs(Map<CaseId, CaseRow> cases, InboundEvent event) {
        CaseId named = event.subject();
        return named == null || cases.containsKey(named)
                ? event
                : spellings(named).stream()
                        .filter(cases::containsKey)
                        .findFirst()
                        .map(event::about)
                        .orElse(event);
    }

    static List<CaseId> spellings(CaseId caseId) {
        return UuidText.spellings(caseId.value()).stream().map(CaseId::new).toList();
    }

    /** Events that have not been here before, in the order in which they came. */
    Collection<InboundEvent> events() {
        return fresh.values();
    }

    boolean has(EventIdentity event) {
        return fresh.containsKey(event);
    }

    Remarks remarks(InboundEvent event) {
        return remarks.get(event.identity());
    }

    Arrival arrival(InboundEvent event) {
        return arrivalOf.get(event.identity());
    }

    /** Where the record stands that came under this identity; null if none of these did. */
    @Nullable
    String place(EventIdentity event) {
        Arrival arrival = arrivalOf.get(event);
        return arrival == null
                ? null
                : arrival.place().source() + " " + arrival.place().id();
    }

    /** The rows of the records that are no events. */
    List<InboxEntry> refused(Instant now) {
        return broken.entrySet().stream()
                .map(refused -> InboxEntry.refused(
                        arrivalOf.get(refused.getKey()),
                        refused.getKey(),
                        refused.getValue().type(),
                        refused.getValue().reason(),
                        refused.getValue().claim(),
                        now))
                .toList();
    }

    /** Their dead letters. */
    List<OutboundMessage> letters(DeadLetters deadLetters, Instant now) {
        return broken.entrySet().stream()
                .map(refused -> deadLetters.of(
                        arrivalOf.get(refused.getKey()), refused.getValue().reason(), now))
                .toList();
    }

    /** What has happened to a patient by their word, and cannot be taken. */
    Map<EventIdentity, Claim> factsNotTaken() {
        Map<EventIdentity, Claim> facts = new LinkedHashMap<>();
        broken.forEach((identity, refusal) -> {
            Claim claim = refusal.claim();
            if (claim != null && FactsNotTaken.matters(claim)) {
                facts.put(identity, claim);
            }
        });
        return facts;
    }

    /** The identities that came again with other content, and who sent that. */
    Map<EventIdentity, Department> reused() {
        return reused;
    }

    /** How many arrivals had been here before. */
    int duplicates() {
        return arrivals - fresh.size() - broken.size();
    }
}
