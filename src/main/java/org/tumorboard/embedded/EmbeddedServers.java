package org.tumorboard.embedded;

import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/**
 * PostgreSQL and a Kafka broker on 127.0.0.1, with their data in one directory: a start on the same directory finds
 * everything again, also after a hard kill. The application uses it in the profile {@code embedded}; tests use it
 * directly.
 */
public final class EmbeddedServers implements AutoCloseable {

    private final Path dataDirectory;
    private final int postgresPort;
    private final int kafkaPort;
    private final Deque<Runnable> stops = new ArrayDeque<>();
    private @Nullable PostgresServer postgres;
    private @Nullable KafkaBroker broker;

    EmbeddedServers(Path dataDirectory, int postgresPort, int kafkaPort) {
        this.dataDirectory = dataDirectory;
        this.postgresPort = LoopbackPort.orFree(postgresPort);
        this.kafkaPort = LoopbackPort.orFree(kafkaPort);
    }

    /**
     * Starts both servers and returns when they answer.
     *
     * @param dataDirectory created if missing; used by one running instance at a time
     * @param postgresPort  0 for any free port
     * @param kafkaPort     0 for any free port
     * @throws EmbeddedServersException if a port is taken, or the directory is in use or not writable
     */
    public static EmbeddedServers start(Path dataDirectory, int postgresPort, int kafkaPort) {
        return new EmbeddedServers(dataDirectory, postgresPort, kafkaPort).start();
    }

    synchronized EmbeddedServers start() {
        try {
            DataDirectory directory = DataDirectory.claim(dataDirectory);
            stops.push(directory::close);
            postgres = PostgresServer.prepare(directory, postgresPort);
            broker = KafkaBroker.prepare(directory, kafkaPort);
            LoopbackPort.requireFree(postgresPort, "PostgreSQL", "TUMORBOARD_EMBEDDED_POSTGRES_PORT");
            LoopbackPort.requireFree(kafkaPort, "the Kafka broker", "TUMORBOARD_EMBEDDED_KAFKA_PORT");
            stops.push(postgres::stop);
            postgres.start();
            stops.push(broker::stop);
            broker.start();
            return this;
        } catch (RuntimeException e) {
            close();
            throw e;
        }
    }

    /** Address of the database, without its user. */
    public String jdbcUrl() {
        return started(postgres).jdbcUrl();
    }

    public String username() {
        return PostgresServer.USER;
    }

    public String password() {
        return started(postgres).password();
    }

    /** {@code host:port} of the broker, the same after {@link #stopBroker()} and {@link #startBroker()}. */
    public String bootstrapServers() {
        return started(broker).bootstrapServers();
    }

    /** Takes the broker away and leaves PostgreSQL running. */
    public synchronized void stopBroker() {
        started(broker).stop();
    }

    /** Brings the broker back, with its records, on its old address. */
    public synchronized void startBroker() {
        started(broker).start();
    }

    /** Takes PostgreSQL away, with every session that is open, and leaves the broker running. */
    public synchronized void stopDatabase() {
        started(postgres).stop();
    }

    /** Brings PostgreSQL back, with its data, on its old address. */
    public synchronized void startDatabase() {
        started(postgres).start();
    }

    /** Stops the broker, then PostgreSQL; close their clients before. Does nothing the second time. */
    @Override
    public synchronized void close() {
        Runnable stop = stops.poll();
        if (stop == null) {
            return;
        }
        try {
            stop.run();
        } finally {
            close();
        }
    }

    private static <T> T started(@Nullable T server) {
        if (server == null) {
            throw new IllegalStateException("expected started servers, but they are not started");
        }
        return server;
    }
}
