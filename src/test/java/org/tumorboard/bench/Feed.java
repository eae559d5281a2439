package org.tumorboard.bench;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.tumorboard.embedded.SyntheticEvent;

/** Fills the topics before the consumers start; the records bear timestamps one millisecond apart. */
final class Feed implements AutoCloseable {

    private final KafkaProducer<String, byte[]> kafka;

    Feed(String bootstrapServers) {
        kafka = new KafkaProducer<>(
                Map.of("bootstrap.servers", bootstrapServers, "acks", "all", "linger.ms", "5"),
                new StringSerializer(),
                new ByteArraySerializer());
    }

    /** News of a unit belongs to no case and has no patient. */
    static boolean isUnitWide(SyntheticEvent event) {
        return !event.data().has("patientRef");
    }

    /** The record as a department sends it, with the extensions that tie it to others. */
    static ProducerRecord<String, byte[]> record(SyntheticEvent event, long timestamp) {
        byte[] value = event.data().toString().getBytes(UTF_8);
        var message = new ProducerRecord<>(event.topic(), null, timestamp, event.key(), value);
        event.headers().forEach(message.headers()::add);
        message.headers()
                .add("ce_correlationid", ("episode-" + event.key()).getBytes(UTF_8))
                .add("ce_recordedat", event.time().plusSeconds(180).toString().getBytes(UTF_8))
                .add("ce_traceparent", "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01".getBytes(UTF_8));
        return message;
    }

    /** Bytes of key, headers and value. */
    static int size(ProducerRecord<String, byte[]> message) {
        int size = message.key().length() + message.value().length;
        for (Header header : message.headers()) {
            size += header.key().length() + header.value().length;
        }
        return size;
    }

    /** Returns when the broker has acknowledged every record. */
    void fill(List<SyntheticEvent> events) throws InterruptedException, ExecutionException {
        long first = System.currentTimeMillis() - events.size();
        List<Future<?>> acknowledgements = new ArrayList<>();
        for (int i = 0; i < events.size(); i++) {
            acknowledgements.add(kafka.send(record(events.get(i), first + i)));
        }
        for (Future<?> acknowledgement : acknowledgements) {
            acknowledgement.get();
        }
    }

    /**
     * Sends one event after the other, each when it is due, also when those before it are still on their way.
     *
     * @return when each was due, by its id, on the scale of {@link System#nanoTime()}
     */
    Map<String, Long> pace(List<SyntheticEvent> events, double perSecond)
            throws InterruptedException, ExecutionException {
        Map<String, Long> due = new HashMap<>();
        List<Future<?>> acknowledgements = new ArrayList<>();
        long start = System.nanoTime();
        for (int i = 0; i < events.size(); i++) {
            long at = start + (long) (i * 1e9 / perSecond);
            for (long early = at - System.nanoTime(); early > 0; early = at - System.nanoTime()) {
                LockSupport.parkNanos(early);
            }
            due.put(events.get(i).id(), at);
            acknowledgements.add(kafka.send(record(events.get(i), System.currentTimeMillis())));
        }
        for (Future<?> acknowledgement : acknowledgements) {
            acknowledgement.get();
        }
        return due;
    }

    @Override
    public void close() {
        kafka.close();
    }
}
