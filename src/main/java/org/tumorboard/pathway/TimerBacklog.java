package org.tumorboard.pathway;

import java.sql.Timestamp;
import java.time.Clock;
import java.time.Duration;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** The engine's timers that should have fired by now. */
@Component
public final class TimerBacklog {

    private final JdbcClient jdbc;
    private final Clock clock;

    TimerBacklog(JdbcClient jdbc, Clock clock) {
        this.jdbc = jdbc;
        this.clock = clock;
    }

    /**
     * @param overdue how long the most overdue timer that will still be tried has waited; zero if none is overdue
     * @param failed timers and other work that failed on every try: the engine keeps an incident for each and never tries
     *     again by itself
     */
    public record Backlog(Duration overdue, long failed) {}

    /** Reads the first entry of the index on due dates, and the few incidents. */
    public Backlog read() {
        return jdbc.sql(
                        """
                        select min(duedate_) as due,
                          (select count(*) from act_ru_incident
                            where incident_type_ = 'failedJob' and id_ = root_cause_incident_id_) as failed
                        from act_ru_job where duedate_ < :now and retries_ > 0 and handler_type_ <> 'history-cleanup'
                        """)
                .param("now", Timestamp.from(clock.instant()))
                .query((row, number) -> {
                    Timestamp due = row.getTimestamp("due");
                    return new Backlog(
                            due == null ? Duration.ZERO : Duration.between(due.toInstant(), clock.instant()),
                            row.getLong("failed"));
                })
                .single();
    }
}
