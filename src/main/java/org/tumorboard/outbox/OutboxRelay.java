package org.tumorboard.outbox;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.NestedExceptionUtils;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.kafka.core.KafkaTemplate;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Carries waiting messages to Kafka in the order they were added, at least once, and marks them sent when the
 * broker has acknowledged them. One relay at a time works, on whichever node: a database lock says which.
 */
@Component
public class OutboxRelay {

    private static final Logger LOG = LoggerFactory.getLogger(OutboxRelay.class);
    private static final int BATCH = 500;

    /** So many that a batch ends long before the database takes its transaction for hung. */
    private static final int WAVES = 50;

    /** Key of the advisory lock that lets one relay work at a time; any number nobody else uses. */
    private static final long RELAY_LOCK = 7_401_001L;

    private final JdbcClient jdbc;
    private final KafkaTemplate<String, byte[]> kafka;
    private final TransactionTemplate transaction;
    private final Clock clock;
    private final RelayThread thread;

    OutboxRelay(JdbcClient jdbc, KafkaTemplate<String, byte[]> kafka, TransactionTemplate transaction, Clock clock) {
        this.jdbc = jdbc;
        this.kafka = kafka;
        this.transaction = transaction;
        this.clock = clock;
        this.thread = new RelayThread(this);
    }

    /** Called at commit: there is something to send. */
    void wake() {
        thread.wake();
    }

    RelayThread thread() {
        return thread;
    }

    Instant now() {
        return clock.instant();
    }

    /**
     * Sends what waits now.
     *
     * @return how many messages were sent
     * @throws NotTaken if the broker does not take a message; it waits, and all after it of its case on its topic
     * @throws RuntimeException if the database is away; nothing is lost, what was sent may be sent again
     */
    public int runOnce() {
        int sent = 0;
        Sent batch;
        do {
            batch = transaction.execute(status -> sendBatch());
            sent += batch.messages();
            if (batch.refusal() != null) {
                throw batch.refusal();
            }
        } while (batch.isMore());
        return sent;
    }

    private record Sent(int messages, boolean isMore, @Nullable NotTaken refusal) {}

    private Sent sendBatch() {
        jdbc.sql("select pg_advisory_xact_lock(:key)")
                .param("key", RELAY_LOCK)
                .query((row, number) -> number)
                .list();
        List<Waiting> waiting = jdbc.sql(
                        """
                        select seq, message_id, topic, key, type, occurred_at, created_at,
                          correlation_id, causation_id, trace_parent, payload
                        from outbox_message where sent_at is null order by seq limit :batch
                        """)
                .param("batch", BATCH)
                .query(OutboxRelay::waiting)
                .list();
        List<Waiting> taken = new ArrayList<>();
        NotTaken refusal = null;
        for (List<Waiting> wave : waves(waiting)) {
            if (refusal == null) {
                refusal = send(wave, taken);
            }
        }
        markSent(taken);
        return new Sent(taken.size(), taken.size() < waiting.size() || waiting.size() == BATCH, refusal);
    }

    /**
     * Each wave has at most one message of a case on a topic, and is sent when the one before was taken: so none overtakes
     * one that the broker did not take. What more than some waves would carry waits for the next batch.
     */
    private static List<List<Waiting>> waves(List<Waiting> waiting) {
        Map<String, Integer> before = new HashMap<>();
        List<List<Waiting>> waves = new ArrayList<>();
        for (Waiting message : waiting) {
            int wave = before.merge(message.topic() + " " + message.key(), 1, Integer::sum) - 1;
            if (wave == waves.size() && wave < WAVES) {
                waves.add(new ArrayList<>());
            }
            if (wave < waves.size()) {
                waves.get(wave).add(message);
            }
        }
        return waves;
    }

    /**
     * @param taken gets those that the broker takes
     * @return why it does not take the others; null if there is none
     */
    private @Nullable NotTaken send(List<Waiting> wave, List<Waiting> taken) {
        Map<Waiting, CompletableFuture<?>> acknowledgements = new LinkedHashMap<>();
        wave.forEach(message -> acknowledgements.put(message, kafka.send(message.toRecord())));
        kafka.flush();
        NotTaken refusal = null;
        for (var acknowledgement : acknowledgements.entrySet()) {
            try {
                acknowledgement.getValue().join();
                taken.add(acknowledgement.getKey());
            } catch (CompletionException e) {
                refusal = new NotTaken(acknowledgement.getKey().topic(), e);
            }
        }
        return refusal;
    }

    private void markSent(List<Waiting> taken) {
        if (taken.isEmpty()) {
            return;
        }
        jdbc.sql("update outbox_message set sent_at = :now where seq = any(:seqs)")
                .param("now", Timestamp.from(clock.instant()))
                .param("seqs", taken.stream().map(Waiting::seq).toArray(Long[]::new))
                .update();
        LOG.debug("sent {} messages", taken.size());
    }

    /** The broker does not take a message. What it says names the topic, but neither key nor value, which tell of a patient. */
    static final class NotTaken extends RuntimeException {

        NotTaken(String topic, Throwable failure) {
            super("topic %s: %s".formatted(topic, NestedExceptionUtils.getMostSpecificCause(failure)), failure);
        }
    }

    private static Waiting waiting(ResultSet row, int number) throws SQLException {
        return new Waiting(
                row.getLong("seq"),
                row.getString("message_id"),
                row.getString("topic"),
                row.getString("key"),
                row.getString("type"),
                row.getTimestamp("occurred_at").toInstant(),
                row.getTimestamp("created_at").toInstant(),
                row.getString("correlation_id"),
                row.getString("causation_id"),
                row.getString("trace_parent"),
                row.getString("payload"));
    }

    private record Waiting(
            long seq,
            String id,
            String topic,
            String key,
            String type,
            Instant occurredAt,
            Instant createdAt,
            String correlationId,
            String causationId,
            String traceParent,
            String payload) {

        ProducerRecord<String, byte[]> toRecord() {
            var message = new ProducerRecord<>(topic, key, payload.getBytes(UTF_8));
            header(message, "ce_specversion", "1.0");
            header(message, "ce_id", id);
            header(message, "ce_source", "urn:tumorboard:engine");
            header(message, "ce_type", type);
            header(message, "ce_subject", key);
            header(message, "ce_time", occurredAt.toString());
            header(message, "ce_recordedat", createdAt.toString());
            header(message, "ce_correlationid", correlationId);
            header(message, "ce_causationid", causationId);
            header(message, "ce_traceparent", traceParent);
            header(message, "content-type", "application/json");
            return message;
        }

        private static void header(ProducerRecord<String, byte[]> message, String name, String value) {
            if (value != null) {
                message.headers().add(name, value.getBytes(UTF_8));
            }
        }
    }
}
