package org.tumorboard.outbox;

import java.sql.Timestamp;
import java.time.Instant;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.tumorboard.event.Topics;

/** What messages said, at the end of its time. */
@Component
public final class MessageContents {

    private final JdbcClient jdbc;

    MessageContents(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * Clears some of what was sent before this instant, about cases that have ended before it. What waits to be sent, or
     * to be delivered, is left; so is the dead letter of an event that was not sent again in its right form.
     *
     * @return how many rows, at most {@code atMost}
     */
    public int clear(Instant before, Instant now, int atMost) {
        return jdbc.sql(
                        """
                        update outbox_message set payload = '{}', contents_cleared_at = :now where seq in (
                          select m.seq from outbox_message m
                          where m.contents_cleared_at is null and m.created_at < :before and m.sent_at is not null
                            and not exists (select from channel_delivery d
                              where d.seq = m.seq and d.delivered_at is null and d.set_aside_at is null)
                            and case when m.topic = :letters
                              then not exists (select from inbox_event e where e.outcome = 'REFUSED'
                                and e.source = m.payload -> 'headers' ->> 'ce_source'
                                and e.id = m.payload -> 'headers' ->> 'ce_id')
                                and m.payload -> 'headers' ->> 'ce_id' is not null
                              else exists (select from tumor_case c
                                where c.case_id = m.key and c.closed_at < :before) end
                          order by m.created_at limit :most for update skip locked)
                        """)
                .param("now", Timestamp.from(now))
                .param("before", Timestamp.from(before))
                .param("letters", Topics.DEAD_LETTERS)
                .param("most", atMost)
                .update();
    }
}
