package org.tumorboard.pathway;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.time.Instant;
import org.springframework.stereotype.Component;
import org.tumorboard.sla.Announcement;

/** How punctual the engine's timers are, told by each announcement that was not late for another reason. */
@Component
class TimerLateness {

    private final Timer announced;
    private final RecentLateness recent;

    TimerLateness(MeterRegistry meters, RecentLateness recent) {
        this.recent = recent;
        this.announced = Timer.builder("tumorboard.timer.lateness")
                .description("From the passing of a threshold to its announcement")
                .serviceLevelObjectives(
                        Duration.ofMillis(50),
                        Duration.ofMillis(100),
                        Duration.ofMillis(250),
                        Duration.ofMillis(500),
                        Duration.ofSeconds(1),
                        Duration.ofSeconds(5),
                        Duration.ofSeconds(30))
                .register(meters);
    }

    void announced(Announcement announcement, Instant now) {
        if (!announcement.late()) {
            Duration lateness = Duration.between(announcement.at(), now);
            announced.record(lateness);
            recent.add(lateness);
        }
    }
}
