package org.tumorboard.outbox;

import java.sql.Timestamp;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;
import org.tumorboard.event.CaseId;
import org.tumorboard.event.Department;
import org.tumorboard.event.Topics;

/** Whether a person of the department has seen what it was told, and how far up it was told that nobody had. */
@Component
public class Acknowledgements {

    private final JdbcClient jdbc;
    private final ToldRows rows;
    private final Clock clock;

    Acknowledgements(JdbcClient jdbc, ToldRows rows, Clock clock) {
        this.jdbc = jdbc;
        this.rows = rows;
        this.clock = clock;
    }

    /**
     * A person has seen it.
     *
     * @return whether it is acknowledged now and was not before
     */
    @Transactional
    public boolean acknowledge(Department department, long seq, String person) {
        return jdbc.sql(
                                """
                        update outbox_message set acknowledged_at = :now, acknowledged_by = :person, escalate_at = null
                        where seq = :seq and topic = :topic and escalate_at is not null
                        """)
                        .param("now", Timestamp.from(clock.instant()))
                        .param("person", person)
                        .param("seq", seq)
                        .param("topic", Topics.notifications(department))
                        .update()
                == 1;
    }

    /** The case that a notification of the department is about; empty if it was never told that. */
    public Optional<CaseId> caseOf(Department department, long seq) {
        return jdbc.sql("select key from outbox_message where seq = :seq and topic = :topic")
                .param("seq", seq)
                .param("topic", Topics.notifications(department))
                .query((row, number) -> new CaseId(row.getString("key")))
                .optional();
    }

    /** What nobody has acknowledged in time, and the next level is to be told of; the most overdue first. */
    public List<Told> overdue(int limit) {
        return jdbc.sql(
                        "select " + ToldRows.COLUMNS
                                + """
                         from outbox_message where escalate_at <= :now order by escalate_at, seq limit :limit
                        """)
                .param("now", Timestamp.from(clock.instant()))
                .param("limit", limit)
                .query((row, number) -> rows.told(row))
                .list();
    }

    /**
     * It has been told up to this level, in the caller's transaction; after as much time again it is looked at once more.
     *
     * @return false if it was acknowledged meanwhile, or another node was first
     */
    @Transactional(propagation = Propagation.MANDATORY)
    public boolean escalated(Told told, int level) {
        Instant now = clock.instant();
        return jdbc.sql(
                                """
                        update outbox_message set escalated_level = :level, escalate_at = :next
                        where seq = :seq and escalate_at <= :now
                        """)
                        .param("level", level)
                        .param("next", Timestamp.from(now.plus(told.within())))
                        .param("seq", told.seq())
                        .param("now", Timestamp.from(now))
                        .update()
                == 1;
    }

    /** It need not be acknowledged any more: the work is done, or the case is closed. */
    @Transactional(propagation = Propagation.MANDATORY)
    public void needless(Told told) {
        jdbc.sql("update outbox_message set escalate_at = null where seq = :seq")
                .param("seq", told.seq())
                .update();
    }
}
