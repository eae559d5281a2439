package org.tumorboard.embedded;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Set;

/**
 * A base backup of a server at work, by the protocol that backup tools use (PostgreSQL's manual, "Continuous Archiving and
 * Point-in-Time Recovery"), with the write-ahead log that it needs.
 */
final class PostgresBackup {

    private static final Set<String> NOT_COPIED = Set.of(
            "postmaster.pid", "postmaster.opts", "pg_wal", "pg_replslot", "pg_dynshmem", "pg_notify", "pg_subtrans");

    private final Path folder;
    private final PostgresAccount account = PostgresAccount.detect();

    /** @param folder where backup and log go; empty */
    PostgresBackup(Path folder) {
        this.folder = folder;
    }

    /** The server's settings by which it archives its log here; they hold from its next start on. */
    void archive(Connection server) throws SQLException, IOException {
        account.own(Files.createDirectory(archive()));
        try (Statement statement = server.createStatement()) {
            statement.execute("alter system set archive_mode = on");
            statement.execute("alter system set archive_command = 'cp %%p %s/%%f'".formatted(archive()));
        }
    }

    void take(Connection server, Path data) throws SQLException, IOException {
        try (Statement statement = server.createStatement()) {
            statement.execute("select pg_backup_start('backup', true)");
            copy(data, base());
            try (ResultSet end = statement.executeQuery("select labelfile from pg_backup_stop(true)")) {
                end.next();
                owned(base().resolve("backup_label"), end.getString("labelfile"));
            }
        }
    }

    /** Puts the backup in the place of the data; the server that starts there next is as it was when the backup ended. */
    void putInto(Path data) throws IOException {
        copy(base(), data);
        Files.writeString(
                data.resolve("postgresql.auto.conf"),
                """
                restore_command = 'cp %s/%%f %%p'
                recovery_target = 'immediate'
                recovery_target_action = 'promote'
                """
                        .formatted(archive()),
                StandardOpenOption.APPEND);
        owned(data.resolve("recovery.signal"), "");
    }

    private Path archive() {
        return folder.resolve("archive");
    }

    private Path base() {
        return folder.resolve("base");
    }

    private void owned(Path file, String text) throws IOException {
        account.own(Files.writeString(file, text));
    }

    /** A file may go while the server works; its log says so. */
    private static void copy(Path from, Path to) throws IOException {
        Files.walkFileTree(from, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path directory, BasicFileAttributes attributes)
                    throws IOException {
                copy(directory);
                return isCopied(directory) ? FileVisitResult.CONTINUE : FileVisitResult.SKIP_SUBTREE;
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                if (isCopied(file)) {
                    copy(file);
                }
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFileFailed(Path file, IOException e) throws IOException {
                if (e instanceof NoSuchFileException) {
                    return FileVisitResult.CONTINUE;
                }
                throw e;
            }

            private boolean isCopied(Path file) {
                return !NOT_COPIED.contains(from.relativize(file).toString());
            }

            private void copy(Path file) throws IOException {
                try {
                    Files.copy(file, to.resolve(from.relativize(file)), StandardCopyOption.COPY_ATTRIBUTES);
                } catch (NoSuchFileException e) {
                    if (Files.exists(file)) {
                        throw new UncheckedIOException(e);
                    }
                }
            }
        });
    }
}
