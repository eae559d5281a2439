package org.tumorboard.embedded;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Comparator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The directory that outlives the process: {@code postgres/}, {@code kafka/} and the unpacked programs. One running
 * instance owns it, by a file lock that the operating system gives back even after a hard kill.
 */
final class DataDirectory implements AutoCloseable {

    private static final String SETTING = "TUMORBOARD_DATA_DIR";

    private final Path path;
    private final FileChannel lockFile;

    private DataDirectory(Path path, FileChannel lockFile) {
        this.path = path;
        this.lockFile = lockFile;
    }

    /** Creates the directory if need be and takes its lock. */
    static DataDirectory claim(Path wanted) {
        Path path = wanted.toAbsolutePath().normalize();
        try {
            Files.createDirectories(path);
            Path real = path.toRealPath();
            refuseForeignOwner(real);
            return new DataDirectory(real, lock(real.resolve("lock")));
        } catch (IOException e) {
            throw new EmbeddedServersException(
                    "The data directory %s cannot be written to (%s): give yourself the right to, or set %s to another directory."
                            .formatted(path, e, SETTING),
                    e);
        }
    }

    Path resolve(String name) {
        return path.resolve(name);
    }

    /**
     * A new directory that gets its name only when it is complete, so that a kill half-way leaves nothing that looks
     * finished.
     */
    Path createWhole(String name, Filling filling) {
        Path whole = path.resolve(name);
        Path unfinished = path.resolve(name + ".unfinished");
        try {
            deleteTree(unfinished);
            Files.createDirectory(unfinished);
            filling.fill(unfinished);
            return Files.move(unfinished, whole);
        } catch (IOException e) {
            throw new UncheckedIOException("expected to create " + whole + ", but it failed", e);
        }
    }

    @Override
    public void close() {
        try {
            lockFile.close();
        } catch (IOException e) {
            throw new UncheckedIOException("expected to release the data directory " + path + ", but it failed", e);
        }
    }

    /** A root start on another user's directory would leave files there that its owner cannot read any more. */
    private static void refuseForeignOwner(Path path) throws IOException {
        Path probe = Files.createTempFile(path, "write-probe", null);
        try {
            Path lock = path.resolve("lock");
            if (Files.exists(lock) && !Files.getOwner(lock).equals(Files.getOwner(probe))) {
                throw new EmbeddedServersException(
                        "The data directory %s belongs to the user %s: start as that user, or set %s to another directory."
                                .formatted(path, Files.getOwner(lock).getName(), SETTING));
            }
        } finally {
            Files.delete(probe);
        }
    }

    private static FileChannel lock(Path file) throws IOException {
        FileChannel channel =
                FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
        if (tryLock(channel) == null) {
            channel.close();
            throw new EmbeddedServersException(
                    "The data directory %s is in use by a running instance (process %s): stop that one, or set %s to another directory."
                            .formatted(file.getParent(), Files.readString(file).strip(), SETTING));
        }
        channel.truncate(0);
        channel.write(ByteBuffer.wrap((ProcessHandle.current().pid() + "\n").getBytes(StandardCharsets.US_ASCII)));
        return channel;
    }

    private static @Nullable FileLock tryLock(FileChannel channel) throws IOException {
        try {
            return channel.tryLock();
        } catch (OverlappingFileLockException heldByThisProcess) {
            return null;
        }
    }

    private static void deleteTree(Path root) throws IOException {
        if (!Files.exists(root)) {
            return;
        }
        try (Stream<Path> files = Files.walk(root)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }

    /** Fills a directory that is still empty. */
    @FunctionalInterface
    interface Filling {
        void fill(Path directory) throws IOException;
    }
}
