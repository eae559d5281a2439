package org.tumorboard.faults;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

/** One application node: a process of its own, always on the same port, started again whenever it has ended. */
final class Node implements AutoCloseable {

    private static final int HEAP_MEGABYTES = 420;
    private static final int ENDED_BY_SIGTERM = 143;
    private static final Duration PATIENCE = Duration.ofMinutes(4);

    /** Short, so that a pause that is longer costs little. */
    static final Duration SESSION = Duration.ofSeconds(6);

    private static final List<String> LIKE_IN_OPERATION = List.of(
            "--spring.profiles.active=test",
            "--camunda.bpm.job-execution.enabled=true",
            "--tumorboard.inbox.look-around=10s",
            "--tumorboard.sla.self-check-every=10s",
            "--tumorboard.acknowledgements.look-every=15s",
            "--tumorboard.operations.read-every=5s");

    private static final List<String> SHORT_SESSIONS = List.of(
            "--spring.kafka.consumer.properties[session.timeout.ms]=" + SESSION.toMillis(),
            "--spring.kafka.consumer.properties[heartbeat.interval.ms]=1500");

    private static final String ADMIN = Base64.getEncoder().encodeToString("admin:test".getBytes(UTF_8));

    private static final ObjectMapper JSON = new ObjectMapper();

    private static final HttpClient HTTP =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(2)).build();

    private final String name;
    private final Path log;
    private final Class<?> main;
    private final List<String> options;
    private final Map<String, String> environment;
    private final List<String> arguments;
    private final int port = Java.freePort();
    private final AtomicInteger endedByItself = new AtomicInteger();
    private final AtomicInteger failedStarts = new AtomicInteger();
    private Process process;
    private boolean isWanted = true;
    private volatile boolean isUp;

    private Node(
            String name,
            Path log,
            Class<?> main,
            List<String> options,
            Map<String, String> environment,
            List<String> further) {
        this.name = name;
        this.log = log;
        this.main = main;
        this.options = options;
        this.environment = environment;
        this.arguments = new ArrayList<>(LIKE_IN_OPERATION);
        arguments.add("--server.port=" + port);
        arguments.addAll(further);
        this.process = launched();
    }

    static Node start(String name, Path folder, Class<?> main, Map<String, String> environment, List<String> further) {
        List<String> arguments = new ArrayList<>(SHORT_SESSIONS);
        arguments.addAll(further);
        return new Node(name, folder.resolve(name + ".log"), main, Java.QUICK_START, environment, arguments);
    }

    /** One with the sessions of operation, that takes its time to start and is then as fast as it gets. */
    static Node startForSpeed(String name, Path folder, Class<?> main, Map<String, String> environment) {
        return new Node(name, folder.resolve(name + ".log"), main, List.of(), environment, List.of());
    }

    int port() {
        return port;
    }

    /** It has answered since it was started last. */
    boolean isUp() {
        return isUp;
    }

    void awaitUp() {
        await("node " + name + " is up, else see " + log)
                .atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(250))
                .until(() -> {
                    watch();
                    return isUp;
                });
    }

    /** How often it ended although nobody had killed it, having been up. */
    int endedByItself() {
        return endedByItself.get();
    }

    /** How often it gave up at its start because a server was away. */
    int failedStarts() {
        return failedStarts.get();
    }

    /** Waits until it has ended by itself, as it was told to. */
    void awaitEnd(int exitCode) {
        await("node " + name + " has ended, else see " + log)
                .atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(50))
                .until(() -> !process.isAlive());
        if (process.exitValue() != exitCode) {
            throw new IllegalStateException(
                    "expected %s to end with %d, but it did with %d".formatted(name, exitCode, process.exitValue()));
        }
    }

    /** Looks whether it answers, and starts it again if it has ended. */
    synchronized void watch() {
        if (isWanted && !process.isAlive()) {
            (isUp ? endedByItself : failedStarts).incrementAndGet();
            isUp = false;
            process = launched();
        } else if (isWanted && !isUp) {
            isUp = isHealthy();
        }
    }

    synchronized void kill() {
        isWanted = false;
        isUp = false;
        Java.kill(process);
    }

    /** As an operator stops it; returns when it has ended. */
    synchronized void stop() {
        isWanted = false;
        isUp = false;
        Java.signal("TERM", process);
        awaitEnd(ENDED_BY_SIGTERM);
    }

    synchronized void startAgain() {
        process = launched();
        isWanted = true;
    }

    synchronized void pause() {
        Java.signal("STOP", process);
    }

    synchronized void resume() {
        Java.signal("CONT", process);
    }

    @Override
    public void close() {
        kill();
    }

    private Process launched() {
        return Java.start(main, HEAP_MEGABYTES, options, log, environment, arguments);
    }

    private boolean isHealthy() {
        try {
            return get("/actuator/health", Duration.ofSeconds(5)).statusCode() == 200;
        } catch (IOException e) {
            return false;
        }
    }

    /** How many partitions it takes, as its health says; 0 if it does not answer. */
    int partitions() {
        try {
            JsonNode taken = JSON.readTree(get("/actuator/health").body()).at("/components/inbox/details/partitions");
            int sum = 0;
            for (JsonNode ofDepartment : taken) {
                sum += ofDepartment.asInt();
            }
            return sum;
        } catch (IOException e) {
            return 0;
        }
    }

    /** How many lines of its log say so. */
    long logged(String text) {
        try (Stream<String> lines = Files.lines(log)) {
            return lines.filter(line -> line.contains(text)).count();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Asks as an administrator. */
    HttpResponse<String> get(String path) throws IOException {
        return get(path, Duration.ofSeconds(20));
    }

    /** How it answers; 0 if it does not. */
    int status(String path) {
        try {
            return get(path).statusCode();
        } catch (IOException e) {
            return 0;
        }
    }

    private HttpResponse<String> get(String path, Duration atMost) throws IOException {
        try {
            return HTTP.send(
                    HttpRequest.newBuilder(URI.create("http://127.0.0.1:%d%s".formatted(port, path)))
                            .header("Authorization", "Basic " + ADMIN)
                            .timeout(atMost)
                            .build(),
                    HttpResponse.BodyHandlers.ofString());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException(e);
        }
    }
}
