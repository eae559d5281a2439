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
    private final InboxMeter meter;
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
            InboxMeter meter,
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
        this.meter = meter;
        this.clock = clock;
    }

    /**
     * @param arrivals in the order in which they are to be applied
     * @param released patients whose waiting events are tried again even if none of theirs arrives
     * @return patients whose cases wait for news of a Gamma Knife unit that arrived; they are to be released next
     * @throws Move.Failed if a model cannot take one of the events; nothing is applied then
     * @throws Positions.DatabaseBehind if the records before these are not on record; nothing is applied then
     */
    Set<String> apply(List<Arrival> arrivals, Collection<String> released) {
        RUNNING.set(true);
        try {
            Batch.Result result = Objects.requireNonNull(template.execute(status -> {
                positions.move(arrivals);
                Batch.Result applied = new Batch(
                                table, questions, pathway, reader, schemas, deadLetters, clock.instant())
                        .apply(arrivals, released);
                outbox.add(applied.letters());
                return applied;
            }));
            meter.count(result, clock.instant());
            return waitingFor(result.unitNews());
        } finally {
            RUNNING.remove();
        }
    }

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
        if (table.settled(List.of(event)).contains(event)) {
            table.decide(List.of(event), identity -> verdict, now);
        } else if (arrival != null
                && reader.read(arrival.sender(), arrival.headers(), arrival.value(), now)
                        instanceof Reading.Accepted accepted) {
            InboundEvent failed = accepted.event();
            table.add(List.of(InboxEntry.of(failed, schemas.isUnitWide(failed.type()), verdict, now)));
        }
    }
}
