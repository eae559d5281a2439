package org.tumorboard.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.tumorboard.embedded.SyntheticEvent;

/** A node says what is away, stays up, and catches up by itself; one that is stopped leaves nothing begun. */
@Tag("faults")
class OutagesTest {

    private OneNode scene;
    private Node node;

    @BeforeEach
    void start() {
        scene = OneNode.start("outages");
        node = scene.node();
    }

    @AfterEach
    void stop() {
        scene.close();
    }

    @Test
    void saysWhatIsAwayAndCatchesUpAndLeavesNothingBegunWhenItIsStopped() throws IOException {
        withoutDatabase();
        withoutBroker();
        stoppedInTheMiddle();
    }

    /** Nobody takes events while whole cases take place, in time. */
    @Test
    void readsWhatWasSaidMeanwhileBeforeItCallsAnythingLate() {
        node.stop();
        List<SyntheticEvent> meanwhile = scene.events(1, 24);
        scene.departments().say(meanwhile);

        node.startAgain();
        scene.awaitOnRecord(meanwhile);

        assertThat(scene.records().rows("select case_id from milestone where name = 'window-left-long'"))
                .as("cases whose window was called left")
                .isEmpty();
        assertThat(scene.records().rows("select payload from outbox_message where type like '%sla-%'"))
                .as("clocks that were called late")
                .isEmpty();
    }

    private void withoutDatabase() throws IOException {
        assertThat(node.status("/actuator/health/liveness")).isEqualTo(200);
        assertThat(node.status("/actuator/health/readiness")).isEqualTo(200);

        scene.landscape().toDatabase().cut();
        List<SyntheticEvent> missed = scene.events(1, 4);
        scene.departments().say(missed);
        await().atMost(OneNode.PATIENCE).until(() -> node.status("/actuator/health/readiness") == 503);
        await().atMost(OneNode.PATIENCE)
                .untilAsserted(
                        () -> assertThat(node.get("/actuator/health").body()).contains("events wait on their topics"));

        assertThat(node.status("/actuator/health/liveness")).isEqualTo(200);
        assertThat(node.get("/api/cases").statusCode()).isEqualTo(503);
        assertThat(node.get("/api/cases").body()).contains("he database or the broker does not answer");

        scene.landscape().toDatabase().heal();
        scene.awaitOnRecord(missed);
        await().atMost(OneNode.PATIENCE).until(() -> node.status("/actuator/health") == 200);
    }

    private void withoutBroker() {
        scene.landscape().toBroker().cut();
        List<SyntheticEvent> missed = scene.events(5, 6);
        scene.departments().say(missed);
        await().atMost(OneNode.PATIENCE)
                .untilAsserted(
                        () -> assertThat(node.get("/actuator/health").body()).contains("the broker does not answer"));

        assertThat(node.status("/actuator/health/readiness")).isEqualTo(200);
        assertThat(node.status("/api/cases")).isEqualTo(200);

        scene.landscape().toBroker().heal();
        scene.awaitOnRecord(missed);
        await().atMost(OneNode.PATIENCE).until(() -> node.status("/actuator/health") == 200);
    }

    private void stoppedInTheMiddle() {
        List<SyntheticEvent> all = scene.events(7, 30);
        scene.departments().say(all);
        await().atMost(OneNode.PATIENCE)
                .until(() -> scene.records().missing(Stream.identities(all)).size() < all.size() - 100);

        node.stop();

        assertThat(scene.records().missing(Stream.identities(all)))
                .as("stopped in the middle")
                .isNotEmpty();
        assertThat(scene.records().count("select count(*) from outbox_message where sent_at is null"))
                .as("messages that were not sent")
                .isZero();
        assertThat(scene.records().count("select count(*) from act_ru_job where lock_owner_ is not null"))
                .as("timers that nobody may reach for")
                .isZero();

        node.startAgain();
        scene.awaitOnRecord(all);
    }
}
