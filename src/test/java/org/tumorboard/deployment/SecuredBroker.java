package org.tumorboard.deployment;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.stream.Stream;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.acl.AccessControlEntry;
import org.apache.kafka.common.acl.AclBinding;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.acl.AclPermissionType;
import org.apache.kafka.common.resource.PatternType;
import org.apache.kafka.common.resource.ResourcePattern;
import org.apache.kafka.common.resource.ResourceType;
import org.apache.kafka.common.utils.Time;
import org.apache.kafka.metadata.storage.Formatter;
import org.tumorboard.event.Department;

/**
 * A real broker as a hospital runs it: TLS, a name and password for everyone (SCRAM), and rights by {@code
 * docker/kafka/acls.csv} and no others. Everybody's password is their name and {@code -secret}.
 */
final class SecuredBroker {

    private static final Path RIGHTS = Path.of("docker", "kafka", "acls.csv");
    private static final String MECHANISM = "SCRAM-SHA-512";

    private final Certificates certificates;
    private final String address;
    private final KafkaRaftServer server;

    private SecuredBroker(Certificates certificates, String address, KafkaRaftServer server) {
        this.certificates = certificates;
        this.address = address;
        this.server = server;
    }

    static SecuredBroker start(Path directory) throws Exception {
        Path data = Files.createDirectory(directory.resolve("kafka"));
        Certificates certificates = Certificates.in(directory);
        format(data);
        String address = "127.0.0.1:" + freePort();
        var server = new KafkaRaftServer(KafkaConfig.fromProps(settings(data, address, certificates)), Time.SYSTEM);
        server.startup();
        SecuredBroker broker = new SecuredBroker(certificates, address, server);
        broker.giveRights();
        return broker;
    }

    void stop() {
        server.shutdown();
        server.awaitShutdown();
    }

    /** The settings of Kafka's own clients for somebody with that password. */
    Map<String, Object> client(String name, String password) {
        return Map.of(
                "bootstrap.servers",
                address,
                "security.protocol",
                "SASL_SSL",
                "sasl.mechanism",
                MECHANISM,
                "sasl.jaas.config",
                login(name, password),
                "ssl.truststore.type",
                "PEM",
                "ssl.truststore.location",
                certificates.trusted().toString());
    }

    /** The same in the application's configuration, as the README names it. */
    Map<String, Object> springSettings(String name) {
        return Map.of(
                "spring.kafka.bootstrap-servers",
                address,
                "spring.kafka.security.protocol",
                "SASL_SSL",
                "spring.kafka.properties.sasl.mechanism",
                MECHANISM,
                "spring.kafka.properties.sasl.jaas.config",
                login(name, secret(name)),
                "spring.kafka.ssl.trust-store-type",
                "PEM",
                "spring.kafka.ssl.trust-store-location",
                "file:" + certificates.trusted());
    }

    static String secret(String name) {
        return name + "-secret";
    }

    /** The rows of the table: principal, resource, pattern, name, operations. */
    static List<List<String>> rights() throws IOException {
        return Files.readAllLines(RIGHTS).stream()
                .skip(1)
                .map(line -> List.of(line.split(",")))
                .toList();
    }

    private void giveRights() throws Exception {
        List<AclBinding> bindings = new ArrayList<>();
        for (List<String> row : rights()) {
            for (String principal : principals(row.get(0))) {
                for (String operation : row.get(4).split(" ")) {
                    bindings.add(new AclBinding(
                            new ResourcePattern(
                                    ResourceType.fromString(row.get(1)),
                                    row.get(3).replace("<department>", principal),
                                    PatternType.valueOf(row.get(2).toUpperCase(Locale.ROOT))),
                            new AccessControlEntry(
                                    "User:" + principal,
                                    "*",
                                    AclOperation.fromString(operation),
                                    AclPermissionType.ALLOW)));
                }
            }
        }
        try (Admin admin = Admin.create(client("broker", secret("broker")))) {
            admin.createAcls(bindings).all().get();
        }
    }

    private static List<String> principals(String named) {
        return named.equals("<department>")
                ? Stream.of(Department.values()).map(Department::slug).toList()
                : List.of(named);
    }

    private static void format(Path data) throws Exception {
        List<String> everybody = Stream.concat(
                        Stream.of("broker", "tumorboard-engine", "operations"),
                        Stream.of(Department.values()).map(Department::slug))
                .map(name -> "%s=[name=%s,password=%s]".formatted(MECHANISM, name, secret(name)))
                .toList();
        new Formatter()
                .setNodeId(1)
                .setClusterId(Uuid.randomUuid().toString())
                .setControllerListenerName("CONTROLLER")
                .setMetadataLogDirectory(data.toString())
                .addDirectory(data.toString())
                .setScramArguments(everybody)
                .setPrintStream(new PrintStream(OutputStream.nullOutputStream()))
                .run();
    }

    private static Properties settings(Path data, String address, Certificates certificates) throws IOException {
        String controller = "127.0.0.1:" + freePort();
        Properties settings = new Properties();
        settings.putAll(Map.of(
                "process.roles", "broker,controller",
                "node.id", "1",
                "log.dirs", data.toString(),
                "listeners", "SASL_SSL://%s,CONTROLLER://%s".formatted(address, controller),
                "advertised.listeners", "SASL_SSL://" + address,
                "listener.security.protocol.map", "SASL_SSL:SASL_SSL,CONTROLLER:PLAINTEXT",
                "controller.listener.names", "CONTROLLER",
                "controller.quorum.voters", "1@" + controller,
                "inter.broker.listener.name", "SASL_SSL"));
        settings.putAll(Map.of(
                "sasl.enabled.mechanisms",
                MECHANISM,
                "sasl.mechanism.inter.broker.protocol",
                MECHANISM,
                "listener.name.sasl_ssl.scram-sha-512.sasl.jaas.config",
                login("broker", secret("broker")),
                "ssl.keystore.type",
                "PKCS12",
                "ssl.keystore.location",
                certificates.keyStore().toString(),
                "ssl.keystore.password",
                certificates.password(),
                "ssl.truststore.type",
                "PEM",
                "ssl.truststore.location",
                certificates.trusted().toString(),
                "authorizer.class.name",
                "org.apache.kafka.metadata.authorizer.StandardAuthorizer",
                "super.users",
                "User:broker;User:ANONYMOUS"));
        settings.putAll(Map.of(
                "auto.create.topics.enable", "false",
                "offsets.topic.replication.factor", "1",
                "offsets.topic.num.partitions", "1",
                "transaction.state.log.replication.factor", "1",
                "transaction.state.log.min.isr", "1",
                "group.initial.rebalance.delay.ms", "0",
                "num.network.threads", "1",
                "num.io.threads", "2",
                "log.segment.bytes", "1048576",
                "log.cleaner.dedupe.buffer.size", "4194304"));
        return settings;
    }

    private static String login(String name, String password) {
        return "org.apache.kafka.common.security.scram.ScramLoginModule required username=\"%s\" password=\"%s\";"
                .formatted(name, password);
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }
}
