package org.tumorboard.hostile;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.tumorboard.EngineTest;
import org.tumorboard.TestServers;
import org.tumorboard.embedded.SyntheticEvent;
import org.tumorboard.flow.Notifications;
import org.tumorboard.flow.Scene;

/** A thousand records that nobody can use, before, between and after the events of a case, on its partition. */
@EngineTest
class HostileRecordsTest {

    private static final Instant DETECTED = Instant.parse("2026-03-02T08:00:00Z");
    private static final int RECORDS = 1_000;
    private static final int LARGE = 30;
    private static final long MOST_HEAP_GROWTH = 200L * 1024 * 1024;

    @Autowired
    Scene scene;

    @Autowired
    Notifications notifications;

    @Test
    void eachIsADeadLetterAndTheEventsBetweenThemAreAppliedInOrder() throws Exception {
        scene.resetTimeTo(DETECTED.plus(Duration.ofDays(10)));
        List<SyntheticEvent> good = scene.urgentCase(DETECTED).throughTreatment();
        List<SyntheticEvent> calm = scene.urgentCase(DETECTED).throughTreatment();
        scene.say(calm);
        scene.awaitQuiet();
        long heap = heapInUse();

        Set<String> places = sent(amongHostileOnes(good));
        scene.awaitQuiet();
        scene.awaitSent();

        // news of a unit may wait where another test's news of the same unit and day have served the case
        assertThat(good).filteredOn(event -> event.data().has("patientRef")).allSatisfy(event -> assertThat(
                        scene.outcome(event))
                .as(event.type().shortName())
                .isEqualTo("APPLIED"));
        assertThat(scene.status(Scene.caseOf(good))).isEqualTo(scene.status(Scene.caseOf(calm)));
        assertThat(scene.milestones(Scene.caseOf(good))).isEqualTo(scene.milestones(Scene.caseOf(calm)));
        assertThat(deadLetters()).containsAll(places);
        assertThat(heapInUse() - heap).as("bytes kept").isLessThan(MOST_HEAP_GROWTH);
    }

    /** @param isGood whether it is one of the case's own events */
    private record Sent(ProducerRecord<byte[], byte[]> message, boolean isGood) {}

    private static List<Sent> amongHostileOnes(List<SyntheticEvent> good) {
        Random random = Seed.random(HostileRecordsTest.class);
        HostileRecords hostile = new HostileRecords(random);
        List<Sent> all = new ArrayList<>();
        for (int each = 0; each < good.size(); each++) {
            SyntheticEvent event = good.get(each);
            for (int beside = 0; beside <= RECORDS / good.size(); beside++) {
                all.add(new Sent(random.nextInt(5) == 0 ? hostile.astray(event) : hostile.beside(event), false));
            }
            if (each < LARGE) {
                all.add(new Sent(hostile.largeBeside(event), false));
            }
            var message = new ProducerRecord<>(
                    event.topic(),
                    event.key().getBytes(),
                    event.data().toString().getBytes());
            event.headers().forEach(message.headers()::add);
            all.add(new Sent(message, true));
        }
        return all;
    }

    /** @return where the hostile ones stand */
    private static Set<String> sent(List<Sent> records) throws Exception {
        try (var kafka = new KafkaProducer<>(
                Map.of(
                        "bootstrap.servers", TestServers.running().bootstrapServers(),
                        "max.request.size", "2000000",
                        "max.in.flight.requests.per.connection", "1"),
                new ByteArraySerializer(),
                new ByteArraySerializer())) {
            List<Future<RecordMetadata>> acknowledgements = new ArrayList<>();
            for (Sent sent : records) {
                acknowledgements.add(kafka.send(sent.message()));
            }
            List<String> places = new ArrayList<>();
            for (int each = 0; each < records.size(); each++) {
                RecordMetadata place = acknowledgements.get(each).get();
                if (!records.get(each).isGood()) {
                    places.add("%s-%d-%d".formatted(place.topic(), place.partition(), place.offset()));
                }
            }
            assertThat(places).hasSizeGreaterThan(RECORDS);
            return Set.copyOf(places);
        }
    }

    private Set<String> deadLetters() {
        return notifications.deadLetters().stream()
                .map(HostileRecordsTest::place)
                .collect(Collectors.toSet());
    }

    private static String place(JsonNode letter) {
        return "%s-%d-%d"
                .formatted(
                        letter.path("topic").asText(),
                        letter.path("partition").asInt(),
                        letter.path("offset").asLong());
    }

    static long heapInUse() {
        System.gc();
        return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
    }
}
