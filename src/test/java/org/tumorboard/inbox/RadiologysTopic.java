package org.tumorboard.inbox;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewPartitions;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.jspecify.annotations.Nullable;
import org.tumorboard.embedded.SyntheticEvent;
import org.tumorboard.event.Department;
import org.tumorboard.event.Topics;

/** One partition of radiology's topic, as a sender and an administrator of Kafka may treat it. */
final class RadiologysTopic implements AutoCloseable {

    static final String NAME = Topics.events(Department.RADIOLOGY);

    private final String bootstrapServers;
    private final TopicPartition partition;
    private final KafkaProducer<String, byte[]> plain;
    private final Admin admin;

    RadiologysTopic(String bootstrapServers, int partition) {
        this.bootstrapServers = bootstrapServers;
        this.partition = new TopicPartition(NAME, partition);
        plain = producer(Map.of());
        admin = Admin.create(Map.of("bootstrap.servers", bootstrapServers));
    }

    TopicPartition partition() {
        return partition;
    }

    void send(SyntheticEvent event) {
        send(event, null);
    }

    /** @param at by the sender's clock; null for now */
    void send(SyntheticEvent event, @Nullable Instant at) {
        plain.send(record(event, at));
        plain.flush();
    }

    /** Begins a transaction with these; it is open until the caller ends it. */
    KafkaProducer<String, byte[]> begin(SyntheticEvent... events) {
        KafkaProducer<String, byte[]> sender = producer(Map.of("transactional.id", "a-sender-of-radiology"));
        sender.initTransactions();
        sender.beginTransaction();
        List.of(events).forEach(event -> sender.send(record(event, null)));
        sender.flush();
        return sender;
    }

    void commit(SyntheticEvent... events) {
        try (KafkaProducer<String, byte[]> sender = begin(events)) {
            sender.commitTransaction();
        }
    }

    void abort(SyntheticEvent... events) {
        try (KafkaProducer<String, byte[]> sender = begin(events)) {
            sender.abortTransaction();
        }
    }

    long end() throws Exception {
        return admin.listOffsets(Map.of(partition, OffsetSpec.latest()))
                .partitionResult(partition)
                .get()
                .offset();
    }

    /** As retention does. */
    void removeBefore(long offset) throws Exception {
        admin.deleteRecords(Map.of(partition, RecordsToDelete.beforeOffset(offset)))
                .all()
                .get();
    }

    int partitions(String topic) throws Exception {
        return admin.describeTopics(List.of(topic))
                .allTopicNames()
                .get()
                .get(topic)
                .partitions()
                .size();
    }

    void addPartitions(String topic, int all) throws Exception {
        admin.createPartitions(Map.of(topic, NewPartitions.increaseTo(all)))
                .all()
                .get();
    }

    private KafkaProducer<String, byte[]> producer(Map<String, Object> more) {
        Map<String, Object> settings = new HashMap<>(more);
        settings.put("bootstrap.servers", bootstrapServers);
        return new KafkaProducer<>(settings, new StringSerializer(), new ByteArraySerializer());
    }

    private ProducerRecord<String, byte[]> record(SyntheticEvent event, @Nullable Instant at) {
        var message = new ProducerRecord<>(
                NAME,
                partition.partition(),
                at == null ? null : at.toEpochMilli(),
                event.key(),
                event.data().toString().getBytes(UTF_8));
        event.headers().forEach(message.headers()::add);
        return message;
    }

    @Override
    public void close() {
        plain.close();
        admin.close();
    }
}
