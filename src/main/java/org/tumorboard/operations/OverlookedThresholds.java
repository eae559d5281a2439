package org.tumorboard.operations;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Duration;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/** Counts cases with a threshold that should have been announced by now. */
@Component
class OverlookedThresholds {

    private static final Duration PATIENCE = Duration.ofSeconds(15);

    private final LastReading<Long> reading;

    OverlookedThresholds(MeterRegistry meters, JdbcClient jdbc, Clock clock) {
        reading = new LastReading<>("overlooked thresholds", () -> jdbc.sql(
                        "select count(distinct case_id) from sla_clock where next_nudge_at < :since")
                .param("since", Timestamp.from(clock.instant().minus(PATIENCE)))
                .query(Long.class)
                .single());
        Gauge.builder("tumorboard.sla.overlooked", reading, last -> last.figure(Long::doubleValue))
                .description("Cases with a threshold that is passed and not on record")
                .register(meters);
    }

    @Scheduled(initialDelay = 0, fixedDelayString = "${tumorboard.operations.read-every}")
    void runOnce() {
        reading.runOnce();
    }
}
