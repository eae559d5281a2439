package org.tumorboard;

import java.io.IOException;
import java.nio.file.Files;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.env.MapPropertySource;
import org.tumorboard.embedded.EmbeddedServers;

/** One real PostgreSQL and one real broker for all tests of this JVM. */
public final class TestServers implements ApplicationContextInitializer<ConfigurableApplicationContext> {

    private static EmbeddedServers servers;

    /** The running servers, started by the first test that asks. */
    public static synchronized EmbeddedServers running() {
        if (servers == null) {
            try {
                servers = EmbeddedServers.start(Files.createTempDirectory("tumorboard-test"), 0, 0);
                doWithoutDisk();
            } catch (IOException | SQLException e) {
                throw new IllegalStateException("expected servers for the tests", e);
            }
            Runtime.getRuntime().addShutdownHook(new Thread(servers::close));
        }
        return servers;
    }

    /** Nobody cuts the power here: the tests of faults have servers of their own. */
    private static void doWithoutDisk() throws SQLException {
        try (Connection connection =
                        DriverManager.getConnection(servers.jdbcUrl(), servers.username(), servers.password());
                Statement statement = connection.createStatement()) {
            statement.execute("alter system set fsync = off");
            statement.execute("alter system set full_page_writes = off");
            statement.execute("select pg_reload_conf()");
        }
    }

    @Override
    public void initialize(ConfigurableApplicationContext context) {
        EmbeddedServers running = running();
        context.getEnvironment()
                .getPropertySources()
                .addFirst(new MapPropertySource(
                        "testServers",
                        Map.of(
                                "spring.datasource.url", running.jdbcUrl(),
                                "spring.datasource.username", running.username(),
                                "spring.datasource.password", running.password(),
                                "spring.kafka.bootstrap-servers", running.bootstrapServers())));
    }
}
