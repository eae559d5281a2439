package org.tumorboard.deployment;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.util.stream.Collectors;
import org.flywaydb.core.Flyway;
import org.tumorboard.EngineTables;
import org.tumorboard.TestServers;
import org.tumorboard.embedded.EmbeddedServers;

/** A database whose tables belong to another role than the application's, which has the rights of our script. */
final class OwnedDatabase {

    /** The application's role; the owner is the servers' own user. */
    static final String APPLICATION = "tumorboard_application";

    static final String PASSWORD = "secret of the application";

    private static final Path SCRIPT = Path.of("docker", "postgres", "application-role.psql");
    private static final String DATABASE = "hospital";

    private OwnedDatabase() {}

    /** Makes it as a first start as the owner does, and gives the rights. */
    static void create() throws Exception {
        EmbeddedServers servers = TestServers.running();
        run(servers.jdbcUrl(), "create database " + DATABASE);
        Flyway.configure()
                .dataSource(url(), servers.username(), servers.password())
                .load()
                .migrate();
        EngineTables.create(url());
        run(url(), "create index act_ru_job_due on act_ru_job (duedate_) where retries_ > 0");
        run(url(), "create role %s login password '%s'".formatted(APPLICATION, PASSWORD));
        run(url(), script());
        run(url(), script());
    }

    static String url() {
        return TestServers.running().jdbcUrl().replaceFirst("/[^/?]+(\\?|$)", "/" + DATABASE + "$1");
    }

    /** As psql reads it with {@code -v application=…}. */
    private static String script() throws Exception {
        return Files.readAllLines(SCRIPT).stream()
                .filter(line -> !line.startsWith("\\"))
                .collect(Collectors.joining("\n"))
                .replace(":\"application\"", '"' + APPLICATION + '"');
    }

    private static void run(String url, String statements) throws Exception {
        EmbeddedServers servers = TestServers.running();
        try (Connection connection = DriverManager.getConnection(url, servers.username(), servers.password());
                Statement statement = connection.createStatement()) {
            statement.execute(statements);
        }
    }
}
