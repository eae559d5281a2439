package org.tumorboard.inbox;

import java.time.Clock;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Component;
import org.tumorboard.event.EventIdentity;
import org.tumorboard.event.EventReader;
import org.tumorboard.event.Reading;
import org.tumorboard.event.StorableText;
import org.tumorboard.pathway.Move;

/**
 * The failure policy around the transaction: a batch that fails is redone record by record, so that a bad record
 * costs only itself. A fault that passes goes back to the listener, which waits and brings the batch again; a fault
 * that comes again and again sets the event aside as failed, or refuses the record if nothing can be read of it. An
 * {@link Error}, such as a stack or a memory that one record exhausts, is no other fault: it never reaches the listener's
 * container, which it would stop.
 */
@Component
class Inbox {

    private static final Logger LOG = LoggerFactory.getLogger(Inbox.class);
    private static final int TRIES = 3;
    private static final int LONGEST_REASON = 2000;

    private final InboxTransaction transaction;
    private final EventReader reader;
    private final ApplicationEventPublisher listeners;
    private final Clock clock;

    Inbox(InboxTransaction transaction, EventReader reader, ApplicationEventPublisher listeners, Clock clock) {
        this.transaction = transaction;
        this.reader = reader;
        this.listeners = listeners;
        this.clock = clock;
    }

    /**
     * Of these patients more can be taken than one turn may hold; the next slice is due when others had theirs.
     *
     * @param patients by pseudonym
     */
    record TurnsLeft(Set<String> patients) {}

    /**
     * Takes a poll's records; when it returns, each has its outcome on record.
     *
     * @throws Positions.DatabaseBehind if those before them are not on record any more
     */
    void take(List<Arrival> arrivals) {
        try {
            follow(transaction.apply(arrivals, Set.of()));
        } catch (Positions.DatabaseBehind e) {
            throw e;
        } catch (RuntimeException | Error e) {
            LOG.info("a batch of {} is redone record by record: {}", arrivals.size(), e.toString());
            arrivals.forEach(this::takeOne);
        }
    }

    /** Tries the patients' waiting events again: of each as many as one turn may hold. */
    void release(Set<String> patients) {
        for (String patient : patients) {
            try {
                insist(() -> follow(transaction.apply(List.of(), Set.of(patient))), null);
            } catch (CannotRelease e) {
                LOG.error("events that wait for a patient cannot be tried again; what comes is tried by itself", e);
                transaction.endTurns(patient);
            }
        }
    }

    /** A fault that comes again and again, and for which no single event is to blame. */
    private static final class CannotRelease extends RuntimeException {

        private CannotRelease(Throwable fault) {
            super("events that wait could not be tried again: " + fault, fault);
        }
    }

    private void takeOne(Arrival arrival) {
        insist(() -> follow(transaction.apply(List.of(arrival), Set.of())), arrival);
    }

    private void follow(InboxTransaction.Applied applied) {
        if (!applied.unfinished().isEmpty()) {
            listeners.publishEvent(new TurnsLeft(applied.unfinished()));
        }
        release(applied.hearing());
    }

    private void insist(Runnable attempt, @Nullable Arrival arrival) {
        int tries = 0;
        while (true) {
            try {
                attempt.run();
                return;
            } catch (RuntimeException | Error e) {
                tries++;
                if (tries < TRIES) {
                    LOG.debug("tried again: {}", e.toString());
                } else if (Faults.passes(e)) {
                    throw e;
                } else {
                    setAside(e, arrival);
                    tries = 0;
                    if (!(e instanceof Move.Failed)) {
                        return;
                    }
                }
            }
        }
    }

    private void setAside(Throwable fault, @Nullable Arrival arrival) {
        EventIdentity blamed = fault instanceof Move.Failed failed ? failed.event() : identity(arrival);
        if (blamed != null) {
            LOG.error("event {} of {} failed {} times and is set aside", blamed.id(), blamed.source(), TRIES, fault);
            transaction.setAside(
                    arrival, blamed, reason("applying it failed: %s; re-drive it once the cause is mended", fault));
        } else if (arrival != null) {
            LOG.error("the record at {} cannot be read and is refused", arrival.place(), fault);
            transaction.refuse(arrival, reason("expected a record that can be read, but reading it failed: %s", fault));
        } else {
            throw new CannotRelease(fault);
        }
    }

    private static String reason(String sentence, Throwable fault) {
        String what = fault instanceof Error || fault.getMessage() == null ? fault.toString() : fault.getMessage();
        return StorableText.shown(sentence.formatted(what), LONGEST_REASON);
    }

    private @Nullable EventIdentity identity(@Nullable Arrival arrival) {
        try {
            return arrival != null && arrival.read(reader, clock.instant()) instanceof Reading.Accepted accepted
                    ? accepted.event().identity()
                    : null;
        } catch (RuntimeException | Error unreadable) {
            return null;
        }
    }
}
