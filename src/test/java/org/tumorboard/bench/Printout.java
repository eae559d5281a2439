package org.tumorboard.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Shows results on the console, and leaves them with all statements under {@code target/bench}. */
public final class Printout {

    private static final Logger LOG = LoggerFactory.getLogger(Printout.class);
    private static final Path DIRECTORY = Path.of("target", "bench");

    private static final int LONGEST = 200;

    private Printout() {}

    static void print(String machine, Results results) throws IOException {
        String table = machine + "\n" + results.table();
        LOG.info("\n\n{}", table);
        Files.createDirectories(DIRECTORY);
        String name = results.workload().title().replace(' ', '-');
        Files.writeString(DIRECTORY.resolve(name + ".txt"), table);
        Files.writeString(DIRECTORY.resolve(name + "-statements.txt"), statements(results));
    }

    public static void print(String machine, String title, String table) throws IOException {
        LOG.info("\n\n{}\n{}", machine, table);
        Files.createDirectories(DIRECTORY);
        Files.writeString(DIRECTORY.resolve(title.replace(' ', '-') + ".txt"), machine + "\n" + table);
    }

    /** Leaves how often each statement was executed. */
    static void keep(String title, Map<String, Double> statements) throws IOException {
        Files.createDirectories(DIRECTORY);
        Files.writeString(DIRECTORY.resolve(title.replace(' ', '-') + "-statements.txt"), list(statements));
    }

    private static String statements(Results results) {
        StringBuilder list = new StringBuilder();
        for (Variant variant : Variant.values()) {
            list.append(variant.title()).append(": executions per event\n");
            list.append(list(results.statements().get(variant))).append('\n');
        }
        return list.toString();
    }

    private static String list(Map<String, Double> statements) {
        StringBuilder list = new StringBuilder();
        statements.entrySet().stream()
                .sorted(Map.Entry.<String, Double>comparingByValue().reversed())
                .forEach(entry -> list.append(String.format(Locale.ROOT, "%8.3f  ", entry.getValue()))
                        .append(shortened(entry.getKey()))
                        .append('\n'));
        return list.toString();
    }

    private static String shortened(String sql) {
        String line = sql.strip().replaceAll("\\s+", " ").replaceAll("\\?(, \\?)+", "?, …");
        return line.length() <= LONGEST ? line : line.substring(0, LONGEST) + " …";
    }
}
