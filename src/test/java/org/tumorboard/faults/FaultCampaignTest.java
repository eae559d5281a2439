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
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.DoubleSupplier;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Two nodes, broker and PostgreSQL are killed, paused and cut off from each other at random moments, while departments tell
 * cases and people complete tasks. Afterwards the records must say what they say of a run without faults.
 */
@Tag("faults")
class FaultCampaignTest {

    private static final Logger LOG = LoggerFactory.getLogger(FaultCampaignTest.class);
    private static final Path FOLDER = Path.of("target", "faults");
    private static final int SHOWN = 20;

    private final Sizes sizes = Sizes.given();
    private final Instant base = Instant.now().truncatedTo(ChronoUnit.SECONDS);

    @Test
    void nothingIsLostDoubledOrMovedByFaults() throws Exception {
        LOG.info("\n\nfault campaign: {}\n", sizes.asOptions());
        Path folder = Files.createTempDirectory(Files.createDirectories(FOLDER), "campaign")
                .toAbsolutePath();
        try (Landscape landscape = Landscape.start(folder)) {
            Evidence calm = withoutFaults(landscape);
            landscape.emptyTopics();
            underFaults(landscape, calm);
        }
    }

    private Evidence withoutFaults(Landscape landscape) {
        landscape.createDatabase("calm");
        try (Node node = landscape.startNode("calm", "calm");
                Records records = new Records(landscape.database("calm"))) {
            node.awaitUp();
            Run run = new Run(landscape, List.of(node), records, () -> 1);
            try (run) {
                run.awaitRest(Duration.ofMinutes(40));
            }
            return Evidence.of(records);
        }
    }

    private void underFaults(Landscape landscape, Evidence calm) throws Exception {
        landscape.createDatabase("campaign");
        try (Node one = landscape.startNode("one", "campaign");
                Records records = new Records(landscape.database("campaign"))) {
            one.awaitUp();
            try (Node two = landscape.startNode("two", "campaign")) {
                List<Node> nodes = List.of(one, two);
                Chaos chaos = new Chaos(landscape, nodes);
                try (Run run = new Run(landscape, nodes, records, chaos::progress)) {
                    two.awaitUp();
                    Plan plan = Plan.of(sizes);
                    chaos.begin(plan);
                    await("faults are over")
                            .atMost(Duration.ofHours(3))
                            .pollInterval(Duration.ofSeconds(1))
                            .until(chaos::isOver);
                    run.awaitRest(Duration.ofMinutes(20));
                    judge(run, chaos, nodes, records, landscape, calm);
                }
            }
        }
    }

    private void judge(Run run, Chaos chaos, List<Node> nodes, Records records, Landscape landscape, Evidence calm)
            throws Exception {
        Verdict verdict = new Verdict()
                .answered(records, run.stream.said(), run.stream.malformed())
                .same(records, calm)
                .once(records)
                .done(records, run.people.done())
                .told(records, landscape.broker())
                .hold("the chain of the audit trail is whole", brokenLinks(nodes.get(0)))
                .hold(
                        "no node ended by itself",
                        nodes.stream()
                                .filter(node -> node.endedByItself() > 0)
                                .map(node -> "%d times".formatted(node.endedByItself()))
                                .toList());
        Report report = new Report(sizes)
                .line(
                        "%d cases, %d events, %d duplicates, %d malformed, %d tasks by hand (%d answers uncertain), %d starts given up, %d messages sent again",
                        sizes.cases(),
                        run.stream.said().size(),
                        run.stream.duplicates(),
                        run.stream.malformed().size(),
                        run.people.done().size(),
                        run.people.uncertain(),
                        nodes.stream().mapToInt(Node::failedStarts).sum(),
                        verdict.resent())
                .faults(chaos.strikes(), records.jdbc())
                .invariants(verdict);
        LOG.info("\n\n{}", report);
        Files.writeString(FOLDER.resolve("campaign.txt"), report.toString());
        verdict.broken().forEach((invariant, breaks) -> assertThat(breaks.subList(0, Math.min(SHOWN, breaks.size())))
                .as("%s; %d broken, %s", invariant, breaks.size(), sizes.asOptions())
                .isEmpty());
    }

    private static List<String> brokenLinks(Node node) throws IOException {
        node.awaitUp();
        String found = node.get("/api/audit/verify").body();
        return found.contains("\"whole\":true") ? List.of() : List.of(found);
    }

    /** Departments and people at work. */
    private final class Run implements AutoCloseable {

        private final Records records;
        private final Stream stream;
        private final People people;
        private final ScheduledExecutorService work = Executors.newScheduledThreadPool(3);

        private Run(Landscape landscape, List<Node> nodes, Records records, DoubleSupplier progress) {
            this.records = records;
            this.people = new People(nodes, records);
            this.stream = new Stream(sizes, new Stories(sizes, base), records, people, landscape.broker(), progress);
            work.scheduleWithFixedDelay(() -> tried(stream::runOnce), 0, 100, TimeUnit.MILLISECONDS);
            work.scheduleWithFixedDelay(() -> tried(people::runOnce), 0, 200, TimeUnit.MILLISECONDS);
            work.scheduleWithFixedDelay(() -> tried(() -> nodes.forEach(Node::watch)), 0, 500, TimeUnit.MILLISECONDS);
        }

        private void awaitRest(Duration patience) {
            await("all cases are told, " + sizes.asOptions())
                    .atMost(patience)
                    .pollInterval(Duration.ofMillis(250))
                    .untilAsserted(() -> assertThat(stream.isOver())
                            .as(() -> String.join("\n", stream.left()))
                            .isTrue());
            await("nothing is left to do, " + sizes.asOptions())
                    .atMost(patience)
                    .pollInterval(Duration.ofMillis(500))
                    .untilAsserted(() -> assertThat(records.unrest()).isEmpty());
        }

        private static void tried(Runnable loop) {
            try {
                loop.run();
            } catch (RuntimeException e) {
                LOG.error("the test itself failed", e);
            }
        }

        @Override
        public void close() {
            work.shutdownNow();
            stream.close();
        }
    }
}
