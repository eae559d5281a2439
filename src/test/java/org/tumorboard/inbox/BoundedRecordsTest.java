package org.tumorboard.inbox;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.function.Predicate;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.tumorboard.EngineTest;
import org.tumorboard.TestServers;
import org.tumorboard.embedded.SyntheticEvent;
import org.tumorboard.flow.Notifications;
import org.tumorboard.flow.Scene;

/** Records that are small on the wire and huge in memory cost only themselves. */
@EngineTest
class BoundedRecordsTest {

    private static final Instant DETECTED = Instant.parse("2026-05-04T08:00:00Z");
    private static final int EIGHT_MB = 8 * 1024 * 1024;
    private static final String BOMB = "bomb";

    @Autowired
    Scene scene;

    @Autowired
    Notifications notifications;

    @Autowired
    JdbcClient jdbc;

    @Autowired
    MeterRegistry meters;

    @Test
    void aHugeValueBetweenTwoEventsIsRefusedAtItsPlaceWithoutBeingKept() throws Exception {
        scene.resetTimeTo(DETECTED.plus(Duration.ofDays(10)));
        SyntheticEvent before = suspicion();
        SyntheticEvent huge = suspicion();
        SyntheticEvent behind = suspicion();
        double restarts = restarts();
        RecordMetadata place;
        try (KafkaProducer<String, byte[]> sender = sender()) {
            sender.send(radiologys(before, 0));
            var sent = sender.send(radiologys(huge, EIGHT_MB));
            sender.send(radiologys(behind, 0));
            sender.flush();
            place = sent.get();
        }

        scene.awaitDecided(List.of(before, behind));
        scene.awaitSent();

        assertThat(List.of(before, behind)).extracting(scene::outcome).containsOnly("APPLIED");
        assertThat(scene.outcome(huge)).isEqualTo("UNKNOWN");
        String id = place.partition() + "-" + place.offset();
        assertThat(jdbc.sql("select outcome || ' ' || reason from inbox_event where source = ? and id = ?")
                        .params("urn:kafka:" + place.topic(), id)
                        .query(String.class)
                        .list())
                .singleElement()
                .asString()
                .startsWith("REFUSED value: expected at most 2097152 bytes, but it has 83");
        JsonNode letter = notifications.deadLetters().stream()
                .filter(each -> each.path("offset").asLong() == place.offset()
                        && each.path("partition").asInt() == place.partition()
                        && each.path("topic").asText().equals(place.topic()))
                .findFirst()
                .orElseThrow();
        assertThat(letter.path("valueBytes").asLong()).isEqualTo(value(huge, EIGHT_MB).length);
        assertThat(letter.path("valueBase64").isNull()).isTrue();
        assertThat(letter.path("headers").has("ce_id")).isTrue();
        assertThat(letter.path("headers").has("oversize")).isFalse();
        assertThat(restarts()).isEqualTo(restarts);
    }

    @Test
    void aSenderWhoSaysOfAnEventThatItIsTooLargeChangesNothing() {
        scene.resetTimeTo(DETECTED.plus(Duration.ofDays(10)));
        SyntheticEvent event = suspicion();
        try (KafkaProducer<String, byte[]> sender = sender()) {
            ProducerRecord<String, byte[]> record = radiologys(event, 0);
            record.headers().add("oversize", "9999999".getBytes(UTF_8));
            sender.send(record);
        }

        scene.awaitDecided(List.of(event));

        assertThat(scene.outcome(event)).isEqualTo("APPLIED");
    }

    /** The consumer is Kafka's, with all that it keeps between polls; only the memory is said to be short. */
    @Test
    void whatDoesNotFitIntoMemoryIsPassedOnAsOversizeAndNothingElseIsMissed() throws Exception {
        String topic = createTopic();
        List<String> sent = new ArrayList<>();
        try (KafkaProducer<String, byte[]> sender = sender()) {
            for (int number = 0; number < 300; number++) {
                int partition = number % 3;
                boolean isBomb = number == 0 || (partition != 2 && (number / 3 == 41 || number / 3 == 42));
                String value = isBomb ? BOMB : partition + "-" + number / 3;
                sent.add(isBomb ? partition + "-" + number / 3 + " " + BOMB : value);
                sender.send(new ProducerRecord<>(topic, partition, "k", value.getBytes(UTF_8)));
                if (number % 50 == 0) {
                    sender.flush();
                }
            }
        }

        assertThat(read(topic, BOMB::equals, sent.size())).containsExactlyInAnyOrderElementsOf(sent);
    }

