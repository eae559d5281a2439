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
import java.util.stream.Stream;

/** A real PostgreSQL with its default durability, which a test may end as a power cut does, all its processes at once. */
public final class CrashingPostgres implements AutoCloseable {

    private final DataDirectory directory;
    private final int port;
    private PostgresServer server;
    private PostgresBackup backup;

    private CrashingPostgres(DataDirectory directory, int port) {
        this.directory = directory;
        this.port = port;
        this.server = PostgresServer.prepare(directory, port);
    }

    public static CrashingPostgres start(Path folder, int port) {
        CrashingPostgres postgres = new CrashingPostgres(DataDirectory.claim(folder), port);
        postgres.server.start();
        return postgres;
    }

    /** Address of one of its databases, without wires between. */
    public String jdbcUrl(String database) {
        return "jdbc:postgresql://%s:%d/%s".formatted(LoopbackPort.HOST, port, database);
    }

    public String username() {
        return PostgresServer.USER;
    }

    public String password() {
        return server.password();
    }

    /** SIGKILL for the postmaster and all it has started; nothing of it gets to say goodbye. */
    public void kill() {
        ProcessHandle postmaster = ProcessHandle.of(postmasterPid()).orElseThrow();
        signal("STOP", postmaster);
        List<ProcessHandle> all =
                Stream.concat(Stream.of(postmaster), postmaster.descendants()).toList();
        all.forEach(ProcessHandle::destroyForcibly);
        all.forEach(process -> process.onExit().join());
    }

    /** Recovers from its write-ahead log, and returns when it answers. */
    public void startAgain() {
        server = PostgresServer.prepare(directory, port);
        server.start();
    }

    /** Each of its commits takes a tenth of a second longer, as on a disk that is slow to say that something is safe. */
    public void slowDown() {
        withConnection(connection -> {
            try (Statement statement = connection.createStatement()) {
                statement.execute("alter system set commit_delay = 100000");
                statement.execute("alter system set commit_siblings = 0");
                statement.execute("select pg_reload_conf()");
            }
        });
    }

    /** Archives its log into this empty folder from now on, so that a backup can be taken there. */
    public void archiveInto(Path folder) {
        backup = new PostgresBackup(folder);
        withConnection(backup::archive);
        server.stop();
        server.start();
    }

    /** Takes a backup while it works. */
    public void backUp() {
        withConnection(connection -> backup.take(connection, data()));
    }

    /** Its data are lost, and what the backup has takes their place. */
    public void loseAllAndRestore() {
        kill();
        try {
            Files.move(data(), directory.resolve("lost"));
            backup.putInto(data());
        } catch (IOException e) {
            throw new UncheckedIOException("expected to restore the backup", e);
        }
        startAgain();
    }

    private Path data() {
        return directory.resolve("postgres");
    }

    private interface Work {
        void with(Connection connection) throws SQLException, IOException;
    }

    private void withConnection(Work work) {
        try (Connection connection = DriverManager.getConnection(jdbcUrl("postgres"), username(), password())) {
            work.with(connection);
        } catch (SQLException | IOException e) {
            throw new IllegalStateException("expected PostgreSQL to do as it was told", e);
        }
    }

    /** Does nothing the second time. */
    @Override
    public void close() {
        server.stop();
        directory.close();
    }

    private long postmasterPid() {
        try {
            return Long.parseLong(Files.readAllLines(directory.resolve("postgres/postmaster.pid"))
                    .get(0)
                    .strip());
        } catch (IOException e) {
            throw new IllegalStateException("expected a running PostgreSQL", e);
        }
    }

    /** Stopped first, so that it starts nothing more while its children are counted. */
    private static void signal(String name, ProcessHandle process) {
        try {
            new ProcessBuilder("kill", "-" + name, Long.toString(process.pid()))
                    .start()
                    .waitFor();
        } catch (IOException | InterruptedException e) {
            throw new IllegalStateException("expected to stop process " + process.pid(), e);
        }
    }
}
