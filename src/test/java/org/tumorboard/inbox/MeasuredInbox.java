package org.tumorboard.inbox;

import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.annotation.Primary;
import org.tumorboard.event.EventReader;

/**
 * The inbox under measurement: it takes a poll's records in batches of the size it is told, and knows the instant at
 * which the last expected record was committed. Everything else is the inbox's own work.
 */
@Primary
public final class MeasuredInbox extends Inbox {

    private final AtomicInteger missing = new AtomicInteger();
    private volatile CountDownLatch allTaken = new CountDownLatch(0);
    private volatile int batch = 1;
    private volatile long lastCommit;

    MeasuredInbox(InboxTransaction transaction, EventReader reader, ApplicationEventPublisher listeners, Clock clock) {
        super(transaction, reader, listeners, clock);
    }

    /** Says how many records come next, and how many of them a transaction is to take. */
    public void expect(int records, int batchSize) {
        batch = batchSize;
        missing.set(records);
        allTaken = new CountDownLatch(1);
    }

    /**
     * Waits until the last expected record is committed.
     *
     * @return when that was, on the scale of {@link System#nanoTime()}
     */
    public long awaitAllTaken(Duration patience) throws InterruptedException {
        if (!allTaken.await(patience.toSeconds(), TimeUnit.SECONDS)) {
            throw new IllegalStateException(
                    "expected all records taken in %s, but %d are missing".formatted(patience, missing.get()));
        }
        return lastCommit;
    }

    @Override
    void take(List<Arrival> arrivals) {
        for (int from = 0; from < arrivals.size(); from += batch) {
            List<Arrival> next = arrivals.subList(from, Math.min(from + batch, arrivals.size()));
            super.take(next);
            taken(next.size());
        }
    }

    /** Nothing but the measured work moves cases here, and that releases what is parked by itself. */
    @Override
    void release(Set<String> patients) {}

    private void taken(int records) {
        if (missing.addAndGet(-records) == 0) {
            lastCommit = System.nanoTime();
            allTaken.countDown();
        }
    }
}
