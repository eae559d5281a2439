package org.tumorboard.bench;

import java.io.IOException;
import java.io.OutputStream;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Properties;
import org.tumorboard.embedded.EmbeddedServers;

/**
 * PostgreSQL and the broker in a process of their own, so that the application's CPU time is its own alone. It ends
 * when whoever started it closes its input, or is gone.
 */
final class ServersProcess {

    private ServersProcess() {}

    /** @param arguments the data directory, and the file that will say where the servers are */
    public static void main(String[] arguments) throws IOException {
        Path addresses = Path.of(arguments[1]);
        try (EmbeddedServers servers = EmbeddedServers.start(Path.of(arguments[0]), 0, 0)) {
            Properties said = new Properties();
            said.setProperty("spring.datasource.url", servers.jdbcUrl());
            said.setProperty("spring.datasource.username", servers.username());
            said.setProperty("spring.datasource.password", servers.password());
            said.setProperty("spring.kafka.bootstrap-servers", servers.bootstrapServers());
            Path draft = addresses.resolveSibling("addresses.draft");
            try (Writer writer = Files.newBufferedWriter(draft)) {
                said.store(writer, null);
            }
            Files.move(draft, addresses, StandardCopyOption.ATOMIC_MOVE);
            System.in.transferTo(OutputStream.nullOutputStream());
        }
    }
}
