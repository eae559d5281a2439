package org.tumorboard.faults;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.function.Consumer;
import org.tumorboard.Departments;
import org.tumorboard.embedded.SyntheticEvent;

/** One node on servers of its own, the departments that talk to it, and the records that it leaves. */
record OneNode(Landscape landscape, Departments departments, Records records, Node node, Instant detectedAt)
        implements AutoCloseable {

    /** Within which whatever was away is made up for. */
    static final Duration PATIENCE = Duration.ofMinutes(4);

    private static final Path FOLDER = Path.of("target", "faults");
    private static final String DATABASE = "cases";

    static OneNode start(String name) {
        return start(name, landscape -> {});
    }

    /** @param beforehand what is done to the servers before the node starts */
    static OneNode start(String name, Consumer<Landscape> beforehand) {
        Landscape landscape = Landscape.start(folder(name));
        beforehand.accept(landscape);
        landscape.createDatabase(DATABASE);
        Node node = landscape.startNode("node", DATABASE);
        node.awaitUp();
        return new OneNode(
                landscape,
                new Departments(landscape.broker().address()),
                new Records(landscape.database(DATABASE)),
                node,
                Instant.now().truncatedTo(ChronoUnit.SECONDS).minus(Duration.ofDays(20)));
    }

    private static Path folder(String name) {
        try {
            return Files.createTempDirectory(Files.createDirectories(FOLDER), name)
                    .toAbsolutePath();
        } catch (IOException e) {
            throw new IllegalStateException("expected a folder for the data of servers", e);
        }
    }

    /** All events of the patients with these numbers, one case after the other. */
    List<SyntheticEvent> events(int first, int last) {
        return MainPaths.of(first, last, detectedAt);
    }

    /** Waits until each of the events has an outcome, and nothing more happens because of them. */
    void awaitOnRecord(List<SyntheticEvent> events) {
        records.awaitOutcomes(events);
        await().atMost(PATIENCE)
                .ignoreExceptions()
                .until(() -> records.unrest().isEmpty() && departments.unread() == 0);
    }

    @Override
    public void close() {
        node.close();
        departments.destroy();
        records.close();
        landscape.close();
    }
}
