package org.tumorboard.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.tumorboard.Departments;
import org.tumorboard.embedded.SyntheticCase;
import org.tumorboard.embedded.SyntheticEvent;

/**
 * The engine's process ends between every two neighbouring steps of what happens to an event, each time in the middle of
 * another case. The node that is started next finds what was left, and ends at the next point.
 */
@Tag("faults")
class KillPointsTest {

    private static final Logger LOG = LoggerFactory.getLogger(KillPointsTest.class);
    private static final Path FOLDER = Path.of("target", "faults");
    private static final Duration PATIENCE = Duration.ofMinutes(3);
    private static final String STRUCK = "neurosurgery.triage-completed";
    private static final String FRAME = "gamma-knife.immobilisation-applied";

    private final Instant lastBeam =
            Instant.now().truncatedTo(ChronoUnit.SECONDS).minus(Duration.ofDays(12));
    private final List<List<SyntheticEvent>> cases = IntStream.rangeClosed(1, KillPoint.values().length)
            .mapToObj(number -> SyntheticCase.urgent(number, lastBeam.minus(Duration.ofHours(56 + number)))
                    .throughTreatment())
            .toList();

    private Landscape landscape;
    private Departments departments;
    private Records records;
    private Path folder;

    @Test
    void whereverTheProcessEndsTheCaseEndsAlike() throws Exception {
        folder = Files.createTempDirectory(Files.createDirectories(FOLDER), "points")
                .toAbsolutePath();
        try (Landscape servers = Landscape.start(folder)) {
            landscape = servers;
            departments = new Departments(servers.broker().address());
            Evidence calm = undisturbed();
            landscape.emptyTopics();
            killedAtEachPoint(calm);
            departments.destroy();
        }
    }

    private Evidence undisturbed() {
        landscape.createDatabase("calm");
        try (Node node = landscape.startNode("calm", "calm");
                Records ofThis = new Records(landscape.database("calm"))) {
            records = ofThis;
            node.awaitUp();
            say(unitNews());
            say(ofAll(each -> upTo(STRUCK, each)));
            say(ofAll(each -> List.of(first(STRUCK, each))));
            say(ofAll(KillPointsTest::rest));
            say(ofAll(each -> List.of(first(FRAME, each))));
            awaitRest();
            return Evidence.of(records);
        }
    }

    private void killedAtEachPoint(Evidence calm) throws Exception {
        landscape.createDatabase("killed");
        Path armed = folder.resolve("armed");
        Node node = victim(KillPoint.values()[0], armed);
        try (Records ofThis = new Records(landscape.database("killed"))) {
            records = ofThis;
            say(unitNews());
            for (KillPoint point : KillPoint.values()) {
                List<SyntheticEvent> struck = cases.get(point.ordinal());
                say(upTo(STRUCK, struck));
                awaitRest();

                Files.createFile(armed);
                departments.say(List.of(first(STRUCK, struck)));
                node.awaitEnd(KillPoints.EXIT_CODE);
                assertLeftBehind(point, first(STRUCK, struck));
                Files.delete(armed);
                LOG.info("ended at {}", point);

                int next = Math.min(point.ordinal() + 1, KillPoint.values().length - 1);
                node = victim(KillPoint.values()[next], armed);
                say(rest(struck));
                say(List.of(first(FRAME, struck)));
            }
            awaitRest();
            Verdict verdict = new Verdict().same(records, calm).once(records).told(records, landscape.broker());
            assertThat(verdict.broken())
                    .allSatisfy((invariant, breaks) ->
                            assertThat(breaks).as(invariant).isEmpty());
            assertThat(verdict.resent()).as("sent, but not marked").isPositive();
        } finally {
            node.close();
        }
    }

    private void assertLeftBehind(KillPoint point, SyntheticEvent event) {
        assertThat(records.missing(List.of(Stream.identity(event))).isEmpty())
                .as("%s: the event is on record", point)
                .isEqualTo(point.isOnRecord());
        boolean isToldOf =
                records.count("select count(*) from outbox_message where causation_id = '%s'".formatted(event.id()))
                        > 0;
        assertThat(isToldOf).as("%s: what it causes is on record", point).isEqualTo(point.isOnRecord());
        if (point.isToBeReadAgain()) {
            assertThat(departments.unread()).as("%s: offset", point).isOne();
        }
        if (point.ordinal() >= KillPoint.SENT.ordinal()) {
            assertThat(records.count("select count(*) from outbox_message where sent_at is null") == 0)
                    .as("%s: marked as sent", point)
                    .isEqualTo(point.isSent());
        }
    }

    private Node victim(KillPoint point, Path armed) {
        Node node = landscape.startVictim(point, armed, "killed");
        node.awaitUp();
        return node;
    }

    private void say(List<SyntheticEvent> events) {
        departments.say(events);
        await().atMost(PATIENCE).ignoreExceptions().until(() -> records.missing(Stream.identities(events))
                .isEmpty());
    }

    private List<SyntheticEvent> ofAll(Function<List<SyntheticEvent>, List<SyntheticEvent>> part) {
        return cases.stream().flatMap(each -> part.apply(each).stream()).toList();
    }

    /** All but the frame, which comes last: {@link Stories} says why. */
    private static List<SyntheticEvent> rest(List<SyntheticEvent> events) {
        return events.subList(events.indexOf(first(STRUCK, events)) + 1, events.size()).stream()
                .filter(event -> !event.type().shortName().equals(FRAME) && !isOfUnit(event))
                .toList();
    }

    private void awaitRest() {
        await().atMost(PATIENCE).untilAsserted(() -> {
            assertThat(records.unrest()).isEmpty();
            assertThat(departments.unread()).isZero();
        });
    }

    private List<SyntheticEvent> unitNews() {
        return ofAll(each -> each.stream().filter(KillPointsTest::isOfUnit).toList());
    }

    private static boolean isOfUnit(SyntheticEvent event) {
        return !event.data().has("patientRef");
    }

    private static List<SyntheticEvent> upTo(String type, List<SyntheticEvent> events) {
        return events.subList(0, events.indexOf(first(type, events)));
    }

    private static SyntheticEvent first(String type, List<SyntheticEvent> events) {
        return events.stream()
                .filter(event -> event.type().shortName().equals(type))
                .findFirst()
                .orElseThrow();
    }
}
