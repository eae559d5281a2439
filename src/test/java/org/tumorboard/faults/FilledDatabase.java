package org.tumorboard.faults;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.List;
import org.flywaydb.core.Flyway;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyIn;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;
import org.tukaani.xz.XZInputStream;
import org.tumorboard.EngineTables;
import org.tumorboard.TestServers;
import org.tumorboard.embedded.Demonstration;
import org.tumorboard.embedded.EmbeddedServers;
import org.tumorboard.embedded.SyntheticEvent;

/**
 * The database of an earlier version at work: what its own application wrote of the demonstration's cases, two minutes after
 * its first start. Where it stands before the application of today starts on it.
 */
public final class FilledDatabase implements ApplicationContextInitializer<ConfigurableApplicationContext> {

    /** About which the demonstration's cases were arranged. */
    static final Instant BASE = Instant.parse("2026-11-29T15:23:55.024225695Z");

    static final String VERSION = "16";

    private static final Path ROWS = Path.of("src/test/resources/databases/v16.sql.xz");

    @Override
    public void initialize(ConfigurableApplicationContext context) {
        new TestServers().initialize(context);
        EmbeddedServers servers = TestServers.running();
        Flyway.configure()
                .dataSource(servers.jdbcUrl(), servers.username(), servers.password())
                .target(VERSION)
                .load()
                .migrate();
        EngineTables.create(servers.jdbcUrl());
        try (Connection connection =
                DriverManager.getConnection(servers.jdbcUrl(), servers.username(), servers.password())) {
            connection.setAutoCommit(false);
            fill(connection);
            goOnCounting(connection);
            connection.commit();
        } catch (SQLException | IOException e) {
            throw new IllegalStateException("expected to fill the database", e);
        }
    }

    /** What all departments say of these cases, before and after; a part of it is on record. */
    static List<SyntheticEvent> events() {
        return Demonstration.events(BASE).stream()
                .map(event -> isAboutAPatient(event) ? namedAsBefore(event) : event)
                .toList();
    }

    private static boolean isAboutAPatient(SyntheticEvent event) {
        return event.data().has("patientRef");
    }

    /** The earlier version had other names for the same events of patients. */
    private static SyntheticEvent namedAsBefore(SyntheticEvent event) {
        return new SyntheticEvent(
                event.type(), "SYN-" + event.id(), event.key(), event.subject(), event.time(), event.data());
    }

    /** The file is a row of {@code copy … from stdin;}, each followed by its rows and {@code \.}. */
    private static void fill(Connection connection) throws SQLException, IOException {
        try (Statement statement = connection.createStatement();
                BufferedReader lines = new BufferedReader(
                        new InputStreamReader(new XZInputStream(Files.newInputStream(ROWS)), UTF_8))) {
            statement.execute("set local session_replication_role = replica");
            for (String command = lines.readLine(); command != null; command = lines.readLine()) {
                statement.execute("delete from " + command.split(" ")[1]);
                CopyIn copy = connection
                        .unwrap(PGConnection.class)
                        .getCopyAPI()
                        .copyIn(command.substring(0, command.length() - 1));
                for (String row = lines.readLine(); !row.equals("\\."); row = lines.readLine()) {
                    byte[] bytes = (row + "\n").getBytes(UTF_8);
                    copy.writeToCopy(bytes, 0, bytes.length);
                }
                copy.endCopy();
            }
        }
    }

    private static void goOnCounting(Connection connection) {
        JdbcClient jdbc = JdbcClient.create(new SingleConnectionDataSource(connection, true));
        List<String> counters = jdbc.sql(
                        """
                        select format('select setval(pg_get_serial_sequence(%L, %L), coalesce(max(%I), 1)) from %I',
                          table_name, column_name, column_name, table_name)
                        from information_schema.columns where table_schema = 'public' and is_identity = 'YES'
                        """)
                .query(String.class)
                .list();
        counters.forEach(set -> jdbc.sql(set).query(Long.class).single());
    }
}
