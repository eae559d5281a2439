package org.tumorboard.outbox;

import java.time.Instant;
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
        Instant since = thread.failingSince();
        return since == null
                ? Health.up().build()
                : Health.down()
                        .withDetail("since", since.toString())
                        .withDetail(
                                "what", "messages wait: broker or database do not answer; sent by itself afterwards")
                        .build();
    }
}
