package org.tumorboard.embedded;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Properties;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.utils.Time;
import org.apache.kafka.metadata.storage.Formatter;
import org.jspecify.annotations.Nullable;

/**
 * A real Kafka broker in this process, its own KRaft controller, on 127.0.0.1. Records and consumer groups are kept;
 * nothing expires, so that back-dated demonstration events stay.
 */
final class KafkaBroker {

    private static final String CONTROLLER = "CONTROLLER";
    private static final int NODE = 1;

    private static final Map<String, String> ONE_BROKER = Map.of(
            "num.partitions", "6",
            "auto.create.topics.enable", "false",
            "offsets.topic.replication.factor", "1",
            "offsets.topic.num.partitions", "6",
            "transaction.state.log.replication.factor", "1",
            "transaction.state.log.min.isr", "1",
            "transaction.state.log.num.partitions", "6",
            "group.initial.rebalance.delay.ms", "0",
            "log.retention.ms", "-1");

    private static final Map<String, String> SMALL_HEAP = Map.of(
            "num.network.threads", "2",
            "num.io.threads", "4",
            "background.threads", "2",
            "num.replica.fetchers", "1",
            "num.recovery.threads.per.data.dir", "2",
            "log.segment.bytes", "67108864",
            "log.index.size.max.bytes", "1048576",
            "log.cleaner.dedupe.buffer.size", "4194304",
            "log.cleaner.io.buffer.size", "262144");

    /**
     * After a hard kill the controller takes the old registration for a living second broker until its session runs
     * out, and refuses the new one: 9 s by default. One broker alone needs no patience with a slow network.
     */
    private static final Map<String, String> QUICK_RESTART =
            Map.of("broker.session.timeout.ms", "2000", "broker.heartbeat.interval.ms", "500");

    private final Path data;
    private final int port;
    private @Nullable KafkaRaftServer server;

    private KafkaBroker(Path data, int port) {
        this.data = data;
        this.port = port;
    }

    /** Prepares the data: formats the directory once, which gives the cluster its lasting identity. */
    static KafkaBroker prepare(DataDirectory directory, int port) {
        KafkaBroker broker = new KafkaBroker(directory.resolve("kafka"), port);
        if (!Files.exists(broker.data)) {
            directory.createWhole("kafka", KafkaBroker::format);
        }
        return broker;
    }

    void start() {
        if (server == null) {
            server = new KafkaRaftServer(KafkaConfig.fromProps(settings()), Time.SYSTEM);
            server.startup();
        }
    }

    void stop() {
        if (server != null) {
            server.shutdown();
            server.awaitShutdown();
            server = null;
        }
    }

    String bootstrapServers() {
        return LoopbackPort.HOST + ":" + port;
    }

    private static void format(Path empty) throws IOException {
        try {
            new Formatter()
                    .setNodeId(NODE)
                    .setClusterId(Uuid.randomUuid().toString())
                    .setControllerListenerName(CONTROLLER)
                    .setMetadataLogDirectory(empty.toString())
                    .addDirectory(empty.toString())
                    .setPrintStream(new PrintStream(OutputStream.nullOutputStream()))
                    .run();
        } catch (IOException | RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new IOException("expected to format " + empty + " for Kafka, but it failed", e);
        }
    }

    private Properties settings() {
        String controller = LoopbackPort.HOST + ":" + LoopbackPort.orFree(0);
        Properties settings = new Properties();
        settings.putAll(ONE_BROKER);
        settings.putAll(SMALL_HEAP);
        settings.putAll(QUICK_RESTART);
        settings.put("process.roles", "broker,controller");
        settings.put("node.id", Integer.toString(NODE));
        settings.put("log.dirs", data.toString());
        settings.put("listeners", "PLAINTEXT://%s,%s://%s".formatted(bootstrapServers(), CONTROLLER, controller));
        settings.put("advertised.listeners", "PLAINTEXT://" + bootstrapServers());
        settings.put("listener.security.protocol.map", "PLAINTEXT:PLAINTEXT,%s:PLAINTEXT".formatted(CONTROLLER));
        settings.put("controller.listener.names", CONTROLLER);
        settings.put("controller.quorum.voters", NODE + "@" + controller);
        return settings;
    }
}
