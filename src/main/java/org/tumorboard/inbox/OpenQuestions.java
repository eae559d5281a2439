package org.tumorboard.inbox;

import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.tumorboard.event.EventIdentity;

/** About which parked events somebody is asked. */
@Component
class OpenQuestions {

    private final JdbcClient jdbc;
    private final InboxTable inbox;

    OpenQuestions(JdbcClient jdbc, InboxTable inbox) {
        this.jdbc = jdbc;
        this.inbox = inbox;
    }

    /** Events that have waited too long and about which nobody is asked, the oldest first; locked for this transaction. */
    List<InboxEntry> overdue(Instant now, Duration parkedForAtMost, int limit) {
        return jdbc.sql(
                        "select " + InboxTable.COLUMNS
                                + """
                         from inbox_event
                        where outcome = 'PARKED' and unit is null and settling_task is null
                          and coalesce(ask_at, received_at + make_interval(secs => :seconds)) <= :now
                        order by received_at, source, id limit :limit for update skip locked
                        """)
                .param("seconds", parkedForAtMost.toSeconds())
                .param("now", Timestamp.from(now))
                .param("limit", limit)
                .query(inbox::entry)
                .list();
    }

    /** Somebody is asked about the event. */
    void asked(EventIdentity event, String settlingTask) {
        jdbc.sql("update inbox_event set settling_task = ? where source = ? and id = ?")
                .params(settlingTask, event.source(), event.id())
                .update();
    }

    /** Somebody has answered; asked again at that time if the event still waits. */
    void answered(EventIdentity event, Instant askAgainAt) {
        jdbc.sql("update inbox_event set settling_task = null, ask_at = ? where source = ? and id = ?")
                .params(Timestamp.from(askAgainAt), event.source(), event.id())
                .update();
    }

    /** The open questions about these events, which are closed by that. */
    List<String> take(Collection<EventIdentity> identities) {
        if (identities.isEmpty()) {
            return List.of();
        }
        List<String> asked = jdbc.sql(
                        """
                        select settling_task from inbox_event where settling_task is not null
                          and (source, id) in (select * from unnest(:sources::text[], :ids::text[])) for update
                        """)
                .param("sources", identities.stream().map(EventIdentity::source).toArray(String[]::new))
                .param("ids", identities.stream().map(EventIdentity::id).toArray(String[]::new))
                .query(String.class)
                .list();
        if (!asked.isEmpty()) {
            jdbc.sql("update inbox_event set settling_task = null where settling_task = any(?)")
                    .param(asked.toArray(String[]::new))
                    .update();
        }
        return asked;
    }
}
