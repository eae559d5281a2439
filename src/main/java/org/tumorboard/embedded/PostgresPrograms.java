package org.tumorboard.embedded;

import io.zonky.test.db.postgres.embedded.DefaultPostgresBinaryResolver;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.CRC32;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.lang3.SystemUtils;
import org.tukaani.xz.XZInputStream;

/**
 * PostgreSQL's own programs ({@code initdb}, {@code pg_ctl}), unpacked from the Maven artifact for this machine into
 * the data directory. They stay there, so that a clean-up of the temporary directory cannot pull them away under a
 * running server.
 */
final class PostgresPrograms {

    private final Path bin;
    private final PostgresAccount account;

    private PostgresPrograms(Path bin, PostgresAccount account) {
        this.bin = bin;
        this.account = account;
    }

    static PostgresPrograms unpackedInto(DataDirectory directory) {
        byte[] archive = archive();
        CRC32 checksum = new CRC32();
        checksum.update(archive);
        String name = "postgres-programs-%08x".formatted(checksum.getValue());
        if (!Files.exists(directory.resolve(name))) {
            directory.createWhole(name, target -> unpack(archive, target));
        }
        return new PostgresPrograms(directory.resolve(name).resolve("bin"), PostgresAccount.detect());
    }

    PostgresAccount account() {
        return account;
    }

    /**
     * Runs a program to its end.
     *
     * @throws EmbeddedServersException with the program's own words if it fails
     */
    void run(String program, String... arguments) {
        List<String> command = new ArrayList<>(account.prefix());
        command.add(bin.resolve(program).toString());
        command.addAll(List.of(arguments));
        try {
            Process process = new ProcessBuilder(command)
                    .directory(bin.toFile())
                    .redirectErrorStream(true)
                    .start();
            String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
            if (process.waitFor() != 0) {
                throw new EmbeddedServersException("PostgreSQL's %s failed: %s".formatted(program, output));
            }
        } catch (IOException e) {
            throw new UncheckedIOException("expected to run " + command + ", but it could not start", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new EmbeddedServersException("Interrupted while waiting for PostgreSQL's %s.".formatted(program), e);
        }
    }

    private static byte[] archive() {
        String system = SystemUtils.IS_OS_MAC ? "Darwin" : SystemUtils.IS_OS_WINDOWS ? "Windows" : "Linux";
        String machine = SystemUtils.OS_ARCH.equals("amd64") ? "x86_64" : SystemUtils.OS_ARCH;
        try (InputStream archive = DefaultPostgresBinaryResolver.INSTANCE.getPgBinary(system, machine)) {
            return archive.readAllBytes();
        } catch (IOException | IllegalStateException e) {
            throw new EmbeddedServersException(
                    "There is no embedded PostgreSQL for %s on %s: set SPRING_DATASOURCE_URL and SPRING_KAFKA_BOOTSTRAP_SERVERS to servers of your own."
                            .formatted(system, machine),
                    e);
        }
    }

    private static void unpack(byte[] archive, Path target) throws IOException {
        try (TarArchiveInputStream entries =
                new TarArchiveInputStream(new XZInputStream(new ByteArrayInputStream(archive)))) {
            for (TarArchiveEntry entry = entries.getNextEntry(); entry != null; entry = entries.getNextEntry()) {
                Path path = target.resolve(entry.getName()).normalize();
                if (entry.isDirectory()) {
                    Files.createDirectories(path);
                    continue;
                }
                Files.createDirectories(path.getParent());
                if (entry.isSymbolicLink()) {
                    Files.createSymbolicLink(path, Path.of(entry.getLinkName()));
                } else {
                    Files.copy(entries, path);
                    path.toFile().setExecutable((entry.getMode() & 0100) != 0, false);
                }
            }
        }
    }
}
