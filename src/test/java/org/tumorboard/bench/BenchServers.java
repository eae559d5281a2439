package org.tumorboard.bench;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Properties;
import org.springframework.beans.factory.support.DefaultListableBeanFactory;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.env.PropertiesPropertySource;
import org.springframework.util.FileSystemUtils;

/** Starts fresh servers for an application context and ends them after it; their data is gone then. */
final class BenchServers implements ApplicationContextInitializer<ConfigurableApplicationContext> {

    @Override
    public void initialize(ConfigurableApplicationContext context) {
        try {
            Path directory = Files.createTempDirectory("tumorboard-bench");
            Path addresses = directory.resolve("addresses.properties");
            Process process = start(directory, addresses);
            await().atMost(Duration.ofMinutes(2)).until(() -> Files.exists(addresses) || !process.isAlive());
            Properties properties = new Properties();
            try (Reader reader = Files.newBufferedReader(addresses)) {
                properties.load(reader);
            }
            context.getEnvironment().getPropertySources().addFirst(new PropertiesPropertySource("servers", properties));
            var beans = (DefaultListableBeanFactory) context.getBeanFactory();
            Servers servers = new Servers(process, directory);
            beans.registerSingleton("servers", servers);
            beans.registerDisposableBean("servers", servers::stop);
        } catch (IOException e) {
            throw new UncheckedIOException("expected PostgreSQL and a broker, but they did not start", e);
        }
    }

    private static Process start(Path directory, Path addresses) throws IOException {
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx512m",
                        "-cp",
                        ManagementFactory.getRuntimeMXBean().getClassPath(),
                        ServersProcess.class.getName(),
                        directory.resolve("data").toString(),
                        addresses.toString())
                .redirectErrorStream(true)
                .redirectOutput(directory.resolve("servers.log").toFile())
                .start();
    }

    /**
     * The running servers.
     *
     * @param process the broker's; PostgreSQL has its own
     */
    record Servers(Process process, Path directory) {

        private void stop() throws IOException, InterruptedException {
            process.getOutputStream().close();
            process.waitFor();
            FileSystemUtils.deleteRecursively(directory);
        }
    }
}
