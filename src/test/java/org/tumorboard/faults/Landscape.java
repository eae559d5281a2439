package org.tumorboard.faults;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.config.TopicConfig;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.tumorboard.Application;
import org.tumorboard.embedded.CrashingPostgres;
import org.tumorboard.event.Topics;

/** PostgreSQL and a broker, each in processes of its own, and the wires over which the nodes reach them. */
final class Landscape implements AutoCloseable {

    private final Path folder;
    private final CrashingPostgres postgres;
    private final Broker broker;
    private final Wire toDatabase;
    private final Wire toBroker;

    private Landscape(Path folder, CrashingPostgres postgres, Broker broker, Wire toDatabase, Wire toBroker) {
        this.folder = folder;
        this.postgres = postgres;
        this.broker = broker;
        this.toDatabase = toDatabase;
        this.toBroker = toBroker;
    }

    static Landscape start(Path folder) {
        try {
            Files.createDirectories(folder);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        int postgresPort = Java.freePort();
        int brokerPort = Java.freePort();
        Wire toBroker = Wire.to(brokerPort);
        CrashingPostgres postgres = CrashingPostgres.start(folder.resolve("data"), postgresPort);
        Runtime.getRuntime().addShutdownHook(new Thread(postgres::close));
        return new Landscape(
                folder, postgres, Broker.start(folder, brokerPort, toBroker.port()), Wire.to(postgresPort), toBroker);
    }

    CrashingPostgres postgres() {
        return postgres;
    }

    /** PostgreSQL archives its log from now on, so that a backup can be taken. */
    void archive() {
        try {
            postgres.archiveInto(Files.createDirectory(folder.resolve("backup")));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Broker broker() {
        return broker;
    }

    Wire toDatabase() {
        return toDatabase;
    }

    Wire toBroker() {
        return toBroker;
    }

    Node startNode(String name, String database, String... arguments) {
        return Node.start(name, folder, Application.class, environment(database), List.of(arguments));
    }

    Node startNodeForSpeed(String name, String database) {
        return Node.startForSpeed(name, folder, Application.class, environment(database));
    }

    /** A node that ends by itself at that point, once there is such a file. */
    Node startVictim(KillPoint point, Path armed, String database) {
        Map<String, String> environment = new HashMap<>(environment(database));
        environment.put(KillPoints.POINT, point.name());
        environment.put(KillPoints.ARMED, armed.toString());
        return Node.start(
                "until-" + point,
                folder,
                KillPoints.class,
                environment,
                List.of("--spring.kafka.consumer.properties[interceptor.classes]="
                        + KillPoints.Offsets.class.getName()));
    }

    private Map<String, String> environment(String database) {
        return Map.of(
                "SPRING_DATASOURCE_URL",
                "jdbc:postgresql://127.0.0.1:%d/%s".formatted(toDatabase.port(), database),
                "SPRING_DATASOURCE_USERNAME",
                postgres.username(),
                "SPRING_DATASOURCE_PASSWORD",
                postgres.password(),
                "SPRING_KAFKA_BOOTSTRAP_SERVERS",
                "127.0.0.1:" + toBroker.port());
    }

    void createDatabase(String name) {
        try (HikariDataSource source = database("postgres")) {
            JdbcClient.create(source).sql("create database " + name).update();
        }
    }

    /** A database as the tests themselves reach it, over no wire. */
    HikariDataSource database(String name) {
        HikariConfig config = new HikariConfig();
        config.setJdbcUrl(postgres.jdbcUrl(name));
        config.setUsername(postgres.username());
        config.setPassword(postgres.password());
        config.setMaximumPoolSize(4);
        config.setConnectionTimeout(2_000);
        return new HikariDataSource(config);
    }

    /** The topics are empty as on the first day; places on them go on. */
    void emptyTopics() {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", broker.address()))) {
            Map<TopicPartition, RecordsToDelete> all = new HashMap<>();
            admin.describeTopics(admin.listTopics().names().get())
                    .allTopicNames()
                    .get()
                    .forEach((topic, described) -> described
                            .partitions()
                            .forEach(partition -> all.put(
                                    new TopicPartition(topic, partition.partition()),
                                    RecordsToDelete.beforeOffset(-1))));
            admin.deleteRecords(all).all().get();
        } catch (InterruptedException | ExecutionException e) {
            throw new IllegalStateException("expected to empty the topics", e);
        }
    }

    /** Whether the topics on which the engine tells something take any record. */
    void letMessagesIn(boolean in) {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", broker.address()))) {
            var limit = new AlterConfigOp(
                    new ConfigEntry(TopicConfig.MAX_MESSAGE_BYTES_CONFIG, "1"),
                    in ? AlterConfigOp.OpType.DELETE : AlterConfigOp.OpType.SET);
            Map<ConfigResource, Collection<AlterConfigOp>> topics = new HashMap<>();
            admin.listTopics().names().get().stream()
                    .filter(topic -> !Topics.senderOn(topic).isPresent())
                    .forEach(topic -> topics.put(new ConfigResource(ConfigResource.Type.TOPIC, topic), List.of(limit)));
            admin.incrementalAlterConfigs(topics).all().get();
        } catch (InterruptedException | ExecutionException e) {
            throw new IllegalStateException("expected to set what the topics take", e);
        }
    }

    @Override
    public void close() {
        toBroker.close();
        toDatabase.close();
        broker.close();
        postgres.close();
    }
}
