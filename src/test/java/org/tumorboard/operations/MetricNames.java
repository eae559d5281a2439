package org.tumorboard.operations;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.yaml.snakeyaml.Yaml;

/** The PromQL that stands under {@code docker/}, and the metrics it names. */
final class MetricNames {

    private static final Path DASHBOARDS = Path.of("docker", "grafana", "dashboards");
    private static final Path ALERTS = Path.of("docker", "prometheus", "alerts.yml");

    /** What Prometheus itself makes. */
    private static final Set<String> OF_PROMETHEUS = Set.of("up", "ALERTS");

    private static final Set<String> WORDS = Set.of("and", "or", "unless", "bool", "offset", "on", "ignoring");

    /** Strings, label matchers, ranges, and the label lists of aggregations: no metric is named in them. */
    private static final Pattern NO_NAMES =
            Pattern.compile("\"[^\"]*\"|\\{[^}]*}|\\[[^]]*]|\\b(by|without|on|ignoring)\\s*\\([^)]*\\)");

    private static final Pattern NAME = Pattern.compile("\\b[a-zA-Z_:][a-zA-Z0-9_:]*(?!\\s*\\(|[a-zA-Z0-9_:])");

    private MetricNames() {}

    /** The dashboards' and the alerts' expressions. */
    static List<String> expressions() throws IOException {
        try (Stream<Path> files = Files.list(DASHBOARDS)) {
            Stream<String> shown = files.filter(file -> file.toString().endsWith(".json"))
                    .map(MetricNames::read)
                    .flatMap(dashboard -> dashboard.findValuesAsText("expr").stream());
            return Stream.concat(shown, ofAlerts(new Yaml().load(Files.readString(ALERTS))))
                    .toList();
        }
    }

    private static JsonNode read(Path file) {
        try {
            return new ObjectMapper().readTree(file.toFile());
        } catch (IOException e) {
            throw new IllegalStateException(file + " is no JSON", e);
        }
    }

    private static Stream<String> ofAlerts(Object yaml) {
        return new ObjectMapper().<JsonNode>valueToTree(yaml).findValuesAsText("expr").stream();
    }

    /** The metrics that an expression asks for, as Prometheus calls them. */
    static Set<String> namedBy(String expression) {
        Set<String> names = new LinkedHashSet<>();
        Matcher matcher = NAME.matcher(NO_NAMES.matcher(expression).replaceAll(" "));
        while (matcher.find()) {
            names.add(matcher.group());
        }
        names.removeAll(WORDS);
        names.removeAll(OF_PROMETHEUS);
        return names;
    }

    /** The metrics of a scrape. */
    static Set<String> exposedBy(String scrape) {
        Set<String> names = new TreeSet<>();
        scrape.lines()
                .filter(line -> !line.startsWith("#") && !line.isBlank())
                .forEach(line -> names.add(line.split("[{ ]", 2)[0]));
        return names;
    }
}
