package org.tumorboard.embedded;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * Under which account PostgreSQL's programs run, because they refuse root: as they are for an ordinary user; for root
 * in a user namespace of their own, where root is nobody; and where the system forbids that (most containers), as the
 * account {@code nobody}, which then owns the database's files.
 */
enum PostgresAccount {
    THIS_USER(List.of()),
    NAMESPACE(List.of("unshare", "--user")),
    NOBODY(List.of("setpriv", "--reuid=nobody", "--regid=65534", "--clear-groups"));

    private final List<String> prefix;

    PostgresAccount(List<String> prefix) {
        this.prefix = prefix;
    }

    static PostgresAccount detect() {
        if (!"root".equals(System.getProperty("user.name"))) {
            return THIS_USER;
        }
        return Stream.of(NAMESPACE, NOBODY)
                .filter(PostgresAccount::hasNamedUser)
                .findFirst()
                .orElseThrow(
                        () -> new EmbeddedServersException(
                                "PostgreSQL refuses to run as root, and neither unshare nor setpriv can give it another account here: start as an ordinary user, or set SPRING_DATASOURCE_URL and SPRING_KAFKA_BOOTSTRAP_SERVERS to servers of your own."));
    }

    /** What stands before the program on the command line. */
    List<String> prefix() {
        return prefix;
    }

    /** Gives a file or directory to the account that the programs run under. */
    void own(Path file) throws IOException {
        if (this == NOBODY) {
            Files.setOwner(
                    file, file.getFileSystem().getUserPrincipalLookupService().lookupPrincipalByName("nobody"));
        }
    }

    /** PostgreSQL looks its user up by number and stops if it has no name. */
    private boolean hasNamedUser() {
        try {
            Process process = new ProcessBuilder(Stream.concat(prefix.stream(), Stream.of("id", "-un"))
                            .toList())
                    .redirectErrorStream(true)
                    .start();
            String user = new String(process.getInputStream().readAllBytes()).strip();
            return process.waitFor() == 0 && !user.equals("root");
        } catch (IOException programMissing) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
