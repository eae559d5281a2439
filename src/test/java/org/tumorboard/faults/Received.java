package org.tumorboard.faults;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;

/**
 * A record of ours on a topic.
 *
 * @param id its CloudEvents id
 */
record Received(String topic, int partition, String key, String id) {

    private static final Duration POLL = Duration.ofMillis(200);

    /** Everything that stands on those topics, in the order in which whoever reads them gets it. */
    static List<Received> on(Set<String> topics, Broker broker) {
        try (var consumer = new KafkaConsumer<>(
                Map.of("bootstrap.servers", broker.address(), "enable.auto.commit", "false"),
                new StringDeserializer(),
                new ByteArrayDeserializer())) {
            Collection<TopicPartition> partitions = topics.stream()
                    .flatMap(topic -> consumer.partitionsFor(topic).stream())
                    .map(partition -> new TopicPartition(partition.topic(), partition.partition()))
                    .collect(Collectors.toSet());
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
            List<Received> all = new ArrayList<>();
            while (ends.entrySet().stream().anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
                consumer.poll(POLL).forEach(message -> all.add(of(message)));
            }
            return all;
        }
    }

    private static Received of(ConsumerRecord<String, byte[]> message) {
        return new Received(
                message.topic(),
                message.partition(),
                message.key(),
                new String(message.headers().lastHeader("ce_id").value(), UTF_8));
    }
}
