package org.tumorboard;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
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
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            Runtime.getRuntime().addShutdownHook(new Thread(servers::close));
        }
        return servers;
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
