package org.tumorboard.hostile;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashSet;
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
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Autowired;
import org.tumorboard.EngineTest;
import org.tumorboard.TestServers;
import org.tumorboard.embedded.SyntheticEvent;
import org.tumorboard.flow.Notifications;
import org.tumorboard.flow.Scene;

/** Thousands of records that nobody can use, before, between and after events that are spelled oddly, on their partitions. */
@EngineTest
class HostileRecordsTest {

    private static final Logger LOG = LoggerFactory.getLogger(HostileRecordsTest.class);
    private static final Instant DETECTED = Instant.parse("2026-03-02T08:00:00Z");
    private static final int RECORDS = 4_000;
    private static final int LEAST_OF_A_KIND = 90;
    private static final int LARGE = 30;
    private static final long MOST_HEAP_GROWTH = 200L * 1024 * 1024;

    @Autowired
    Scene scene;

    @Autowired
    Notifications notifications;

    @Test
    void eachIsADeadLetterAndTheEventsBetweenThemAreAppliedInOrder() throws Exception {
        scene.resetTimeTo(DETECTED.plus(Duration.ofDays(10)));
        Map<OddSpelling, List<SyntheticEvent>> odd = new EnumMap<>(OddSpelling.class);
        for (OddSpelling spelling : OddSpelling.values()) {
            odd.put(spelling, scene.urgentCase(DETECTED).throughTreatment());
        }
        List<SyntheticEvent> calm = scene.urgentCase(DETECTED).throughTreatment();
        scene.say(calm);
        scene.awaitQuiet();
        long heap = heapInUse();

        Random random = Seed.random(HostileRecordsTest.class);
        HostileRecords hostile = new HostileRecords(random);
        Set<String> places = sent(odd, hostile, random);
        scene.awaitQuiet();
        scene.awaitSent();

        LOG.info(
                "hostile records by kind: {}; odd ones: {} of each of {}", hostile.counts(), calm.size(), odd.keySet());
        odd.forEach((spelling, events) -> isLike(calm, spelling, events));
        assertThat(deadLetters()).containsAll(places);
        assertThat(places).hasSizeGreaterThan(RECORDS);
        assertThat(hostile.counts()).hasSizeGreaterThan(35).allSatisfy((kind, count) -> assertThat(count)
                .as(kind)
                .isGreaterThanOrEqualTo(kind.equals("LARGE") ? LARGE : LEAST_OF_A_KIND));
        assertThat(heapInUse() - heap).as("bytes kept").isLessThan(MOST_HEAP_GROWTH);
    }

    private void isLike(List<SyntheticEvent> calm, OddSpelling spelling, List<SyntheticEvent> events) {
        // news of a unit may wait where another case's news of the same unit and day have served it
        assertThat(events).filteredOn(event -> event.data().has("patientRef")).allSatisfy(event -> assertThat(
                        scene.outcome(event))
                .as("%s, %s: %s", spelling, event.type().shortName(), scene.reason(event))
                .isEqualTo("APPLIED"));
        assertThat(scene.status(Scene.caseOf(events))).isEqualTo(scene.status(Scene.caseOf(calm)));
        assertThat(scene.milestones(Scene.caseOf(events))).isEqualTo(scene.milestones(Scene.caseOf(calm)));
    }

    /** @param isGood whether it is one of a case's own events */
    private record Sent(ProducerRecord<byte[], byte[]> message, boolean isGood) {}

    /**
     * Sends the first event of each case, then the second of each: large records reach the inbox later than small ones of
     * another topic, which for the events of one case would be another order.
     *
     * @return where the hostile ones stand
     */
    private Set<String> sent(Map<OddSpelling, List<SyntheticEvent>> odd, HostileRecords hostile, Random random)
            throws Exception {
        Set<String> places = new HashSet<>();
        int events = odd.get(OddSpelling.STRUCTURED).size();
        try (var kafka = producer()) {
            for (int each = 0; each < events; each++) {
                List<SyntheticEvent> abreast = new ArrayList<>();
                List<Sent> records = new ArrayList<>();
                for (OddSpelling spelling : odd.keySet()) {
                    SyntheticEvent event = odd.get(spelling).get(each);
                    abreast.add(event);
                    records.addAll(amongHostileOnes(event, spelling, RECORDS / events / odd.size(), hostile, random));
                }
                places.addAll(sent(records, kafka));
                scene.awaitDecided(abreast);
            }
        }
        return places;
    }

    private static List<Sent> amongHostileOnes(
            SyntheticEvent event, OddSpelling spelling, int beside, HostileRecords hostile, Random random) {
        List<Sent> records = new ArrayList<>();
        for (int each = 0; each <= beside; each++) {
            records.add(new Sent(random.nextInt(5) == 0 ? hostile.astray(event) : hostile.beside(event), false));
        }
        if (spelling == OddSpelling.STRUCTURED && hostile.counts().getOrDefault("LARGE", 0) < LARGE) {
            records.add(new Sent(hostile.largeBeside(event), false));
        }
        Draft draft = new Draft(event, event.id(), random);
        spelling.spell(draft);
        records.add(new Sent(draft.record(), true));
        return records;
    }

    private static KafkaProducer<byte[], byte[]> producer() {
        return new KafkaProducer<>(
                Map.of(
                        "bootstrap.servers", TestServers.running().bootstrapServers(),
                        "max.request.size", "2000000",
                        "max.in.flight.requests.per.connection", "1"),
                new ByteArraySerializer(),
                new ByteArraySerializer());
    }

    private static List<String> sent(List<Sent> records, KafkaProducer<byte[], byte[]> kafka) throws Exception {
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
        return places;
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
