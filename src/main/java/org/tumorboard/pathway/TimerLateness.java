package org.tumorboard.pathway;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.TimeGauge;
import io.micrometer.core.instrument.Timer;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.tumorboard.sla.Announcement;

/** How punctual the engine's timers are: of each announcement that was not late for another reason, and right now. */
@Component
class TimerLateness {

    private final Timer announced;
    private final JdbcClient jdbc;
    private final Clock clock;

    TimerLateness(MeterRegistry meters, JdbcClient jdbc, Clock clock) {
        this.jdbc = jdbc;
        this.clock = clock;
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
        TimeGauge.builder("tumorboard.timer.overdue", this, TimeUnit.SECONDS, TimerLateness::worstNow)
                .description("How long the most overdue timer of the engine has been waiting")
                .register(meters);
    }

    void announced(Announcement announcement, Instant now) {
        if (!announcement.late()) {
            announced.record(Duration.between(announcement.at(), now));
        }
    }

    /** Seconds; 0 if no timer is overdue. */
    double worstNow() {
        return jdbc.sql("select coalesce(extract(epoch from :now - min(duedate_)), 0) from act_ru_job"
                        + " where duedate_ < :now and retries_ > 0")
                .param("now", java.sql.Timestamp.from(clock.instant()))
                .query(Double.class)
                .single();
    }
}
