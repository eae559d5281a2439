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
    private static final long LAST_SENDING_MILLIS = 10_000;

    private final OutboxRelay relay;
    private final Semaphore work = new Semaphore(0);
    private volatile boolean running;
    private Thread thread = new Thread(this, "outbox-relay");
    private volatile @Nullable Instant failingSince;

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

    /** Since when every attempt to send failed; null if the last one went well. */
    @Nullable
    Instant failingSince() {
        return failingSince;
    }

    @Override
    public void run() {
        while (running) {
            try {
                work.tryAcquire(LEFT_OVER_MILLIS, TimeUnit.MILLISECONDS);
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
            if (failingSince != null) {
                LOG.info("messages are sent again");
            }
            failingSince = null;
        } catch (RuntimeException e) {
            if (failingSince == null) {
                LOG.warn("messages wait in the outbox, sending is tried again every second: {}", e.toString());
                failingSince = relay.now();
            }
        }
    }
}
