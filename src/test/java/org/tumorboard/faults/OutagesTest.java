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

/** A node says what is away, stays up, and catches up by itself; one that is stopped leaves nothing begun. */
@Tag("faults")
class OutagesTest {

    private static final Path FOLDER = Path.of("target", "faults");
    private static final Duration PATIENCE = Duration.ofMinutes(3);

    private final Instant detectedAt =
            Instant.now().truncatedTo(ChronoUnit.SECONDS).minus(Duration.ofDays(20));

    private Landscape landscape;
    private Departments departments;
    private Records records;
    private Node node;

    @BeforeEach
    void start() throws IOException {
        landscape = Landscape.start(Files.createTempDirectory(Files.createDirectories(FOLDER), "outages")
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
    void saysWhatIsAwayAndCatchesUpAndLeavesNothingBegunWhenItIsStopped() throws IOException {
        withoutDatabase();
        withoutBroker();
        stoppedInTheMiddle();
    }

    private void withoutDatabase() throws IOException {
        assertThat(node.status("/actuator/health/liveness")).isEqualTo(200);
        assertThat(node.status("/actuator/health/readiness")).isEqualTo(200);

        landscape.toDatabase().cut();
        List<SyntheticEvent> missed = events(1, 4);
        departments.say(missed);
        await().atMost(PATIENCE).until(() -> node.status("/actuator/health/readiness") == 503);
        await().atMost(PATIENCE)
                .untilAsserted(
                        () -> assertThat(node.get("/actuator/health").body()).contains("events wait on their topics"));

        assertThat(node.status("/actuator/health/liveness")).isEqualTo(200);
        assertThat(node.get("/api/cases").statusCode()).isEqualTo(503);
        assertThat(node.get("/api/cases").body()).contains("he database or the broker does not answer");

        landscape.toDatabase().heal();
        awaitOnRecord(missed);
        await().atMost(PATIENCE).until(() -> node.status("/actuator/health") == 200);
    }

    private void withoutBroker() {
        landscape.toBroker().cut();
        List<SyntheticEvent> missed = events(5, 6);
        departments.say(missed);
        await().atMost(PATIENCE)
                .untilAsserted(
                        () -> assertThat(node.get("/actuator/health").body()).contains("the broker does not answer"));

        assertThat(node.status("/actuator/health/readiness")).isEqualTo(200);
        assertThat(node.status("/api/cases")).isEqualTo(200);

        landscape.toBroker().heal();
        awaitOnRecord(missed);
        await().atMost(PATIENCE).until(() -> node.status("/actuator/health") == 200);
    }

    private void stoppedInTheMiddle() {
        List<SyntheticEvent> all = events(7, 30);
        departments.say(all);
        await().atMost(PATIENCE)
                .until(() -> records.missing(Stream.identities(all)).size() < all.size() - 100);

        node.stop();

        assertThat(records.missing(Stream.identities(all)))
                .as("stopped in the middle")
                .isNotEmpty();
        assertThat(records.count("select count(*) from outbox_message where sent_at is null"))
                .as("messages that were not sent")
                .isZero();
        assertThat(records.count("select count(*) from act_ru_job where lock_owner_ is not null"))
                .as("timers that nobody may reach for")
                .isZero();

        node.startAgain();
        awaitOnRecord(all);
    }

    private List<SyntheticEvent> events(int first, int last) {
        return MainPaths.of(first, last, detectedAt);
    }

    private void awaitOnRecord(List<SyntheticEvent> events) {
        await().atMost(PATIENCE)
                .ignoreExceptions()
                .until(() -> records.missing(Stream.identities(events)).isEmpty()
                        && records.unrest().isEmpty()
                        && departments.unread() == 0);
    }
}
