package org.tumorboard.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.tumorboard.Departments;
import org.tumorboard.embedded.SyntheticCase;
import org.tumorboard.embedded.SyntheticEvent;

/**
 * Two nodes are replaced, one after the other, by nodes with new versions of all models and a migration more, while departments
 * go on telling cases. In between an old and a new node work side by side.
 */
@Tag("faults")
class RollingRestartTest {

    private static final Path FOLDER = Path.of("target", "faults");
    private static final Duration PATIENCE = Duration.ofMinutes(4);
    private static final int CASES = 12;
    private static final int STAGES = 5;

    private final Instant detectedAt =
            Instant.now().truncatedTo(ChronoUnit.SECONDS).minus(Duration.ofDays(20));

    private Path folder;
    private Landscape landscape;
    private Departments departments;
    private Records records;

    @Test
    void casesGoOnWhileOneNodeAfterTheOtherIsReplaced() throws IOException {
        folder = Files.createTempDirectory(Files.createDirectories(FOLDER), "rolling")
                .toAbsolutePath();
        try (Landscape servers = Landscape.start(folder)) {
            landscape = servers;
            landscape.createDatabase("cases");
            departments = new Departments(landscape.broker().address());
            try (Records ofThis = new Records(landscape.database("cases"))) {
                records = ofThis;
                replaceAll();
                judge();
            } finally {
                departments.destroy();
            }
        }
    }

    private void replaceAll() throws IOException {
        String[] nextVersion = {nextModels(), oneMigrationMore()};
        List<List<SyntheticEvent>> stages = stages();
        try (Node first = landscape.startNode("old-1", "cases")) {
            first.awaitUp();
            Node second = landscape.startNode("old-2", "cases");
            second.awaitUp();
            departments.say(stages.get(0));
            records.awaitOutcomes(stages.get(0));

            second.stop();
            departments.say(stages.get(1));
            try (Node third = landscape.startNode("new-1", "cases", nextVersion)) {
                third.awaitUp();
                departments.say(stages.get(2));
                records.awaitOutcomes(stages.get(2));

                first.stop();
                departments.say(stages.get(3));
                try (Node fourth = landscape.startNode("new-2", "cases", nextVersion)) {
                    fourth.awaitUp();
                    departments.say(stages.get(4));
                    stages.forEach(records::awaitOutcomes);
                    await().atMost(PATIENCE).until(() -> records.unrest().isEmpty());
                }
            }
        }
    }

    private void judge() {
        assertThat(
                        records.rows(
                                "select concat_ws(' ', type, id, reason) from inbox_event where outcome in ('FAILED', 'REFUSED')"))
                .isEmpty();
        assertThat(records.rows("select concat_ws(' ', activity_id_, incident_msg_) from act_ru_incident"))
                .isEmpty();
        assertThat(records.rows("select distinct status from tumor_case")).containsExactly("FOLLOW_UP");
        assertThat(
                        records.rows(
                                """
                        select distinct d.key_ || ' ' || d.version_tag_ from act_ru_execution e
                          join act_re_procdef d on d.id_ = e.proc_def_id_ where d.version_tag_ not like 'next-%'
                        """))
                .as("models under which cases still run")
                .isEmpty();
        assertThat(records.rows("select added_by_the_next_version from tumor_case"))
                .hasSize(CASES);
        assertThat(new Verdict()
                        .once(records)
                        .told(records, landscape.broker())
                        .broken()
                        .values())
                .allSatisfy(breaks -> assertThat(breaks).isEmpty());
    }

    /** Each case in its clinical order, a part of it in each stage. */
    private List<List<SyntheticEvent>> stages() {
        List<List<SyntheticEvent>> stages = IntStream.range(0, STAGES)
                .<List<SyntheticEvent>>mapToObj(stage -> new ArrayList<>())
                .toList();
        for (int number = 1; number <= CASES; number++) {
            List<SyntheticEvent> story = SyntheticCase.urgent(number, detectedAt).throughTreatment().stream()
                    .sorted(Comparator.comparing(SyntheticEvent::time))
                    .toList();
            for (int place = 0; place < story.size(); place++) {
                stages.get(place * STAGES / story.size()).add(story.get(place));
            }
        }
        return stages;
    }

    private String nextModels() throws IOException {
        Path models = Files.createDirectory(folder.resolve("models"));
        for (Path directory : List.of(Path.of("bpmn"), Path.of("bpmn/forms"))) {
            try (java.util.stream.Stream<Path> files = Files.list(directory)) {
                for (Path file : files.filter(each -> each.toString().matches(".*\\.(bpmn|dmn|form)"))
                        .toList()) {
                    Files.writeString(
                            models.resolve(file.getFileName()),
                            Files.readString(file).replace("camunda:versionTag=\"", "camunda:versionTag=\"next-"));
                }
            }
        }
        return "--camunda.bpm.deployment-resource-pattern=%s*".formatted(models.toUri());
    }

    private String oneMigrationMore() throws IOException {
        Path migrations = Files.createDirectory(folder.resolve("migrations"));
        Files.writeString(
                migrations.resolve("V9001__next_version.sql"),
                "alter table tumor_case add column added_by_the_next_version text not null default 'new'");
        return "--spring.flyway.locations=classpath:db/migration,filesystem:" + migrations;
    }
}
