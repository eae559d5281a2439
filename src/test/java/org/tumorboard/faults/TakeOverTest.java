package org.tumorboard.faults;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.tumorboard.Departments;
import org.tumorboard.embedded.SyntheticEvent;

/** With the times of operation, what a lost node had to do is done by the other; prints how soon. */
@Tag("faults")
class TakeOverTest {

    private static final Logger LOG = LoggerFactory.getLogger(TakeOverTest.class);
    private static final Path FOLDER = Path.of("target", "faults");
    private static final Duration PATIENCE = Duration.ofMinutes(4);
    private static final int CASES = 8;

    private final Instant detectedAt =
            Instant.now().truncatedTo(ChronoUnit.SECONDS).minus(Duration.ofDays(20));

    private Departments departments;
    private Records records;
    private int casesSoFar;

    @Test
    void theOtherNodeDoesWhatALostOneHadToDo() throws IOException {
        Path folder = Files.createTempDirectory(Files.createDirectories(FOLDER), "take-over")
                .toAbsolutePath();
        try (Landscape landscape = Landscape.start(folder)) {
            landscape.createDatabase("cases");
            departments = new Departments(landscape.broker().address());
            try (Records ofThis = new Records(landscape.database("cases"));
                    Node one = landscape.startNodeForSpeed("one", "cases")) {
                records = ofThis;
                one.awaitUp();
                try (Node two = landscape.startNodeForSpeed("two", "cases")) {
                    two.awaitUp();
                    loseIt(one, two);
                }
            } finally {
                departments.destroy();
            }
        }
    }

    private void loseIt(Node one, Node two) {
        awaitShared(one, two);
        Duration hung = lost(two::pause, this::hangsInATransaction, two::resume);
        awaitShared(one, two);
        Duration killed = lost(two::kill, () -> true, () -> {});
        LOG.info(
                "\n\nall events applied by the other node: {} s after one hung in a transaction, {} s after one was killed\n",
                hung.toSeconds(),
                killed.toSeconds());
    }

    private static void awaitShared(Node one, Node two) {
        await().atMost(PATIENCE).until(() -> two.partitions() > 0 && two.partitions() == one.partitions());
    }

    /**
     * Loses a node while it works.
     *
     * @param isEnough whether it has left behind what it was to; else it goes on, and is lost again
     * @return until all events that were sent before had an outcome
     */
    private Duration lost(Runnable losing, BooleanSupplier isEnough, Runnable goingOn) {
        while (true) {
            List<SyntheticEvent> events = MainPaths.of(casesSoFar + 1, casesSoFar + CASES, detectedAt);
            casesSoFar += CASES;
            departments.say(events);
            await().atMost(PATIENCE)
                    .pollInterval(Duration.ofMillis(20))
                    .until(() -> records.missing(Stream.identities(events)).size() < events.size());
            losing.run();
            Instant lostAt = Instant.now();
            if (isEnough.getAsBoolean()) {
                records.awaitOutcomes(events);
                goingOn.run();
                return Duration.between(lostAt, Instant.now());
            }
            goingOn.run();
            records.awaitOutcomes(events);
        }
    }

    /** A session that has stood still in its transaction for two seconds belongs to nobody who works. */
    private boolean hangsInATransaction() {
        Instant until = Instant.now().plusSeconds(4);
        while (Instant.now().isBefore(until)) {
            if (records.count(
                            """
                            select count(*) from pg_stat_activity where state = 'idle in transaction'
                              and state_change < now() - interval '2 s' and datname = 'cases'
                            """)
                    > 0) {
                return true;
            }
        }
        return false;
    }
}
