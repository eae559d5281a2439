package org.tumorboard.inbox;

import java.time.Clock;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import org.tumorboard.event.EventIdentity;
import org.tumorboard.event.EventReader;
import org.tumorboard.event.Reading;
import org.tumorboard.pathway.Move;

/**
 * The failure policy around the transaction: a batch that fails is redone record by record, so that a bad record
 * costs only itself. A fault that passes goes back to the listener, which waits and brings the batch again; a fault
 * that comes again and again sets the event aside as failed.
 */
@Component
class Inbox {

    private static final Logger LOG = LoggerFactory.getLogger(Inbox.class);
    private static final int TRIES = 3;

    private final InboxTransaction transaction;
    private final EventReader reader;
    private final Clock clock;

    Inbox(InboxTransaction transaction, EventReader reader, Clock clock) {
        this.transaction = transaction;
        this.reader = reader;
        this.clock = clock;
    }

    /**
     * Takes a poll's records; when it returns, each has its outcome on record.
     *
     * @throws Positions.DatabaseBehind if those before them are not on record any more
     */
    void take(List<Arrival> arrivals) {
        try {
            release(transaction.apply(arrivals, Set.of()));
        } catch (Positions.DatabaseBehind e) {
            throw e;
        } catch (RuntimeException e) {
            LOG.info("a batch of {} is redone record by record: {}", arrivals.size(), e.toString());
            arrivals.forEach(this::takeOne);
        }
    }

    /** Tries the patients' waiting events again. */
    void release(Set<String> patients) {
        for (String patient : patients) {
            insist(() -> transaction.apply(List.of(), Set.of(patient)), null);
        }
    }

    private void takeOne(Arrival arrival) {
        insist(() -> release(transaction.apply(List.of(arrival), Set.of())), arrival);
    }

    private void insist(Runnable attempt, @Nullable Arrival arrival) {
        int tries = 0;
        while (true) {
            try {
                attempt.run();
                return;
            } catch (RuntimeException e) {
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

    private void setAside(RuntimeException fault, @Nullable Arrival arrival) {
        EventIdentity blamed = fault instanceof Move.Failed failed ? failed.event() : identity(arrival);
        if (blamed == null) {
            throw fault;
        }
        LOG.error("event {} of {} failed {} times and is set aside", blamed.id(), blamed.source(), TRIES, fault);
        transaction.setAside(
                arrival,
                blamed,
                "applying it failed: %s; re-drive it once the cause is mended".formatted(fault.getMessage()));
    }

    private @Nullable EventIdentity identity(@Nullable Arrival arrival) {
        return arrival != null
                        && reader.read(arrival.sender(), arrival.headers(), arrival.value(), clock.instant())
                                instanceof Reading.Accepted accepted
                ? accepted.event().identity()
                : null;
    }
}