    /** What takes the memory for a moment may be another thread. */
    @Test
    void aMemoryThatIsShortForAMomentHasNothingRefusedAndNothingMissed() throws Exception {
        String topic = createTopic();
        Map<String, Integer> failures = new HashMap<>();
        List<String> sent = new ArrayList<>();
        try (KafkaProducer<String, byte[]> sender = sender()) {
            for (int number = 0; number < 60; number++) {
                String value = number % 3 + "-" + number / 3;
                sent.add(value);
                sender.send(new ProducerRecord<>(topic, number % 3, "k", value.getBytes(UTF_8)));
            }
        }

        assertThat(read(
                        topic,
                        value -> value.endsWith("-0") && failures.merge(value, 1, Integer::sum) <= 2,
                        sent.size()))
                .containsExactlyInAnyOrderElementsOf(sent);
    }

    private static List<String> read(String topic, Predicate<String> isTooLarge, int expected) {
        var reading = new CarefulReading(() -> consumer(isTooLarge, 1));
        List<String> read = new ArrayList<>();
        try (Consumer<Object, Object> consumer = GuardedPolls.around(consumer(isTooLarge, 100), reading)) {
            consumer.subscribe(List.of(topic));
            Instant latest = Instant.now().plusSeconds(60);
            while (read.size() < expected && Instant.now().isBefore(latest)) {
                consumer.poll(Duration.ofMillis(200)).forEach(record -> read.add(shown(record)));
                consumer.commitSync();
            }
            consumer.poll(Duration.ofMillis(500)).forEach(record -> read.add(shown(record)));
        }
        return read;
    }

    private static String shown(ConsumerRecord<Object, Object> record) {
        return Oversize.of(record.headers()) != null
                ? record.partition() + "-" + record.offset() + " " + BOMB
                : (String) Objects.requireNonNull(record.value());
    }

    private static Consumer<Object, Object> consumer(Predicate<String> isTooLarge, int records) {
        Deserializer<Object> values = (topic, data) -> {
            String value = new String(data, UTF_8);
            if (isTooLarge.test(value)) {
                throw new OutOfMemoryError("as if " + value + " did not fit");
            }
            return value;
        };
        Deserializer<?> keys = new StringDeserializer();
        @SuppressWarnings("unchecked")
        var consumer = new KafkaConsumer<>(
                Map.of(
                        "bootstrap.servers", TestServers.running().bootstrapServers(),
                        "group.id", "reads-what-is-too-large",
                        "auto.offset.reset", "earliest",
                        "enable.auto.commit", "false",
                        "isolation.level", "read_committed",
                        "max.poll.records", records),
                (Deserializer<Object>) keys,
                values);
        return consumer;
    }

    private static String createTopic() throws Exception {
        try (Admin admin =
                Admin.create(Map.of("bootstrap.servers", TestServers.running().bootstrapServers()))) {
            String topic = "too-large-for-memory-" + UUID.randomUUID();
            admin.createTopics(List.of(new NewTopic(topic, 3, (short) 1))).all().get();
            return topic;
        }
    }

    private static KafkaProducer<String, byte[]> sender() {
        return new KafkaProducer<>(
                Map.of(
                        "bootstrap.servers",
                        TestServers.running().bootstrapServers(),
                        "compression.type",
                        "gzip",
                        "max.request.size",
                        2 * EIGHT_MB,
                        "linger.ms",
                        200),
                new StringSerializer(),
                new ByteArraySerializer());
    }

    private static ProducerRecord<String, byte[]> radiologys(SyntheticEvent event, int spaces) {
        var record = new ProducerRecord<>(RadiologysTopic.NAME, 3, event.key(), value(event, spaces));
        event.headers().forEach(record.headers()::add);
        return record;
    }

    private static byte[] value(SyntheticEvent event, int spaces) {
        byte[] data = event.data().toString().getBytes(UTF_8);
        byte[] value = Arrays.copyOf(data, data.length + spaces);
        Arrays.fill(value, data.length, value.length, (byte) ' ');
        return value;
    }

    private double restarts() {
        return meters.get("tumorboard.inbox.restarts").counter().count();
    }

    private SyntheticEvent suspicion() {
        return scene.urgentCase(DETECTED).throughTreatment().get(0);
    }
}
