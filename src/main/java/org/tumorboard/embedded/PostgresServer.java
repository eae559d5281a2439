package org.tumorboard.embedded;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;

/**
 * A real PostgreSQL on 127.0.0.1 with its default durability. {@code pg_ctl} detaches it from the terminal, so that
 * Ctrl-C reaches the application first; it therefore also survives a hard kill of the application, and the next start
 * stops such a left-over before anything else.
 */
final class PostgresServer {

    static final String USER = "tumorboard";
    private static final String DATABASE = "tumorboard";

    private final Path data;
    private final PostgresPrograms programs;
    private final int port;

    private PostgresServer(Path data, PostgresPrograms programs, int port) {
        this.data = data;
        this.programs = programs;
        this.port = port;
    }

    /** Prepares the data, and stops the server that a killed instance may have left on it. */
    static PostgresServer prepare(DataDirectory directory, int port) {
        PostgresPrograms programs = PostgresPrograms.unpackedInto(directory);
        PostgresServer server = new PostgresServer(directory.resolve("postgres"), programs, port);
        if (Files.exists(server.data)) {
            server.clearLeftOver();
        } else {
            directory.createWhole("postgres", server::initialise);
        }
        return server;
    }

    void start() {
        String options = "-p %d -h %s -k ''".formatted(port, LoopbackPort.HOST);
        try {
            programs.run(
                    "pg_ctl", "start", "-D", data.toString(), "-o", options, "-l", log().toString(), "-w", "-t", "120");
        } catch (EmbeddedServersException e) {
            throw new EmbeddedServersException(
                    "PostgreSQL did not start: %s; its log is %s.".formatted(lastFatalLine(), log()), e);
        }
        createDatabaseIfMissing();
    }

    /** Ends every open session and stops; does nothing if it does not run. */
    void stop() {
        if (Files.exists(pidFile())) {
            programs.run("pg_ctl", "stop", "-D", data.toString(), "-m", "fast", "-w", "-t", "60");
        }
    }

    String jdbcUrl() {
        return jdbcUrl(DATABASE);
    }

    String password() {
        try {
            return Files.readString(passwordFile(data));
        } catch (IOException e) {
            throw new UncheckedIOException("expected the database's password in " + data + ", but it is unreadable", e);
        }
    }

    /** The password is random, because every local user can reach a port on 127.0.0.1. */
    private void initialise(Path empty) throws IOException {
        Path password = Files.writeString(
                Files.createTempFile("postgres", null), UUID.randomUUID().toString());
        programs.account().own(password);
        programs.account().own(empty);
        programs.run(
                "initdb",
                "--pgdata=" + empty,
                "--username=" + USER,
                "--auth=scram-sha-256",
                "--pwfile=" + password,
                "--encoding=UTF8",
                "--locale=C",
                "--locale-provider=builtin",
                "--builtin-locale=C.UTF-8");
        Files.move(password, passwordFile(empty));
    }

    /**
     * Stops the server a killed instance left running. A process number may belong to another program since, after a
     * reboot for example; then only the file that names it goes, because PostgreSQL would take it for itself.
     */
    private void clearLeftOver() {
        if (!Files.exists(pidFile())) {
            return;
        }
        try {
            List<String> lines = Files.readAllLines(pidFile());
            long pid = lines.isEmpty() ? 0 : Long.parseLong(lines.get(0).strip());
            String program = ProcessHandle.of(pid)
                    .flatMap(process -> process.info().command())
                    .orElse("");
            if (program.endsWith("/postgres")) {
                stop();
            } else {
                Files.delete(pidFile());
            }
        } catch (IOException e) {
            throw new UncheckedIOException("expected to read " + pidFile() + ", but it failed", e);
        }
    }

    private void createDatabaseIfMissing() {
        try (Connection connection = DriverManager.getConnection(jdbcUrl("postgres"), USER, password());
                Statement statement = connection.createStatement()) {
            String known = "select from pg_database where datname = '%s'".formatted(DATABASE);
            if (!statement.executeQuery(known).next()) {
                statement.execute("create database " + DATABASE);
            }
        } catch (SQLException e) {
            throw new EmbeddedServersException("PostgreSQL started, but refuses its user: %s".formatted(e), e);
        }
    }

    private String lastFatalLine() {
        try (Stream<String> lines = Files.lines(log())) {
            return lines.filter(line -> line.contains("FATAL:"))
                    .reduce((earlier, later) -> later)
                    .map(line -> line.substring(line.indexOf("FATAL:") + "FATAL:".length())
                            .strip())
                    .orElse("it gave no reason");
        } catch (IOException e) {
            return "it wrote no log";
        }
    }

    private String jdbcUrl(String database) {
        return "jdbc:postgresql://%s:%d/%s".formatted(LoopbackPort.HOST, port, database);
    }

    private Path pidFile() {
        return data.resolve("postmaster.pid");
    }

    private Path log() {
        return data.resolve("server.log");
    }

    private static Path passwordFile(Path directory) {
        return directory.resolve("tumorboard.password");
    }
}
