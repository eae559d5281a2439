package org.tumorboard.faults;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.Socket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** The broker's process, killed and started again on the same records and addresses. */
final class Broker implements AutoCloseable {

    private static final int HEAP_MEGABYTES = 320;

    private final Path directory;
    private final int port = Java.freePort();
    private final int controllerPort = Java.freePort();
    private final int portForNodes;
    private final int portOfWire;
    private Process process;

    private Broker(Path directory, int portForNodes, int portOfWire) {
        this.directory = directory;
        this.portForNodes = portForNodes;
        this.portOfWire = portOfWire;
        this.process = launched();
    }

    static Broker start(Path directory, int portForNodes, int portOfWire) {
        Broker broker = new Broker(directory, portForNodes, portOfWire);
        broker.awaitListening();
        return broker;
    }

    /** For the tests; no wire between. */
    String address() {
        return "127.0.0.1:" + port;
    }

    void kill() {
        Java.kill(process);
    }

    void startAgain() {
        process = launched();
        awaitListening();
    }

    @Override
    public void close() {
        kill();
    }

    private Process launched() {
        return Java.start(
                BrokerProcess.class,
                HEAP_MEGABYTES,
                Java.QUICK_START,
                directory.resolve("broker.log"),
                Map.of(),
                List.of(
                        directory.resolve("kafka").toString(),
                        Integer.toString(port),
                        Integer.toString(portForNodes),
                        Integer.toString(portOfWire),
                        Integer.toString(controllerPort)));
    }

    private void awaitListening() {
        await().atMost(Duration.ofMinutes(1))
                .pollInterval(Duration.ofMillis(100))
                .until(() -> isListening(port) || !process.isAlive());
        if (!process.isAlive()) {
            throw new IllegalStateException("the broker ended by itself: see " + directory.resolve("broker.log"));
        }
    }

    private static boolean isListening(int port) {
        try (Socket socket = new Socket("127.0.0.1", port)) {
            return socket.isConnected();
        } catch (IOException e) {
            return false;
        }
    }
}
