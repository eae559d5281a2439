package org.tumorboard.faults;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.tumorboard.Departments;
import org.tumorboard.bench.Printout;
import org.tumorboard.bench.Spread;
import org.tumorboard.embedded.SyntheticEvent;

/**
 * How much faster two nodes take a backlog of the main path than one: runs in turns, the second node being paused in those of
 * the first.
 */
@Tag("bench")
class ScaleOutBenchTest {

    private static final Path FOLDER = Path.of("target", "faults");
    private static final Duration PATIENCE = Duration.ofMinutes(10);

    private final int rounds = Integer.getInteger("bench.rounds", 3);
    private final int cases = Integer.getInteger("bench.mainCases", 40);
    private final Instant detectedAt =
            Instant.now().truncatedTo(ChronoUnit.SECONDS).minus(Duration.ofDays(30));

    private Departments departments;
    private Records records;
    private int casesSoFar;

    @Test
    void measures() throws IOException {
        Path folder = Files.createTempDirectory(Files.createDirectories(FOLDER), "scale-out")
                .toAbsolutePath();
        try (Landscape landscape = Landscape.start(folder)) {
            landscape.createDatabase("cases");
            records = new Records(landscape.database("cases"));
            departments = new Departments(landscape.broker().address());
            try (Node one = landscape.startNodeForSpeed("one", "cases")) {
                one.awaitUp();
                try (Node two = landscape.startNodeForSpeed("two", "cases")) {
                    two.awaitUp();
                    measure(one, two);
                }
            } finally {
                departments.destroy();
                records.close();
            }
        }
    }

    private void measure(Node one, Node two) throws IOException {
        int all = awaitShared(one, two);
        eventsPerSecond();
        eventsPerSecond();
        List<Double> alone = new ArrayList<>();
        List<Double> together = new ArrayList<>();
        List<Double> ratios = new ArrayList<>();
        for (int round = 0; round < rounds; round++) {
            two.pause();
            await().atMost(PATIENCE).until(() -> one.partitions() == all);
            alone.add(eventsPerSecond());
            two.resume();
            awaitShared(one, two);
            together.add(eventsPerSecond());
            ratios.add(together.get(round) / alone.get(round));
        }
        Printout.print(
                "%d cores for two nodes, PostgreSQL, broker and departments"
                        .formatted(Runtime.getRuntime().availableProcessors()),
                "scale out",
                String.format(
                        Locale.ROOT,
                        "medians of %d rounds (least–most), %d cases of the main path each%n%n%-12s %s%n%-12s %s%n%-12s %s%n",
                        rounds,
                        cases,
                        "one node",
                        spread(alone).with(0) + " events/s",
                        "two nodes",
                        spread(together).with(0) + " events/s",
                        "ratio",
                        spread(ratios).with(2)));
    }

    private static Spread spread(List<Double> values) {
        return Spread.of(values.stream().mapToDouble(Double::doubleValue));
    }

    /** Of a backlog that is there at once, until the last event has its outcome. */
    private double eventsPerSecond() {
        List<SyntheticEvent> events = MainPaths.of(casesSoFar + 1, casesSoFar + cases, detectedAt);
        casesSoFar += cases;
        long before = decided();
        int fresh = records.missing(Stream.identities(events)).size();
        Instant start = Instant.now();
        departments.say(events);
        await().atMost(PATIENCE).pollInterval(Duration.ofMillis(500)).until(() -> decided() == before + fresh);
        Instant end = records.jdbc()
                .sql("select max(received_at) from inbox_event")
                .query(Timestamp.class)
                .single()
                .toInstant();
        await().atMost(PATIENCE).until(() -> records.unrest().isEmpty());
        return fresh * 1000.0 / Duration.between(start, end).toMillis();
    }

    private long decided() {
        return records.count("select count(*) from inbox_event");
    }

    private int awaitShared(Node one, Node two) {
        await().atMost(PATIENCE).until(() -> one.partitions() > 0 && one.partitions() == two.partitions());
        return one.partitions() + two.partitions();
    }
}
