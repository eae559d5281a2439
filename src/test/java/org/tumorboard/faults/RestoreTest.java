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
import java.util.Set;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.tumorboard.Departments;
import org.tumorboard.embedded.SyntheticEvent;

/**
 * PostgreSQL loses its data, and gets those of a backup that was taken while events were applied. Kafka's offsets are further
 * by then: what the backup lacks must be read again, by a node that was there all the time.
 */
@Tag("faults")
class RestoreTest {

    private static final Path FOLDER = Path.of("target", "faults");
    private static final Duration PATIENCE = Duration.ofMinutes(3);

    /** What depends on which of two departments was read first: {@link Stories} says why. */
    private static final Pattern OF_ORDER = Pattern.compile("neurosurgery.step-completed|path-x-11 timer");

    private final Instant detectedAt =
            Instant.now().truncatedTo(ChronoUnit.SECONDS).minus(Duration.ofDays(20));

    private Landscape landscape;
    private Departments departments;
    private Records records;
    private Node node;

    @BeforeEach
    void start() throws IOException {
        Path folder = Files.createTempDirectory(Files.createDirectories(FOLDER), "restore")
                .toAbsolutePath();
        landscape = Landscape.start(folder);
        landscape.postgres().archiveInto(Files.createDirectory(folder.resolve("backup")));
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
    void whatTheBackupLacksIsReadAgain() {
        List<SyntheticEvent> early = events(1, 40);
        departments.say(early);
        await().atMost(PATIENCE)
                .until(() -> records.missing(Stream.identities(early)).size() < early.size() / 2);
        landscape.postgres().backUp();
        awaitOnRecord(early);
        List<SyntheticEvent> late = events(41, 48);
        departments.say(late);
        awaitOnRecord(late);
        Evidence before = Evidence.of(records);
        Set<String> told = told();

        landscape.postgres().loseAllAndRestore();
        int lost = records.missing(Stream.identities(early)).size();

        assertThat(lost).as("events that the backup lacks").isPositive();
        awaitOnRecord(early);
        awaitOnRecord(late);
        assertThat(Evidence.of(records).differencesFrom(before))
                .filteredOn(difference -> !OF_ORDER.matcher(difference).find())
                .isEmpty();
        assertThat(told()).as("what is told again is known by its id").isEqualTo(told);
    }

    private Set<String> told() {
        return Set.copyOf(records.jdbc()
                .sql(
                        """
                        select concat_ws(' ', type, key, topic, message_id) from outbox_message
                        where type like '%case-opened%' or type like '%window-set%'
                        """)
                .query(String.class)
                .list());
    }

    private List<SyntheticEvent> events(int first, int last) {
        return MainPaths.of(first, last, detectedAt);
    }

    private void awaitOnRecord(List<SyntheticEvent> events) {
        await().atMost(PATIENCE)
                .ignoreExceptions()
                .until(() -> records.missing(Stream.identities(events)).isEmpty()
                        && records.unrest().isEmpty());
    }
}
