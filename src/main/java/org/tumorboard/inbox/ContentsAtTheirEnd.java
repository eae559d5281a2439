package org.tumorboard.inbox;

import java.sql.Timestamp;
import java.time.Clock;
import java.time.Instant;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;
import org.tumorboard.outbox.MessageContents;
import org.tumorboard.pathway.Retention;
import org.tumorboard.pathway.StepContents;

/**
 * Lets go what events, messages and closed steps said once their time is over. That they came, and what became of them,
 * stays for ever, so that a duplicate is known for one for ever. Several nodes share the work: none takes what another
 * has locked.
 */
@Component
class ContentsAtTheirEnd {

    private static final Logger LOG = LoggerFactory.getLogger(ContentsAtTheirEnd.class);
    private static final int AT_ONCE = 500;
    private static final int BATCHES = 100;

    private final JdbcClient jdbc;
    private final MessageContents messages;
    private final StepContents steps;
    private final TransactionTemplate transaction;
    private final Retention retention;
    private final Clock clock;

    ContentsAtTheirEnd(
            JdbcClient jdbc,
            MessageContents messages,
            StepContents steps,
            TransactionTemplate transaction,
            Retention retention,
            Clock clock) {
        this.jdbc = jdbc;
        this.messages = messages;
        this.steps = steps;
        this.transaction = transaction;
        this.retention = retention;
        this.clock = clock;
    }

    private interface Clearing {
        int some(Instant before, Instant now);
    }

    @Scheduled(
            fixedDelayString = "${tumorboard.retention.clear-every:1h}",
            initialDelayString = "${tumorboard.retention.clear-every:1h}")
    void runOnce() {
        int events = all(this::clearEvents);
        int said = all((before, now) -> messages.clear(before, now, AT_ONCE));
        int done = all((before, now) -> steps.clear(before, AT_ONCE));
        if (events + said + done > 0) {
            LOG.info("contents cleared after their time: {} events, {} messages, {} steps", events, said, done);
        }
    }

    /** In small transactions, and not without end: what is left is for the next time. */
    private int all(Clearing clearing) {
        int cleared = 0;
        for (int batch = 0; batch < BATCHES; batch++) {
            Instant now = clock.instant();
            Integer some = transaction.execute(status -> clearing.some(now.minus(retention.contents()), now));
            cleared += some == null ? 0 : some;
            if (some == null || some < AT_ONCE) {
                return cleared;
            }
        }
        return cleared;
    }

    /** What waits, was refused or failed is not settled and is left; of a correction it stays which event it is about. */
    private int clearEvents(Instant before, Instant now) {
        return jdbc.sql(
                        """
                        update inbox_event set contents_cleared_at = :now, data = jsonb_strip_nulls(
                          jsonb_build_object('corrects', data -> 'corrects', 'retracts', data -> 'retracts'))
                        where (source, id) in (
                          select e.source, e.id from inbox_event e
                          where e.contents_cleared_at is null and e.unit is null
                            and e.outcome in ('APPLIED', 'ALREADY_DONE') and e.received_at < :before
                            and (e.case_id is null or exists (
                              select from tumor_case c where c.case_id = e.case_id and c.closed_at < :before))
                          order by e.received_at limit :most for update skip locked)
                        """)
                .param("now", Timestamp.from(now))
                .param("before", Timestamp.from(before))
                .param("most", AT_ONCE)
                .update();
    }
}
