package org.tumorboard.bench;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.tumorboard.event.Department;
import org.tumorboard.event.Topics;

/** The departments' systems, which read what they are told; notes when the first notification of each event came. */
final class Readers implements AutoCloseable {

    private final Map<String, Long> firstRead = new ConcurrentHashMap<>();
    private final KafkaConsumer<String, byte[]> consumer;
    private final Thread thread = new Thread(this::read, "readers");
    private volatile boolean isClosed;

    Readers(String bootstrapServers) {
        consumer = new KafkaConsumer<>(
                Map.of("bootstrap.servers", bootstrapServers, "fetch.max.wait.ms", "50"),
                new StringDeserializer(),
                new ByteArrayDeserializer());
        List<TopicPartition> partitions = Stream.concat(
                        Arrays.stream(Department.values()).map(Topics::notifications), Stream.of(Topics.CASE_STATUS))
                .flatMap(topic -> consumer.partitionsFor(topic).stream())
                .map(partition -> new TopicPartition(partition.topic(), partition.partition()))
                .toList();
        consumer.assign(partitions);
        consumer.seekToEnd(partitions);
        partitions.forEach(consumer::position);
        thread.start();
    }

    private void read() {
        while (!isClosed) {
            var records = consumer.poll(Duration.ofMillis(100));
            long now = System.nanoTime();
            records.forEach(message -> note(message, now));
        }
        consumer.close();
    }

    private void note(ConsumerRecord<String, byte[]> message, long now) {
        Header cause = message.headers().lastHeader("ce_causationid");
        if (cause != null) {
            firstRead.putIfAbsent(new String(cause.value(), UTF_8), now);
        }
    }

    /** When the first notification of each of these events was read, on the scale of {@link System#nanoTime()}. */
    Map<String, Long> awaitAll(Set<String> events) {
        await().atMost(Duration.ofMinutes(1)).until(() -> firstRead.keySet().containsAll(events));
        Map<String, Long> read = new HashMap<>(firstRead);
        read.keySet().retainAll(events);
        return read;
    }

    @Override
    public void close() throws InterruptedException {
        isClosed = true;
        thread.join();
    }
}
