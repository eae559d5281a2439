package org.tumorboard.outbox;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/**
 * Takes messages in the caller's transaction; they are sent once it has committed, or never.
 * Whoever adds messages of a case holds that case's row lock, so that their order is the order of commits.
 */
@Component
public class Outbox {

    private final JdbcClient jdbc;
    private final ObjectMapper json;
    private final Clock clock;
    private final OutboxRelay relay;
    private final ApplicationEventPublisher listeners;

    Outbox(JdbcClient jdbc, ObjectMapper json, Clock clock, OutboxRelay relay, ApplicationEventPublisher listeners) {
        this.jdbc = jdbc;
        this.json = json;
        this.clock = clock;
        this.relay = relay;
        this.listeners = listeners;
    }

    /** Adds the messages, in their order, with one statement, leaving out dead letters that are there; wakes the relay when the transaction commits. */
    @Transactional(propagation = Propagation.MANDATORY)
    public void add(List<OutboundMessage> messages) {
        if (messages.isEmpty()) {
            return;
        }
        Map<UUID, Long> places = new HashMap<>();
        jdbc.sql(
                        """
                        insert into outbox_message (message_id, topic, key, type, occurred_at, created_at,
                          correlation_id, causation_id, trace_parent, payload, acknowledge_by, escalate_at)
                        select "messageId", topic, key, type, "occurredAt", :now,
                          "correlationId", "causationId", "traceParent", payload, "acknowledgeBy", "acknowledgeBy"
                        from rows from (jsonb_to_recordset(cast(:rows as jsonb)) as (
                          "messageId" uuid, topic text, key text, type text, "occurredAt" timestamptz,
                          "correlationId" text, "causationId" text, "traceParent" text, payload jsonb,
                          "acknowledgeBy" timestamptz))
                          with ordinality
                        order by ordinality
                        on conflict (message_id) where topic = 'tumorboard.dead-letters' do nothing
                        returning message_id, seq
                        """)
                .param("rows", rows(messages))
                .param("now", java.sql.Timestamp.from(clock.instant()))
                .query(row -> {
                    places.put(row.getObject("message_id", UUID.class), row.getLong("seq"));
                });
        listeners.publishEvent(new MessagesAdded(messages, places));
        TransactionSynchronizationManager.registerSynchronization(new TransactionSynchronization() {
            @Override
            public void afterCommit() {
                relay.wake();
            }
        });
    }

    private String rows(List<OutboundMessage> messages) {
        try {
            return json.writeValueAsString(messages);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("expected messages to be JSON", e);
        }
    }
}
