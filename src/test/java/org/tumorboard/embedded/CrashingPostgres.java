package org.tumorboard.embedded;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** A real PostgreSQL with its default durability, which a test may end as a power cut does, all its processes at once. */
public final class CrashingPostgres implements AutoCloseable {

    private final DataDirectory directory;
    private final int port;
    private PostgresServer server;

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
