package org.tumorboard.bench;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;

/** On what was measured. */
final class Machine {

    private Machine() {}

    static String description(Database database, Path data) throws IOException {
        Runtime runtime = Runtime.getRuntime();
        return """
                %d cores, %s %s, load %.2f before the first run; JDK %s, heap %d MB
                PostgreSQL %s in processes of its own (fsync %s, synchronous_commit %s, shared_buffers %s, data on %s)
                Kafka broker in a JVM of its own, so that the application's CPU is this JVM's; all on this machine
                """
                .formatted(
                        runtime.availableProcessors(),
                        System.getProperty("os.name"),
                        System.getProperty("os.arch"),
                        ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage(),
                        System.getProperty("java.version"),
                        runtime.maxMemory() >> 20,
                        database.setting("server_version"),
                        database.setting("fsync"),
                        database.setting("synchronous_commit"),
                        database.setting("shared_buffers"),
                        Files.getFileStore(data).type());
    }
}
