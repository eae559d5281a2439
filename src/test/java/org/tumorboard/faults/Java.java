package org.tumorboard.faults;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;

/** Processes of the tests' own class path, with small heaps; what they print goes to a file. */
final class Java {

    /** For processes that are started again and again. */
    static final List<String> QUICK_START = List.of("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1");

    private static final Set<Process> STARTED = ConcurrentHashMap.newKeySet();

    static {
        // whatever ends the tests ends what they have started
        Runtime.getRuntime().addShutdownHook(new Thread(() -> STARTED.forEach(Process::destroyForcibly)));
    }

    private Java() {}

    static Process start(
            Class<?> main,
            int heapMegabytes,
            List<String> options,
            Path log,
            Map<String, String> environment,
            List<String> arguments) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.add("-Xmx%dm".formatted(heapMegabytes));
        command.addAll(options);
        command.addAll(List.of("-Duser.timezone=UTC", "-cp", System.getProperty("java.class.path"), main.getName()));
        command.addAll(arguments);
        ProcessBuilder builder = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
        builder.environment().putAll(environment);
        try {
            Process process = builder.start();
            STARTED.add(process);
            return process;
        } catch (IOException e) {
            throw new UncheckedIOException("expected to start " + main.getSimpleName(), e);
        }
    }

    static void signal(String name, Process process) {
        try {
            new ProcessBuilder("kill", "-" + name, Long.toString(process.pid()))
                    .start()
                    .waitFor();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    static void kill(Process process) {
        process.destroyForcibly().onExit().join();
        STARTED.remove(process);
    }

    /** Below those that outgoing connections take, so that it is free again after a kill. */
    static int freePort() {
        for (int port : ThreadLocalRandom.current().ints(100, 20_000, 30_000).toArray()) {
            try (ServerSocket socket = new ServerSocket(port)) {
                return socket.getLocalPort();
            } catch (IOException e) {
                // taken: try another
            }
        }
        throw new IllegalStateException("expected a free port between 20000 and 30000");
    }
}
