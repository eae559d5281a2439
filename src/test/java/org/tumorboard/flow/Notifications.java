package org.tumorboard.flow;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.tumorboard.TestServers;
import org.tumorboard.event.CaseId;
import org.tumorboard.event.Department;
import org.tumorboard.event.Topics;

/** What stands on the outgoing topics, read from their beginning to their end. */
public class Notifications {

    private final ObjectMapper json;

    Notifications(ObjectMapper json) {
        this.json = json;
    }

    /**
     * @param name of the notification
     * @param department on whose topic it stands
     */
    public record Received(String id, String name, String department, JsonNode payload) {}

    /** What departments were told about the case. */
    public List<Received> about(CaseId caseId) {
        return about().stream()
                .filter(received -> received.payload().path("caseId").asText().equals(caseId.value()))
                .toList();
    }

    /** What everyone was told about the clocks of the case, in order. */
    public List<JsonNode> clocks(CaseId caseId, String clock) {
        return received(Stream.of(Topics.SLA)).stream()
                .filter(received -> received.payload().path("caseId").asText().equals(caseId.value())
                        && received.payload().path("clock").asText().equals(clock))
                .map(received -> ((ObjectNode) received.payload()).put("name", received.name()))
                .map(JsonNode.class::cast)
                .toList();
    }

    /** What departments were told about all cases. */
    public List<Received> about() {
        return received(Arrays.stream(Department.values()).map(Topics::notifications));
    }

    private List<Received> received(Stream<String> topics) {
        return read(topics).stream()
                .map(message -> new Received(
                        header(message, "ce_id"),
                        header(message, "ce_type")
                                .replace("org.tumorboard.notification.", "")
                                .replace(".v1", ""),
                        message.topic().replace("tumorboard.notifications.", ""),
                        payload(message)))
                .toList();
    }

    /** The case's statuses in the order they were told. */
    public List<String> statuses(CaseId caseId) {
        return read(Stream.of(Topics.CASE_STATUS)).stream()
                .filter(message -> caseId.value().equals(message.key()))
                .map(message -> payload(message).path("status").asText())
                .toList();
    }

    /** The refused records, with their reasons. */
    public List<JsonNode> deadLetters() {
        return read(Stream.of(Topics.DEAD_LETTERS)).stream().map(this::payload).toList();
    }

    private List<ConsumerRecord<String, byte[]>> read(Stream<String> topics) {
        try (var consumer = new KafkaConsumer<>(
                Map.of("bootstrap.servers", TestServers.running().bootstrapServers()),
                new StringDeserializer(),
                new ByteArrayDeserializer())) {
            List<TopicPartition> partitions = topics.flatMap(topic -> consumer.partitionsFor(topic).stream())
                    .map(partition -> new TopicPartition(partition.topic(), partition.partition()))
                    .toList();
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
            List<ConsumerRecord<String, byte[]>> all = new ArrayList<>();
            while (ends.entrySet().stream().anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
                consumer.poll(Duration.ofMillis(200)).forEach(all::add);
            }
            return all;
        }
    }

    private static String header(ConsumerRecord<String, byte[]> message, String name) {
        return new String(message.headers().lastHeader(name).value());
    }

    private JsonNode payload(ConsumerRecord<String, byte[]> message) {
        try {
            return json.readTree(message.value());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
