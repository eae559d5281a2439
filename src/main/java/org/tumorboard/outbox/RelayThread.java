package org.tumorboard.outbox;

import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Runs the relay at each commit that added messages, and now and then for what another node or a fault left. */
final class RelayThread implements Runnable {

    private static final Logger LOG = LoggerFactory.getLogger(RelayThread.class);
    private static final long LEFT_OVER_MILLIS = 1_000;

    private final OutboxRelay relay;
    private final Semaphore work = new Semaphore(0);
    private volatile boolean running;
    private Thread thread = new Thread(this, "outbox-relay");
    private boolean failing;

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

    /** Sends what is left, then ends. */
    synchronized void stop() {
        running = false;
        wake();
        try {
            thread.join(10_000);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    boolean isRunning() {
        return running;
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
    }

    private void runOnce() {
        try {
            relay.runOnce();
            if (failing) {
                LOG.info("messages are sent again");
            }
            failing = false;
        } catch (RuntimeException e) {
            if (!failing) {
                LOG.warn("messages wait in the outbox, sending is tried again every second: {}", e.toString());
            }
            failing = true;
        }
    }
}
