package org.tumorboard.outbox;

import java.time.Instant;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Runs the relay at each commit that added messages, and now and then for what another node or a fault left. */
final class RelayThread implements Runnable {

    private static final Logger LOG = LoggerFactory.getLogger(RelayThread.class);
    private static final long LEFT_OVER_MILLIS = 1_000;
    private static final long RETRY_MILLIS = 1_000;
    private static final long LAST_SENDING_MILLIS = 10_000;

    private final OutboxRelay relay;
    private final Semaphore work = new Semaphore(0);
    private volatile boolean running;
    private Thread thread = new Thread(this, "outbox-relay");
    private volatile @Nullable Failing failing;

    /**
     * @param since when the first of the attempts failed
     * @param why what the last one said
     */
    record Failing(Instant since, String why) {}

    RelayThread(OutboxRelay relay) {
        this.relay = relay;
    }

    void wake() {
        work.release();
    }

    synchronized void start() {
        running = true;
        thread = new Thread(this, "outbox-relay");
        thread.start();
    }

    /** Sends what is left, then ends; what that does not reach within 10 s, another node or the next start sends. */
    synchronized void stop() {
        running = false;
        wake();
        try {
            thread.join(LAST_SENDING_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    boolean isRunning() {
        return running;
    }

    /** How every attempt to send fails; null if the last one went well. */
    @Nullable
    Failing failing() {
        return failing;
    }

    @Override
    public void run() {
        while (running) {
            try {
                if (failing == null) {
                    work.tryAcquire(LEFT_OVER_MILLIS, TimeUnit.MILLISECONDS);
                } else {
                    TimeUnit.MILLISECONDS.sleep(RETRY_MILLIS); // whatever is added meanwhile
                }
                work.drainPermits();
            } catch (InterruptedException e) {
                return;
            }
            runOnce();
        }
        runOnce();
    }

    private void runOnce() {
        try {
            relay.runOnce();
            if (failing != null) {
                LOG.info("messages are sent again");
            }
            failing = null;
        } catch (RuntimeException e) {
            Failing before = failing;
            if (before == null) {
                LOG.warn("messages wait in the outbox, sending is tried again every second: {}", e.toString());
            }
            failing = new Failing(before == null ? relay.now() : before.since(), String.valueOf(e.getMessage()));
        }
    }
}
