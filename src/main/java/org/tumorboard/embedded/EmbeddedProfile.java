package org.tumorboard.embedded;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.context.config.ConfigDataEnvironmentPostProcessor;
import org.springframework.boot.env.EnvironmentPostProcessor;
import org.springframework.core.Ordered;
import org.springframework.core.env.ConfigurableEnvironment;

/**
 * Chooses whose servers the application uses, before any configuration file is read: with a database and a broker
 * given, those; with none given, the profile {@code embedded}, unless another profile is active.
 */
final class EmbeddedProfile implements EnvironmentPostProcessor, Ordered {

    static final String NAME = "embedded";

    @Override
    public void postProcessEnvironment(ConfigurableEnvironment environment, SpringApplication application) {
        boolean database = environment.containsProperty("spring.datasource.url");
        boolean broker = environment.containsProperty("spring.kafka.bootstrap-servers");
        if (database != broker) {
            throw new EmbeddedServersException(
                    "%s is given, but %s is not: give both to use servers of your own, or neither to use the embedded ones."
                            .formatted(setting(database), setting(!database)));
        }
        if (!database) {
            environment.setDefaultProfiles(NAME);
        }
    }

    @Override
    public int getOrder() {
        return ConfigDataEnvironmentPostProcessor.ORDER - 1;
    }

    private static String setting(boolean database) {
        return database ? "SPRING_DATASOURCE_URL" : "SPRING_KAFKA_BOOTSTRAP_SERVERS";
    }
}
