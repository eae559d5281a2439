package org.tumorboard;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.springframework.core.io.ClassPathResource;

/** What the jar ships, as its own bill of materials tells it: under free licences, released, and mended. */
class SupplyChainTest {

    private static final Set<String> FREE = Set.of(
            "0BSD",
            "Apache-2.0",
            "BSD-2-Clause",
            "BSD-3-Clause",
            "CC0-1.0",
            "EPL-1.0",
            "EPL-2.0",
            "MIT",
            "MIT-0",
            "Unicode-3.0");

    /** What the bill has wrong, after a look into the artifact. */
    private static final Map<String, String> LOOKED_UP = Map.of(
            // its pom says "Go License" and points at the three clauses of Go
            "com.google.re2j:re2j", "BSD-3-Clause",
            // its pom says "BSD" and points at the three clauses
            "com.thoughtworks.paranamer:paranamer", "BSD-3-Clause",
            // the bpmn.io licence: MIT, and the watermark stays in the picture, as it does on our pages
            "org.webjars.npm:bpmn-js", "MIT");

    private static final Path LIST = Path.of("target/licences.csv");

    private record Component(String name, String version, List<String> licences) {

        static Component of(JsonNode node) {
            String name = node.path("group").asText() + ":" + node.path("name").asText();
            List<String> found = StreamSupport.stream(node.path("licenses").spliterator(), false)
                    .map(Component::licence)
                    .sorted()
                    .toList();
            return new Component(
                    name,
                    node.path("version").asText(),
                    LOOKED_UP.containsKey(name) ? List.of(LOOKED_UP.get(name)) : found);
        }

        private static String licence(JsonNode node) {
            JsonNode licence = node.path("license");
            String said = node.path("expression")
                    .asText(licence.path("id").asText(licence.path("name").asText()));
            return said.equals("Apache Software License 2.0") ? "Apache-2.0" : said;
        }
    }

    /** Where a component has several, one may choose. */
    @Test
    void everyComponentHasAFreeLicenceAndStandsOnTheList() throws IOException {
        List<Component> shipped = shipped();

        Files.write(
                LIST,
                shipped.stream()
                        .map(one -> "%s,%s,%s".formatted(one.name(), one.version(), String.join(" | ", one.licences())))
                        .toList());

        assertThat(shipped).hasSizeGreaterThan(100);
        assertThat(shipped).allSatisfy(one -> assertThat(one.licences()).containsAnyElementsOf(FREE));
    }

    @Test
    void everyVersionIsAReleasedOne() throws IOException {
        assertThat(shipped()).allSatisfy(one -> assertThat(one.version())
                .as(one.name())
                .matches("(?i)(?!.*(snapshot|alpha|beta|-rc|-m\\d|[\\[(,])).*\\d.*"));
    }

    @Test
    void noComponentIsOlderThanTheOneThatMendedIt() throws IOException {
        Map<String, Component> shipped =
                shipped().stream().collect(Collectors.toMap(Component::name, Function.identity(), (a, b) -> a));
        for (String line : lines("fixed-versions.csv")) {
            String[] row = line.split(",");

            assertThat(shipped).as("take %s out, it is shipped no more", row[0]).containsKey(row[0]);
            assertThat(shipped.get(row[0]).version())
                    .as("%s, which mends %s", row[0], row[2])
                    .usingComparator(SupplyChainTest::compare)
                    .isGreaterThanOrEqualTo(row[1]);
        }
    }

    @Test
    void versionsAreComparedByTheirNumbers() {
        assertThat(compare("10.0.2", "9.47")).isPositive();
        assertThat(compare("4.1.9.Final", "4.1.118.Final")).isNegative();
        assertThat(compare("2.13.4.2", "2.13.4")).isPositive();
        assertThat(compare("3.1.4.RELEASE", "3.1.4")).isZero();
    }

    private static int compare(String one, String other) {
        return Arrays.compare(numbers(one), numbers(other));
    }

    private static int[] numbers(String version) {
        return Arrays.stream(version.split("[.-]"))
                .filter(part -> part.matches("\\d+"))
                .mapToInt(Integer::parseInt)
                .toArray();
    }

    private static List<Component> shipped() throws IOException {
        JsonNode bill = new ObjectMapper()
                .readTree(new ClassPathResource("META-INF/sbom/application.cdx.json").getContentAsByteArray());
        return StreamSupport.stream(bill.path("components").spliterator(), false)
                .map(Component::of)
                .sorted(Comparator.comparing(Component::name))
                .toList();
    }

    private static List<String> lines(String resource) throws IOException {
        return new ClassPathResource(resource)
                .getContentAsString(UTF_8)
                .lines()
                .skip(1)
                .toList();
    }
}
