package org.tumorboard.deployment;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.errors.GroupAuthorizationException;
import org.apache.kafka.common.errors.SaslAuthenticationException;
import org.apache.kafka.common.errors.SslAuthenticationException;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.tumorboard.embedded.SyntheticCase;
import org.tumorboard.embedded.SyntheticEvent;
import org.tumorboard.event.Department;
import org.tumorboard.event.Topics;
import org.tumorboard.event.Urgency;

/** On a broker with TLS, sign-in and rights, the application works by its configuration alone, and departments keep to their topics. */
@HospitalTest
class KafkaIdentityTest {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @Autowired
    JdbcClient jdbc;

    @Autowired
    Clock clock;

    private final SecuredBroker broker = Hospital.running().broker();

    @Test
    void takesADepartmentsEventAndTellsOthers() throws Exception {
        SyntheticEvent suspected = SyntheticCase.of(1, clock.instant().minusSeconds(60), Urgency.URGENT, 1)
                .throughTreatment()
                .get(0);

        send("radiology", suspected.topic(), suspected);

        await().atMost(PATIENCE).until(() -> jdbc.sql("select outcome from inbox_event where id = ?")
                .param(suspected.id())
                .query(String.class)
                .optional()
                .equals(Optional.of("APPLIED")));
        assertThat(typesOn("neurosurgery", Topics.notifications(Department.NEUROSURGERY)))
                .contains("org.tumorboard.notification.case-opened.v1");
    }

    @Test
    void refusesADepartmentAnothersTopics() {
        SyntheticEvent suspected = SyntheticCase.of(2, clock.instant(), Urgency.URGENT, 1)
                .throughTreatment()
                .get(0);

        assertThatThrownBy(() -> send("radiology", Topics.events(Department.PATHOLOGY), suspected))
                .isInstanceOf(TopicAuthorizationException.class);
        assertThatThrownBy(() -> send("radiology", Topics.CASE_STATUS, suspected))
                .isInstanceOf(TopicAuthorizationException.class);
        assertThatThrownBy(() -> typesOn("radiology", Topics.notifications(Department.NEUROSURGERY)))
                .isInstanceOf(TopicAuthorizationException.class);
        assertThatThrownBy(() -> typesOn("radiology", "tumorboard-engine", Topics.SLA))
                .isInstanceOf(GroupAuthorizationException.class);
    }

    @Test
    void refusesAWrongPasswordAndAnUnknownCertificate() {
        Map<String, Object> guess = broker.client("radiology", "guess");
        Map<String, Object> untrusting = new HashMap<>(broker.client("radiology", SecuredBroker.secret("radiology")));
        untrusting.keySet().removeIf(setting -> setting.startsWith("ssl."));

        assertThatThrownBy(() -> send(guess)).isInstanceOf(SaslAuthenticationException.class);
        assertThatThrownBy(() -> send(untrusting)).isInstanceOf(SslAuthenticationException.class);
    }

    @Test
    void hasTheRightsOfTheTableInTheReadme() throws IOException {
        String readme = Files.readString(Path.of("README.md"));

        for (List<String> row : SecuredBroker.rights()) {
            assertThat(readme)
                    .contains("| `%s` | %s | `%s` | %s |"
                            .formatted(
                                    row.get(0),
                                    row.get(1),
                                    row.get(3) + (row.get(2).equals("prefixed") ? "*" : ""),
                                    row.get(4).replace(" ", ", ")));
        }
    }

    private void send(String principal, String topic, SyntheticEvent event) throws Exception {
        var message =
                new ProducerRecord<>(topic, event.key(), event.data().toString().getBytes(UTF_8));
        event.headers().forEach(message.headers()::add);
        send(broker.client(principal, SecuredBroker.secret(principal)), message);
    }

    private static void send(Map<String, Object> client) throws Exception {
        send(client, new ProducerRecord<>(Topics.events(Department.RADIOLOGY), "key", new byte[0]));
    }

    private static void send(Map<String, Object> client, ProducerRecord<String, byte[]> message) throws Exception {
        try (var producer = new KafkaProducer<>(client, new StringSerializer(), new ByteArraySerializer())) {
            producer.send(message).get();
        } catch (ExecutionException e) {
            throw e.getCause() instanceof Exception cause ? cause : e;
        }
    }

    private List<String> typesOn(String principal, String topic) {
        return typesOn(principal, principal + "-reader", topic);
    }

    private List<String> typesOn(String principal, String group, String topic) {
        Map<String, Object> client = new HashMap<>(broker.client(principal, SecuredBroker.secret(principal)));
        client.put("group.id", group);
        client.put("auto.offset.reset", "earliest");
        List<String> types = new ArrayList<>();
        try (var consumer = new KafkaConsumer<>(client, new StringDeserializer(), new ByteArrayDeserializer())) {
            consumer.subscribe(List.of(topic));
            await().atMost(PATIENCE).until(() -> {
                consumer.poll(Duration.ofMillis(200))
                        .forEach(message -> types.add(new String(
                                message.headers().lastHeader("ce_type").value(), UTF_8)));
                return !types.isEmpty();
            });
        }
        return types;
    }
}
