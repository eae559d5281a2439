package org.tumorboard.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.tumorboard.embedded.SyntheticEvent;

/**
 * PostgreSQL loses its data, and gets those of a backup that was taken while events were applied. Kafka's offsets are further
 * by then: what the backup lacks must be read again, by a node that was there all the time.
 */
@Tag("faults")
class RestoreTest {

    private final Instant lastBeam =
            Instant.now().truncatedTo(ChronoUnit.SECONDS).minus(Duration.ofHours(1));
    private OneNode scene;
    private Records records;

    @BeforeEach
    void start() {
        scene = OneNode.start("restore", Landscape::archive);
        records = scene.records();
    }

    @AfterEach
    void stop() {
        scene.close();
    }

    @Test
    void whatTheBackupLacksIsReadAgain() {
        List<SyntheticEvent> early = irradiated(1, 40);
        scene.departments().say(early);
        await().atMost(OneNode.PATIENCE)
                .until(() -> records.missing(Stream.identities(early)).size() < early.size() / 2);
        scene.landscape().postgres().backUp();
        scene.awaitOnRecord(early);
        List<SyntheticEvent> late = irradiated(41, 48);
        scene.departments().say(late);
        scene.awaitOnRecord(late);
        Evidence before = Evidence.of(records);
        Set<String> told = told();

        scene.landscape().postgres().loseAllAndRestore();
        int lost = records.missing(Stream.identities(early)).size();

        assertThat(lost).as("events that the backup lacks").isPositive();
        scene.awaitOnRecord(early);
        scene.awaitOnRecord(late);
        assertThat(Evidence.of(records).differencesFrom(before)).isEmpty();
        assertThat(told()).as("what is told again is known by its id").isEqualTo(told);
    }

    private List<SyntheticEvent> irradiated(int first, int last) {
        return IntStream.rangeClosed(first, last)
                .mapToObj(number -> MainPaths.irradiated(number, lastBeam))
                .flatMap(List::stream)
                .toList();
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
}
