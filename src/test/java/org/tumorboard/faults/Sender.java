package org.tumorboard.faults;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** Brings records to a broker that comes and goes: what it has not acknowledged is sent again. */
final class Sender implements AutoCloseable {

    private final KafkaProducer<byte[], byte[]> kafka;
    private final List<Sent> unacknowledged = new ArrayList<>();
    private final Set<String> malformed = new HashSet<>();

    Sender(Broker broker) {
        kafka = new KafkaProducer<>(
                Map.of(
                        "bootstrap.servers", broker.address(),
                        "acks", "all",
                        "linger.ms", "5",
                        "max.in.flight.requests.per.connection", "1"),
                new ByteArraySerializer(),
                new ByteArraySerializer());
    }

    private record Sent(ProducerRecord<byte[], byte[]> message, Future<RecordMetadata> place, boolean isMalformed) {}

    void send(ProducerRecord<byte[], byte[]> message, boolean isMalformed) {
        unacknowledged.add(new Sent(message, kafka.send(message), isMalformed));
    }

    /** Whether the broker has acknowledged all that was sent. */
    boolean isEverythingThere() {
        for (Sent sent : List.copyOf(unacknowledged)) {
            if (sent.place().isDone()) {
                unacknowledged.remove(sent);
                settle(sent);
            }
        }
        return unacknowledged.isEmpty();
    }

    /** Where the records stand that are no events: topic, partition, offset. */
    Set<String> malformed() {
        return malformed;
    }

    private void settle(Sent sent) {
        try {
            RecordMetadata place = sent.place().get();
            if (sent.isMalformed()) {
                malformed.add("%s-%d-%d".formatted(place.topic(), place.partition(), place.offset()));
            }
        } catch (ExecutionException e) {
            send(sent.message(), sent.isMalformed());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        kafka.close();
    }
}
