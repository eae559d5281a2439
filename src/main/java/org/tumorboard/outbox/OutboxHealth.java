package org.tumorboard.outbox;

import org.springframework.boot.actuate.health.Health;
import org.springframework.boot.actuate.health.HealthIndicator;
import org.springframework.stereotype.Component;

/** Down while this node cannot send; asks neither broker nor database, so that it answers at once. */
@Component("outboxHealthIndicator")
final class OutboxHealth implements HealthIndicator {

    private final RelayThread thread;

    OutboxHealth(OutboxRelay relay) {
        this.thread = relay.thread();
    }

    @Override
    public Health health() {
        RelayThread.Failing failing = thread.failing();
        return failing == null
                ? Health.up().build()
                : Health.down()
                        .withDetail("since", failing.since().toString())
                        .withDetail(
                                "what", "messages wait: broker or database do not take them; sent by itself afterwards")
                        .withDetail("why", failing.why())
                        .build();
    }
}
