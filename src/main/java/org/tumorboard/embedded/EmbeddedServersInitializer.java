package org.tumorboard.embedded;

import java.util.Map;
import org.springframework.boot.SpringApplication;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.support.GenericApplicationContext;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.Profiles;

/**
 * Starts the embedded servers before the first bean exists, and points the application at them. They stop last: beans
 * are destroyed in the reverse order of their registration, so when the application closes, its consumers, engine and
 * connection pool are gone before the broker and PostgreSQL go.
 */
final class EmbeddedServersInitializer implements ApplicationContextInitializer<GenericApplicationContext> {

    @Override
    public void initialize(GenericApplicationContext context) {
        ConfigurableEnvironment environment = context.getEnvironment();
        if (!environment.acceptsProfiles(Profiles.of(EmbeddedProfile.NAME))) {
            return;
        }
        LoopbackPort.requireFree(
                environment.getProperty("server.port", Integer.class, 8080), "the application", "SERVER_PORT");
        EmbeddedSettings settings = EmbeddedSettings.of(environment);
        EmbeddedServers servers = new EmbeddedServers(
                settings.dataDir(),
                settings.embedded().postgresPort(),
                settings.embedded().kafkaPort());
        stopLast(servers, context);
        servers.start();
        environment.getPropertySources().addFirst(new MapPropertySource("embeddedServers", addresses(servers)));
    }

    private static void stopLast(EmbeddedServers servers, GenericApplicationContext context) {
        context.getDefaultListableBeanFactory().registerSingleton("embeddedServers", servers);
        context.getDefaultListableBeanFactory().registerDisposableBean("embeddedServers", servers::close);
        // Ctrl-C before the context has begun to start finds no bean to destroy.
        SpringApplication.getShutdownHandlers().add(servers::close);
    }

    private static Map<String, Object> addresses(EmbeddedServers servers) {
        return Map.of(
                "spring.datasource.url", servers.jdbcUrl(),
                "spring.datasource.username", servers.username(),
                "spring.datasource.password", servers.password(),
                "spring.kafka.bootstrap-servers", servers.bootstrapServers());
    }
}
