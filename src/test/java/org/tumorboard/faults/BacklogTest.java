package org.tumorboard.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.tumorboard.Departments;
import org.tumorboard.embedded.SyntheticEvent;

/**
 * Everything that slows a node down at once: thousands of events wait for it, each commit takes long, and the broker takes no
 * messages. The node's heap holds a small part of it all.
 */
@Tag("faults")
class BacklogTest {

    private static final Path FOLDER = Path.of("target", "faults");
    private static final Duration PATIENCE = Duration.ofMinutes(4);
    private static final int CASES = 60;

    private final Instant detectedAt =
            Instant.now().truncatedTo(ChronoUnit.SECONDS).minus(Duration.ofDays(20));

    private Landscape landscape;
    private Departments departments;
    private Records records;
    private Node node;

    @BeforeEach
    void start() throws IOException {
        landscape = Landscape.start(Files.createTempDirectory(Files.createDirectories(FOLDER), "backlog")
                .toAbsolutePath());
        landscape.createDatabase("cases");
        records = new Records(landscape.database("cases"));
        departments = new Departments(landscape.broker().address());
        node = landscape.startNode("node", "cases");
        node.awaitUp();
    }

    @AfterEach
    void stop() {
        node.close();
        departments.destroy();
        records.close();
        landscape.close();
    }

    @Test
    void isWorkedOffInOrderWhileTheDiskIsSlowAndTheOutboxFills() {
        List<SyntheticEvent> events = MainPaths.of(1, CASES, detectedAt);
        node.stop();
        departments.say(events);
        landscape.postgres().slowDown();
        landscape.letMessagesIn(false);

        node.startAgain();
        await().atMost(PATIENCE).until(() -> node.status("/actuator/health/readiness") == 200);
        await().atMost(PATIENCE)
                .untilAsserted(() ->
                        assertThat(node.get("/actuator/health").body()).contains("messages wait", "RecordTooLarge"));
        records.awaitOutcomes(events);

        assertThat(node.status("/actuator/health/liveness")).isEqualTo(200);
        assertThat(node.status("/actuator/health/readiness")).isEqualTo(200);
        assertThat(records.count("select count(*) from outbox_message where sent_at is null"))
                .as("messages that wait")
                .isGreaterThan(events.size());

        assertThat(node.logged("RecordTooLarge")).as("one line for all of it").isOne();

        landscape.letMessagesIn(true);
        await().atMost(PATIENCE).until(() -> records.unrest().isEmpty());
        await().atMost(PATIENCE).until(() -> node.status("/actuator/health") == 200);

        Verdict verdict = new Verdict().once(records).told(records, landscape.broker());
        assertThat(verdict.broken())
                .allSatisfy(
                        (invariant, breaks) -> assertThat(breaks).as(invariant).isEmpty());
        assertThat(records.rows("select status || ' ' || count(*) from tumor_case group by status"))
                .containsExactly("FOLLOW_UP " + CASES);
        assertThat(node.endedByItself()).isZero();
    }
}
