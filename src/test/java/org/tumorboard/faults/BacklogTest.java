package org.tumorboard.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.tumorboard.embedded.SyntheticEvent;

/**
 * Everything that slows a node down at once: thousands of events wait for it, each commit takes long, and the broker takes no
 * messages. The node's heap holds a small part of it all.
 */
@Tag("faults")
class BacklogTest {

    private static final int CASES = 60;

    private OneNode scene;

    @BeforeEach
    void start() {
        scene = OneNode.start("backlog");
    }

    @AfterEach
    void stop() {
        scene.close();
    }

    @Test
    void isWorkedOffInOrderWhileTheDiskIsSlowAndTheOutboxFills() {
        Node node = scene.node();
        Landscape landscape = scene.landscape();
        Records records = scene.records();
        List<SyntheticEvent> events = scene.events(1, CASES);
        node.stop();
        scene.departments().say(events);
        landscape.postgres().slowDown();
        landscape.letMessagesIn(false);

        node.startAgain();
        await().atMost(OneNode.PATIENCE).until(() -> node.status("/actuator/health/readiness") == 200);
        await().atMost(OneNode.PATIENCE)
                .untilAsserted(() ->
                        assertThat(node.get("/actuator/health").body()).contains("messages wait", "RecordTooLarge"));
        records.awaitOutcomes(events);

        assertThat(node.status("/actuator/health/liveness")).isEqualTo(200);
        assertThat(node.status("/actuator/health/readiness")).isEqualTo(200);
        assertThat(records.count("select count(*) from outbox_message where sent_at is null"))
                .as("messages that wait")
                .isGreaterThan(events.size());

        assertThat(node.logged("messages wait")).as("one line for all of it").isOne();
        assertThat(node.logged("RecordTooLarge")).as("none for each message").isLessThanOrEqualTo(1);

        landscape.letMessagesIn(true);
        scene.awaitOnRecord(events);
        await().atMost(OneNode.PATIENCE).until(() -> node.status("/actuator/health") == 200);

        Verdict verdict = new Verdict().once(records).told(records, landscape.broker());
        assertThat(verdict.broken())
                .allSatisfy(
                        (invariant, breaks) -> assertThat(breaks).as(invariant).isEmpty());
        assertThat(records.rows("select status || ' ' || count(*) from tumor_case group by status"))
                .containsExactly("FOLLOW_UP " + CASES);
        assertThat(node.endedByItself()).isZero();
    }
}
