package org.tumorboard.faults;

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

/**
 * A Kafka broker in a process of its own. It has two listeners, one for the tests and one for nodes that tells them the
 * address of a wire, so that the tests can cut nodes off.
 */
final class BrokerProcess {

    private BrokerProcess() {}

    /** @param arguments data directory, port for tests, port for nodes, port of the wire to it, port of the controller */
    public static void main(String[] arguments) throws Exception {
        Path data = Path.of(arguments[0]);
        if (Files.notExists(data)) {
            format(Files.createDirectories(data));
        }
        Properties settings = new Properties();
        settings.putAll(ONE_SMALL_BROKER);
        settings.putAll(Map.of(
                "log.dirs",
                data.toString(),
                "listeners",
                "TESTS://127.0.0.1:%s,NODES://127.0.0.1:%s,CONTROLLER://127.0.0.1:%s"
                        .formatted(arguments[1], arguments[2], arguments[4]),
                "advertised.listeners",
                "TESTS://127.0.0.1:%s,NODES://127.0.0.1:%s".formatted(arguments[1], arguments[3]),
                "controller.quorum.voters",
                "1@127.0.0.1:" + arguments[4]));
        new KafkaRaftServer(KafkaConfig.fromProps(settings), Time.SYSTEM).startup();
        System.in.transferTo(OutputStream.nullOutputStream());
        Runtime.getRuntime().halt(0);
    }

    private static final Map<String, String> ONE_SMALL_BROKER = Map.ofEntries(
            Map.entry("process.roles", "broker,controller"),
            Map.entry("node.id", "1"),
            Map.entry("listener.security.protocol.map", "TESTS:PLAINTEXT,NODES:PLAINTEXT,CONTROLLER:PLAINTEXT"),
            Map.entry("controller.listener.names", "CONTROLLER"),
            Map.entry("inter.broker.listener.name", "TESTS"),
            Map.entry("auto.create.topics.enable", "false"),
            Map.entry("offsets.topic.replication.factor", "1"),
            Map.entry("offsets.topic.num.partitions", "3"),
            Map.entry("transaction.state.log.replication.factor", "1"),
            Map.entry("transaction.state.log.min.isr", "1"),
            Map.entry("group.initial.rebalance.delay.ms", "0"),
            Map.entry("log.retention.ms", "-1"),
            Map.entry("log.segment.bytes", "16777216"),
            Map.entry("log.index.size.max.bytes", "1048576"),
            Map.entry("log.cleaner.dedupe.buffer.size", "4194304"),
            Map.entry("num.network.threads", "2"),
            Map.entry("num.io.threads", "4"),
            // the old registration counts until its session runs out
            Map.entry("broker.session.timeout.ms", "2000"),
            Map.entry("broker.heartbeat.interval.ms", "500"));

    private static void format(Path data) throws IOException {
        try {
            new Formatter()
                    .setNodeId(1)
                    .setClusterId(Uuid.randomUuid().toString())
                    .setControllerListenerName("CONTROLLER")
                    .setMetadataLogDirectory(data.toString())
                    .addDirectory(data.toString())
                    .setPrintStream(new PrintStream(OutputStream.nullOutputStream()))
                    .run();
        } catch (Exception e) {
            throw new IOException("expected to format " + data, e);
        }
    }
}
