package org.tumorboard.flow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;
import org.tumorboard.Application;
import org.tumorboard.Departments;
import org.tumorboard.embedded.EmbeddedServers;
import org.tumorboard.embedded.SyntheticCase;
import org.tumorboard.embedded.SyntheticEvent;

/** The engine's process is killed in the middle of a stream of events: nothing is lost, nothing is done twice. */
class KilledProcessTest {

    private static final int CASES = 16;

    @TempDir
    Path folder;

    private EmbeddedServers servers;
    private JdbcClient jdbc;
    private Process engine;

    @BeforeEach
    void startServers() {
        servers = EmbeddedServers.start(folder.resolve("data"), 0, 0);
        jdbc = JdbcClient.create(
                new DriverManagerDataSource(servers.jdbcUrl(), servers.username(), servers.password()));
    }

    @AfterEach
    void stopServers() throws InterruptedException {
        if (engine != null) {
            engine.destroyForcibly().waitFor();
        }
        servers.close();
    }

    @Test
    void losesNothingAndDoublesNothingWhenKilledAndRestarted() throws Exception {
        Instant detectedAt = Instant.now().minus(Duration.ofDays(20)).truncatedTo(ChronoUnit.SECONDS);
        List<SyntheticEvent> events = new ArrayList<>();
        for (int number = 1; number <= CASES; number++) {
            events.addAll(SyntheticCase.urgent(number, detectedAt).throughTreatment());
        }
        events.sort(java.util.Comparator.comparing(SyntheticEvent::time));
        engine = startEngine();
        awaitTopics();

        say(events.subList(0, events.size() / 2));
        await().atMost(Duration.ofSeconds(90))
                .until(() -> count("select count(*) from inbox_event") > events.size() / 4);
        engine.destroyForcibly().waitFor();
        long decidedBefore = count("select count(*) from inbox_event");
        say(events.subList(events.size() / 2, events.size()));
        engine = startEngine();

        await().atMost(Duration.ofSeconds(420))
                .untilAsserted(() -> assertThat(statuses()).containsOnly("FOLLOW_UP " + CASES));
        await().atMost(Duration.ofSeconds(30))
                .until(() -> count("select count(*) from outbox_message where sent_at is null") == 0);
        assertThat(decidedBefore).as("killed in the middle").isBetween(1L, (long) events.size() - 1);
        assertThat(count("select count(*) from inbox_event")).isEqualTo(events.size());
        assertThat(
                        count(
                                "select count(*) from inbox_event where outcome in ('PARKED', 'REFUSED', 'FAILED') and unit is null"))
                .isZero();
        assertThat(count("select count(distinct (m.case_id, m.name, m.at)) - count(*) from milestone m"))
                .as("no milestone is recorded twice")
                .isZero();
        assertThat(count("select count(distinct notified) from (select key, count(*) notified from outbox_message "
                        + "where type not like '%work-%' and type not like '%case-status%' group by key) c"))
                .as("every case was told the same number of notifications")
                .isEqualTo(1);
    }

    private List<String> statuses() {
        return jdbc.sql("select status || ' ' || count(*) from tumor_case group by status")
                .query(String.class)
                .list();
    }

    private long count(String sql) {
        return jdbc.sql(sql).query(Long.class).single();
    }

    private Process startEngine() throws IOException {
        Path log = Files.createTempFile(Path.of("target"), "engine-of-killed-process-test", ".log");
        ProcessBuilder builder = new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx512m",
                "-Duser.timezone=UTC",
                "-cp",
                System.getProperty("java.class.path"),
                Application.class.getName(),
                "--spring.profiles.active=test",
                "--server.port=0");
        builder.environment()
                .putAll(Map.of(
                        "SPRING_DATASOURCE_URL", servers.jdbcUrl(),
                        "SPRING_DATASOURCE_USERNAME", servers.username(),
                        "SPRING_DATASOURCE_PASSWORD", servers.password(),
                        "SPRING_KAFKA_BOOTSTRAP_SERVERS", servers.bootstrapServers()));
        return builder.redirectErrorStream(true).redirectOutput(log.toFile()).start();
    }

    private void awaitTopics() {
        await().atMost(Duration.ofSeconds(120))
                .ignoreExceptions()
                .until(() -> count("select count(*) from act_re_procdef") > 0);
    }

    private void say(List<SyntheticEvent> events) {
        Departments departments = new Departments(servers.bootstrapServers());
        try {
            departments.say(events);
        } finally {
            departments.destroy();
        }
    }
}
