package org.tumorboard.inbox;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.springframework.boot.actuate.health.Health;
import org.springframework.boot.actuate.health.HealthIndicator;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** For whoever sends this node people, or restarts it: whether it takes events at all, and whether a restart may help. */
@Configuration
class ListenerHealth {

    /** A batch of 200 whose every record is redone by itself on a slow disk takes less. */
    private static final Duration LONGEST_BATCH = Duration.ofMinutes(3);

    /** Part of readiness. Events that wait because database or broker are away do not count: they pass by themselves. */
    @Bean
    HealthIndicator listenerHealthIndicator(ListenerWatch watch, InboxListener listener, Clock clock) {
        return () -> {
            if (!watch.isRunning()) {
                return down("the listener was stopped: this node takes no events");
            }
            Instant since = listener.workingSince();
            return since != null && Duration.between(since, clock.instant()).compareTo(LONGEST_BATCH) > 0
                    ? down("one batch has been worked on since %s: see the log, and what the threads do"
                            .formatted(since))
                    : Health.up().build();
        };
    }

    private static Health down(String what) {
        return Health.down().withDetail("what", what).build();
    }

    /** Part of liveness. */
    @Bean
    HealthIndicator listenerRestartHealthIndicator(ListenerWatch watch) {
        return () -> watch.isGivenUp()
                ? Health.down()
                        .withDetail("what", "the listener stopped and cannot be started again: restart the application")
                        .build()
                : Health.up().build();
    }
}
