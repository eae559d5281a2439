package org.tumorboard.embedded;

import java.nio.file.Path;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.core.env.Environment;

/**
 * Settings of the profile {@code embedded}, under {@code tumorboard}.
 *
 * @param dataDir  where the servers keep their data ({@code TUMORBOARD_DATA_DIR}); relative to the working directory
 * @param embedded ports on 127.0.0.1
 */
record EmbeddedSettings(@DefaultValue("data") Path dataDir, @DefaultValue Ports embedded) {

    static EmbeddedSettings of(Environment environment) {
        return Binder.get(environment).bindOrCreate("tumorboard", EmbeddedSettings.class);
    }

    /**
     * @param postgresPort {@code TUMORBOARD_EMBEDDED_POSTGRES_PORT}; 0 for any free port
     * @param kafkaPort    {@code TUMORBOARD_EMBEDDED_KAFKA_PORT}; 0 for any free port
     */
    record Ports(@DefaultValue("15432") int postgresPort, @DefaultValue("9092") int kafkaPort) {}
}
