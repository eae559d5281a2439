package org.tumorboard.deployment;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.env.MapPropertySource;
import org.springframework.security.crypto.bcrypt.BCryptPasswordEncoder;
import org.tumorboard.TestServers;
import org.tumorboard.embedded.EmbeddedServers;

/** What stands around the application in a hospital, started once: an issuer, a secured broker, a database of its own. */
final class Hospital implements ApplicationContextInitializer<ConfigurableApplicationContext> {

    /** Of the one system that signs in with name and password. */
    static final String SYSTEM = "lab-system";

    private static Hospital running;

    private final Issuer issuer;
    private final SecuredBroker broker;

    /** For Spring, which makes another one to initialize a context. */
    Hospital() {
        this(null, null);
    }

    private Hospital(Issuer issuer, SecuredBroker broker) {
        this.issuer = issuer;
        this.broker = broker;
    }

    static synchronized Hospital running() {
        if (running == null) {
            try {
                Path directory = Files.createTempDirectory("tumorboard-hospital");
                running = new Hospital(Issuer.start(), SecuredBroker.start(directory));
                OwnedDatabase.create();
            } catch (Exception e) {
                throw new IllegalStateException("expected the hospital's servers to start, but they did not", e);
            }
            Runtime.getRuntime().addShutdownHook(new Thread(() -> {
                running.broker.stop();
                running.issuer.stop();
            }));
        }
        return running;
    }

    Issuer issuer() {
        return issuer;
    }

    SecuredBroker broker() {
        return broker;
    }

    @Override
    public void initialize(ConfigurableApplicationContext context) {
        EmbeddedServers servers = TestServers.running();
        Map<String, Object> settings = new HashMap<>(running().broker.springSettings("tumorboard-engine"));
        settings.putAll(Map.of(
                "spring.datasource.url",
                OwnedDatabase.url(),
                "spring.datasource.username",
                OwnedDatabase.APPLICATION,
                "spring.datasource.password",
                OwnedDatabase.PASSWORD,
                "spring.flyway.user",
                servers.username(),
                "spring.flyway.password",
                servers.password(),
                "spring.datasource.hikari.maximum-pool-size",
                "8"));
        settings.putAll(Map.of(
                "tumorboard.security.oidc.issuer",
                running().issuer.address(),
                "tumorboard.security.oidc.client-id",
                Issuer.CLIENT,
                "tumorboard.security.oidc.client-secret",
                Issuer.SECRET,
                "tumorboard.security.oidc.groups[0].claim",
                "TB-Radiologie",
                "tumorboard.security.oidc.groups[0].group",
                "radiology",
                "tumorboard.security.oidc.groups[1].claim",
                "TB-Neurochirurgie",
                "tumorboard.security.oidc.groups[1].group",
                "neurosurgery",
                "tumorboard.security.users[0].name",
                SYSTEM,
                "tumorboard.security.users[0].password",
                "{bcrypt}" + new BCryptPasswordEncoder().encode(SYSTEM),
                "tumorboard.security.users[0].groups",
                "radiology"));
        context.getEnvironment().getPropertySources().addFirst(new MapPropertySource("hospital", settings));
    }
}
