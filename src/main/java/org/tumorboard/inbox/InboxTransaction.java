package org.tumorboard.inbox;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.mapping;
import static java.util.stream.Collectors.toSet;

import java.time.Clock;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;
import org.tumorboard.event.EventIdentity;
import org.tumorboard.event.EventReader;
import org.tumorboard.event.EventSchemas;
import org.tumorboard.event.InboundEvent;
import org.tumorboard.event.Outcome;
import org.tumorboard.event.Reading;
import org.tumorboard.outbox.Outbox;
import org.tumorboard.pathway.Move;
import org.tumorboard.pathway.Pathway;

/** Applies a batch of arrivals, with everything they cause, in one database transaction. */
@Component
class InboxTransaction {

    private static final ThreadLocal<Boolean> RUNNING = new ThreadLocal<>();

    private final TransactionTemplate template;
    private final InboxTable table;
    private final Positions positions;
    private final OpenQuestions questions;
    private final Pathway pathway;
    private final EventReader reader;
    private final EventSchemas schemas;
    private final Outbox outbox;
    private final DeadLetters deadLetters;
    private final ContentDigests digests;
    private final FactsNotTaken factsNotTaken;
    private final InboxMeter meter;
    private final InboxProperties properties;
    private final Clock clock;

    InboxTransaction(
            TransactionTemplate template,
            InboxTable table,
            Positions positions,
            OpenQuestions questions,
            Pathway pathway,
            EventReader reader,
            EventSchemas schemas,
            Outbox outbox,
            DeadLetters deadLetters,
            ContentDigests digests,
            FactsNotTaken factsNotTaken,
            InboxMeter meter,
            InboxProperties properties,
            Clock clock) {
        this.template = template;
        this.table = table;
        this.positions = positions;
        this.questions = questions;
        this.pathway = pathway;
        this.reader = reader;
        this.schemas = schemas;
        this.outbox = outbox;
        this.deadLetters = deadLetters;
        this.digests = digests;
        this.factsNotTaken = factsNotTaken;
        this.meter = meter;
        this.properties = properties;
        this.clock = clock;
    }

    /**
     * @param arrivals in the order in which they are to be applied
     * @param released patients whose waiting events are tried again even if none of theirs arrives
     * @throws Move.Failed if a model cannot take one of the events; nothing is applied then
     * @throws Positions.DatabaseBehind if the records before these are not on record; nothing is applied then
     */
    Applied apply(List<Arrival> arrivals, Collection<String> released) {
        RUNNING.set(true);
        try {
            Batch.Result result = Objects.requireNonNull(template.execute(status -> {
                positions.move(arrivals);
                Batch.Result applied = batch(arrivals).apply(released);
                outbox.add(applied.letters());
                return applied;
            }));
            meter.count(result, clock.instant());
            return new Applied(waitingFor(result.unitNews()), result.unfinished());
        } finally {
            RUNNING.remove();
        }
    }

    private Batch batch(List<Arrival> arrivals) {
        Instant now = clock.instant();
        return new Batch(
                new Intake(arrivals, reader, digests, factsNotTaken, table, pathway, now),
                table,
                questions,
                pathway,
                schemas,
                deadLetters,
                factsNotTaken,
                new WaitingBound(schemas, properties.waitingAtMost()),
                now);
    }

    /**
     * What is to be done next.
     *
     * @param hearing patients whose cases wait for news of a Gamma Knife unit that arrived; they are to be released
     * @param unfinished patients of whom more can be taken than one turn may hold; they are to be released by and by
     */
    record Applied(Set<String> hearing, Set<String> unfinished) {}

    /** The patients whose cases wait for one of these events about a Gamma Knife unit. */
    Set<String> waitingFor(List<InboundEvent> unitNews) {
        return unitNews.isEmpty()
                ? Set.of()
                : template.execute(status -> unitNews.stream()
                        .collect(groupingBy(InboundEvent::type, mapping(InboundEvent::unit, toSet())))
                        .entrySet()
                        .stream()
                        .flatMap(news -> pathway.patientsWaitingFor(news.getKey(), news.getValue()).stream())
                        .collect(toSet()));
    }

    /** Whether this thread works on a batch, which itself releases what its moves make possible. */
    static boolean isRunning() {
        return Boolean.TRUE.equals(RUNNING.get());
    }

    /** Puts an event aside that cannot be applied; it can be re-driven. */
    void setAside(@Nullable Arrival arrival, EventIdentity event, String reason) {
        template.executeWithoutResult(status -> {
            if (arrival != null) {
                positions.move(List.of(arrival));
            }
            recordFailure(arrival, event, reason);
        });
        meter.countFailure(arrival == null ? null : arrival.sender());
    }

    private void recordFailure(@Nullable Arrival arrival, EventIdentity event, String reason) {
        Instant now = clock.instant();
        Verdict verdict = new Verdict(Outcome.FAILED, null, reason, false);
        InboxEntry waiting = table.settled(List.of(event)).get(event);
        if (waiting != null && waiting.outcome() != Outcome.REFUSED) {
            InboundEvent failed = InboxTable.event(waiting);
            lockCases(failed);
            table.decide(List.of(event), identity -> verdict.ofFactNotTaken(factsNotTaken.matters(failed)), now);
            outbox.add(List.of(deadLetters.of(failed, reason, now)));
            tellOfFailure(failed, now);
        } else if (arrival != null && arrival.read(reader, now) instanceof Reading.Accepted accepted) {
            InboundEvent failed = ofSurvivor(accepted.event());
            lockCases(failed);
            table.add(List.of(InboxEntry.of(
                    failed,
                    schemas.isUnitWide(failed.type()),
                    verdict.ofFactNotTaken(factsNotTaken.matters(failed)),
                    Remarks.of(accepted, arrival, digests.of(failed)),
                    now)));
            outbox.add(List.of(deadLetters.of(arrival, reason, now)));
            tellOfFailure(failed, now);
        }
    }

    private InboundEvent ofSurvivor(InboundEvent event) {
        if (event.patientRef() == null) {
            return event;
        }
        String survivor = pathway.survivors(Set.of(event.patientRef())).get(event.patientRef());
        return survivor == null ? event : event.of(survivor);
    }

    /** Before any row of the inbox, as batches do, so that none waits for the other in turn. */
    private void lockCases(InboundEvent event) {
        if (event.patientRef() != null) {
            pathway.lock(Set.of(event.patientRef()), Set.of());
        }
    }

    private void tellOfFailure(InboundEvent failed, Instant now) {
        if (!factsNotTaken.matters(failed)) {
            return;
        }
        outbox.add(factsNotTaken.tell(
                failed.identity(),
                factsNotTaken.claim(failed),
                Outcome.FAILED,
                now.toString(),
                FactsNotTaken.about(factsNotTaken.claim(failed), pathway.cases().values()),
                now));
    }

    /** The patient's events are not taken in turns any more. */
    void endTurns(String patient) {
        template.executeWithoutResult(status -> table.endTurns(patient));
    }

    /** Refuses a record of which nothing can be read, under the place where it stands. */
    void refuse(Arrival arrival, String reason) {
        template.executeWithoutResult(status -> {
            positions.move(List.of(arrival));
            Instant now = clock.instant();
            table.add(List.of(InboxEntry.refused(arrival, arrival.place(), null, reason, null, now)));
            outbox.add(List.of(deadLetters.of(arrival, reason, now)));
        });
        meter.countRefusal(arrival.sender());
    }
}
