package org.tumorboard.outbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.config.TopicConfig;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.actuate.health.Status;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;
import org.tumorboard.EngineTest;
import org.tumorboard.TestServers;
import org.tumorboard.event.CaseId;
import org.tumorboard.event.Topics;
import org.tumorboard.flow.Notifications;
import org.tumorboard.flow.Scene;

/** What must be told waits in the database while the broker is away, and leaves in its order when it is back. */
@EngineTest
class BrokerAwayTest {

    @Autowired
    Outbox outbox;

    @Autowired
    TransactionTemplate transaction;

    @Autowired
    JdbcClient jdbc;

    @Autowired
    Scene scene;

    @Autowired
    Notifications notifications;

    @Autowired
    OutboxHealth health;

    @Test
    void sendsInOrderWhatWasWrittenWhileTheBrokerWasAway() {
        String key = "case-" + UUID.randomUUID();
        List<String> written = new ArrayList<>();
        TestServers.running().stopBroker();
        try {
            for (int number = 0; number < 20; number++) {
                written.add("STATUS_" + number);
                add(key, "STATUS_" + number);
            }
            assertThat(waiting(key)).isEqualTo(20);
        } finally {
            TestServers.running().startBroker();
        }

        scene.awaitSent();

        assertThat(notifications.statuses(new CaseId(key)).stream().distinct()).containsExactlyElementsOf(written);
    }

    @Test
    void sendsNothingOfACasePastWhatTheBrokerDoesNotTake() throws Exception {
        String key = "case-" + UUID.randomUUID();
        String other = "case-" + UUID.randomUUID();
        String large = "LARGE".repeat(1000);
        letCaseStatusTake(2000);
        try {
            transaction.executeWithoutResult(ignored -> outbox.add(List.of(
                    message(key, "FIRST"), message(key, large), message(key, "LAST"), message(other, "OTHER"))));
            await().until(() -> waiting(other) == 0 && waiting(key) == 2);

            await().during(Duration.ofSeconds(2)).until(() -> waiting(key) == 2);
            assertThat(health.health().getDetails().get("why").toString())
                    .contains("tumorboard.case-status", "RecordTooLarge")
                    .doesNotContain(key);
        } finally {
            letCaseStatusTake(1_000_000);
        }

        scene.awaitSent();
        assertThat(notifications.statuses(new CaseId(key))).containsExactly("FIRST", large, "LAST");
        assertThat(notifications.statuses(new CaseId(other))).containsExactly("OTHER");
        await().until(() -> health.health().getStatus().equals(Status.UP));
    }

    @Test
    void sendsNothingOfATransactionThatWasRolledBack() {
        String key = "case-" + UUID.randomUUID();

        assertThatThrownBy(() -> transaction.executeWithoutResult(status -> {
                    outbox.add(List.of(message(key, "NEVER")));
                    throw new IllegalStateException("rolled back");
                }))
                .hasMessage("rolled back");
        scene.awaitSent();

        assertThat(waiting(key)).isZero();
        assertThat(notifications.statuses(new CaseId(key))).isEmpty();
    }

    @Test
    void refusesToTakeAMessageOutsideATransaction() {
        assertThatThrownBy(() -> outbox.add(List.of(message("case-x", "NEVER"))))
                .hasMessageContaining("transaction");
    }

    private static void letCaseStatusTake(int bytes) throws InterruptedException, ExecutionException {
        try (Admin admin =
                Admin.create(Map.of("bootstrap.servers", TestServers.running().bootstrapServers()))) {
            admin.incrementalAlterConfigs(Map.of(
                            new ConfigResource(ConfigResource.Type.TOPIC, Topics.CASE_STATUS),
                            List.of(new AlterConfigOp(
                                    new ConfigEntry(TopicConfig.MAX_MESSAGE_BYTES_CONFIG, Integer.toString(bytes)),
                                    AlterConfigOp.OpType.SET))))
                    .all()
                    .get();
        }
    }

    private void add(String key, String status) {
        transaction.executeWithoutResult(ignored -> outbox.add(List.of(message(key, status))));
    }

    private long waiting(String key) {
        return jdbc.sql("select count(*) from outbox_message where key = ? and sent_at is null")
                .param(key)
                .query(Long.class)
                .single();
    }

    private static OutboundMessage message(String key, String status) {
        return new OutboundMessage(
                UUID.randomUUID(),
                "tumorboard.case-status",
                key,
                "org.tumorboard.notification.case-status.v1",
                Instant.parse("2026-03-02T08:00:00Z"),
                null,
                null,
                null,
                JsonNodeFactory.instance.objectNode().put("status", status),
                null);
    }
}
