package org.tumorboard.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EmbeddedServersTest {

    /** Shared, because setting up a new database takes longer than all the rest. */
    @TempDir
    static Path data;

    @Test
    void aSecondStartFindsRowsAndRecordsAgain() throws Exception {
        try (EmbeddedServers servers = EmbeddedServers.start(data, 0, 0)) {
            execute(servers, "create table kept (word text)", "insert into kept values ('row')");
            createTopic(servers, "kept");
            publish(servers, "kept", "record");
        }

        try (EmbeddedServers servers = EmbeddedServers.start(data, 0, 0)) {
            assertThat(query(servers, "select word from kept")).isEqualTo("row");
            assertThat(records(servers, "kept")).containsExactly("record");
        }
    }

    @Test
    void aProcessNumberThatBelongsToAnotherProgramByNowIsNoObstacle() throws Exception {
        EmbeddedServers.start(data, 0, 0).close();
        Files.writeString(
                data.resolve("postgres/postmaster.pid"), ProcessHandle.current().pid() + "\n");

        try (EmbeddedServers servers = EmbeddedServers.start(data, 0, 0)) {
            assertThat(query(servers, "select 'up'")).isEqualTo("up");
        }
    }

    @Test
    void theBrokerGoesAndComesBackOnItsAddressWhileTheDatabaseStays() throws Exception {
        try (EmbeddedServers servers = EmbeddedServers.start(data, 0, 0)) {
            createTopic(servers, "back");
            publish(servers, "back", "before");
            String address = servers.bootstrapServers();

            servers.stopBroker();
            assertThat(query(servers, "select 'still here'")).isEqualTo("still here");
            servers.startBroker();
            publish(servers, "back", "after");

            assertThat(servers.bootstrapServers()).isEqualTo(address);
            assertThat(records(servers, "back")).containsExactlyInAnyOrder("before", "after");
        }
    }

    @Test
    void theDatabaseSyncsToDiskAndListensOnLoopbackOnly() throws Exception {
        try (EmbeddedServers servers = EmbeddedServers.start(data, 0, 0)) {
            assertThat(query(servers, "show fsync")).isEqualTo("on");
            assertThat(query(servers, "show listen_addresses")).isEqualTo("127.0.0.1");
        }
    }

    @Test
    void aSecondInstanceOnTheSameDataIsRefusedInASentence() {
        try (EmbeddedServers running = EmbeddedServers.start(data, 0, 0)) {
            assertThatExceptionOfType(EmbeddedServersException.class)
                    .isThrownBy(() -> EmbeddedServers.start(data, 0, 0))
                    .withMessageContaining("in use by a running instance (process %d)"
                            .formatted(ProcessHandle.current().pid()))
                    .withMessageContaining("TUMORBOARD_DATA_DIR");
            assertThat(running.bootstrapServers()).startsWith("127.0.0.1:");
        }
    }

    @Test
    void aTakenPortIsNamedWithTheSettingThatChangesIt() throws Exception {
        try (ServerSocket taken = new ServerSocket()) {
            taken.bind(new InetSocketAddress("127.0.0.1", 0));
            int port = taken.getLocalPort();

            assertThatExceptionOfType(EmbeddedServersException.class)
                    .isThrownBy(() -> EmbeddedServers.start(data, 0, port))
                    .withMessageContaining("Port " + port)
                    .withMessageContaining("TUMORBOARD_EMBEDDED_KAFKA_PORT");
            assertThatExceptionOfType(EmbeddedServersException.class)
                    .isThrownBy(() -> EmbeddedServers.start(data, port, 0))
                    .withMessageContaining("Port " + port)
                    .withMessageContaining("TUMORBOARD_EMBEDDED_POSTGRES_PORT");
        }
    }

    private static void execute(EmbeddedServers servers, String... statements) throws Exception {
        try (Connection connection = connect(servers);
                Statement statement = connection.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        }
    }

    private static String query(EmbeddedServers servers, String sql) throws Exception {
        try (Connection connection = connect(servers);
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            rows.next();
            return rows.getString(1);
        }
    }

    private static Connection connect(EmbeddedServers servers) throws Exception {
        return DriverManager.getConnection(servers.jdbcUrl(), servers.username(), servers.password());
    }

    private static void createTopic(EmbeddedServers servers, String topic) throws Exception {
        try (Admin admin =
                Admin.create(Map.of(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, servers.bootstrapServers()))) {
            admin.createTopics(List.of(new NewTopic(topic, Optional.of(1), Optional.empty())))
                    .all()
                    .get();
        }
    }

    private static void publish(EmbeddedServers servers, String topic, String value) throws Exception {
        Map<String, Object> settings = Map.of(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, servers.bootstrapServers());
        try (KafkaProducer<String, String> producer =
                new KafkaProducer<>(settings, new StringSerializer(), new StringSerializer())) {
            producer.send(new ProducerRecord<>(topic, value)).get();
        }
    }

    private static List<String> records(EmbeddedServers servers, String topic) {
        Map<String, Object> settings = Map.of(
                ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG,
                servers.bootstrapServers(),
                ConsumerConfig.GROUP_ID_CONFIG,
                "reader-of-" + topic,
                ConsumerConfig.AUTO_OFFSET_RESET_CONFIG,
                "earliest");
        try (KafkaConsumer<String, String> consumer =
                new KafkaConsumer<>(settings, new StringDeserializer(), new StringDeserializer())) {
            consumer.subscribe(List.of(topic));
            List<String> values = new ArrayList<>();
            consumer.poll(Duration.ofSeconds(10)).forEach(record -> values.add(record.value()));
            return values;
        }
    }
}
