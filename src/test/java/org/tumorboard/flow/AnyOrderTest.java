package org.tumorboard.flow;

import static java.util.stream.Collectors.toMap;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.tumorboard.EngineTest;
import org.tumorboard.embedded.SyntheticCase;
import org.tumorboard.embedded.SyntheticEvent;
import org.tumorboard.event.CaseId;

/** Whatever the order in which a case's events arrive, and however often: it ends in the same state. */
@EngineTest
class AnyOrderTest {

    private static final int SHUFFLES = 10;
    private static final int SHUFFLES_OF_THE_WALKS = 200;

    /** Another one at each run, and named by what fails: {@code -Dorder.seed} brings a run again. */
    private static final long SEED = Long.getLong("order.seed", System.nanoTime() & 0xffffffL);

    private static final Instant DETECTED = Instant.parse("2026-03-02T08:00:00Z");

    /**
     * Work that was already done when its step opened need not be asked for, and nobody is warned of a clock that is
     * stopped by the time it is known.
     */
    private static final Set<String> OF_THE_MOMENT =
            Set.of("work-requested", "work-withdrawn", "sla-warning", "sla-breached", "sla-resolved");

    @Autowired
    Scene scene;

    @Autowired
    Notifications notifications;

    @Test
    void shufflesWithDuplicatesEndAlike() {
        endAlike(SHUFFLES);
    }

    @Test
    @Tag("walk")
    void manyShufflesWithDuplicatesEndAlike() {
        endAlike(SHUFFLES_OF_THE_WALKS);
    }

    private void endAlike(int shuffles) {
        scene.resetTimeTo(DETECTED.plus(Duration.ofDays(30)));
        SyntheticCase inOrder = scene.urgentCase(DETECTED);
        List<SyntheticEvent> expectedEvents = inOrder.throughTreatment();
        scene.hasHappened(expectedEvents);
        CaseId expected = Scene.caseOf(expectedEvents);

        List<CaseId> shuffled = new ArrayList<>();
        Random random = new Random(SEED);
        for (int i = 0; i < shuffles; i++) {
            List<SyntheticEvent> events =
                    shuffledWithCopies(scene.urgentCase(DETECTED).throughTreatment(), random);
            scene.say(events);
            shuffled.add(Scene.caseOf(events));
            if (i % 20 == 19) {
                scene.awaitDecided(events);
            }
        }
        scene.awaitQuiet();
        scene.awaitSent();

        Map<String, Map<String, List<String>>> told = told();
        for (int i = 0; i < shuffles; i++) {
            CaseId caseId = shuffled.get(i);
            String which = "shuffle %d of seed %d, case %s".formatted(i, SEED, caseId);
            assertThat(scene.status(caseId)).as(which).isEqualTo("FOLLOW_UP");
            assertThat(scene.milestoneRecord(caseId)).as(which).isEqualTo(scene.milestoneRecord(expected));
            assertThat(verdicts(caseId)).as(which).isEqualTo(verdicts(expected));
            assertThat(told.get(caseId.value())).as(which).isEqualTo(told.get(expected.value()));
        }
    }

    private List<String> verdicts(CaseId caseId) {
        return scene.clocks(caseId).stream()
                .map(run -> "%s %s %s %s %s"
                        .formatted(
                                run.clock(), run.state(Instant.MAX), run.startedAt(), run.latestAt(), run.stoppedAt()))
                .sorted()
                .toList();
    }

    private static List<SyntheticEvent> shuffledWithCopies(List<SyntheticEvent> events, Random random) {
        List<SyntheticEvent> copies = new ArrayList<>();
        for (SyntheticEvent event : events) {
            copies.addAll(Collections.nCopies(1 + random.nextInt(5), event));
        }
        Collections.shuffle(copies, random);
        return copies;
    }

    /** By case: for each notification and department what was said, without what names the patient. */
    private Map<String, Map<String, List<String>>> told() {
        Map<String, Map<String, List<String>>> told = new TreeMap<>();
        for (Notifications.Received received : notifications.about()) {
            if (!OF_THE_MOMENT.contains(received.name())) {
                told.computeIfAbsent(received.payload().path("caseId").asText(), id -> new TreeMap<>())
                        .computeIfAbsent(received.name() + " to " + received.department(), key -> new ArrayList<>())
                        .add(content(received));
            }
        }
        told.values().forEach(byName -> byName.values().forEach(Collections::sort));
        return told;
    }

    private static String content(Notifications.Received received) {
        ObjectNode payload = received.payload().deepCopy();
        payload.remove(List.of("caseId", "patientRef", "lesionRefs"));
        Map<String, String> fields = payload.properties().stream()
                .filter(field -> !field.getKey().endsWith("Ref"))
                .collect(toMap(Map.Entry::getKey, field -> field.getValue().toString(), (a, b) -> a, TreeMap::new));
        return fields.toString();
    }
}
