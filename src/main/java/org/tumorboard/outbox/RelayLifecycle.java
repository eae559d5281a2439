package org.tumorboard.outbox;

import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

/** Starts the relay with the application, and lets it send what is left when the application stops. */
@Component
final class RelayLifecycle implements SmartLifecycle {

    private final RelayThread thread;

    RelayLifecycle(OutboxRelay relay) {
        this.thread = relay.thread();
    }

    @Override
    public void start() {
        thread.start();
    }

    @Override
    public void stop() {
        thread.stop();
    }

    @Override
    public boolean isRunning() {
        return thread.isRunning();
    }

    /** Before the listeners, so that it stops after them. */
    @Override
    public int getPhase() {
        return 0;
    }
}
