package org.tumorboard;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.springframework.beans.factory.DisposableBean;
import org.tumorboard.embedded.SyntheticEvent;
import org.tumorboard.event.Department;
import org.tumorboard.event.Topics;

/** The departments' side of Kafka: sends what a test lets them say. */
public final class Departments implements DisposableBean {

    private final KafkaProducer<String, byte[]> kafka;
    private final Admin admin;
    private final List<Future<?>> unacknowledged = new ArrayList<>();

    public Departments(String bootstrapServers) {
        kafka = new KafkaProducer<>(
                Map.of(
                        "bootstrap.servers", bootstrapServers,
                        "acks", "all",
                        "linger.ms", "5",
                        // partitions that a test adds
                        "metadata.max.age.ms", "2000",
                        "max.in.flight.requests.per.connection", "1"),
                new StringSerializer(),
                new ByteArraySerializer());
        admin = Admin.create(Map.of("bootstrap.servers", bootstrapServers));
    }

    /** Sends the events in their order and returns when the broker has them all. */
    public synchronized void say(Collection<SyntheticEvent> events) {
        events.forEach(event -> send(
                event.topic(),
                event.key(),
                event.headers(),
                event.data().toString().getBytes(UTF_8)));
        kafka.flush();
    }

    /** Sends anything at all. */
    public synchronized void send(String topic, String key, Map<String, byte[]> headers, byte[] value) {
        var message = new ProducerRecord<>(topic, key, value);
        new HashMap<>(headers).forEach(message.headers()::add);
        unacknowledged.add(kafka.send(message));
    }

    /** How many records the engine has not yet taken. */
    public long unread() {
        flush();
        try {
            Map<TopicPartition, OffsetAndMetadata> taken = admin.listConsumerGroupOffsets("tumorboard-engine")
                    .partitionsToOffsetAndMetadata()
                    .get();
            Map<TopicPartition, OffsetSpec> latest = new HashMap<>();
            for (Department department : Department.values()) {
                kafka.partitionsFor(Topics.events(department))
                        .forEach(partition -> latest.put(
                                new TopicPartition(partition.topic(), partition.partition()), OffsetSpec.latest()));
            }
            return admin.listOffsets(latest).all().get().entrySet().stream()
                    .mapToLong(end -> end.getValue().offset()
                            - (taken.get(end.getKey()) == null
                                    ? 0
                                    : taken.get(end.getKey()).offset()))
                    .sum();
        } catch (InterruptedException | ExecutionException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Returns when the broker has everything. */
    public synchronized void flush() {
        kafka.flush();
        try {
            for (Future<?> acknowledgement : unacknowledged) {
                acknowledgement.get();
            }
        } catch (InterruptedException | ExecutionException e) {
            throw new IllegalStateException("expected the broker to take all records, but it did not", e);
        }
        unacknowledged.clear();
    }

    @Override
    public void destroy() {
        kafka.close();
        admin.close();
    }
}
