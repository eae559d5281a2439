package org.tumorboard.event;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.stream.Collectors.toMap;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.networknt.schema.Error;
import com.networknt.schema.Schema;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/** The vocabulary as its files have it, and as the pathway's tables have it: what the tests compare. */
final class VocabularyFiles {

    static final List<String> DEPARTMENTS = List.of(
            "radiology",
            "neurosurgery",
            "radiation-oncology",
            "gamma-knife",
            "medical-physics",
            "anaesthesia",
            "operating-room",
            "intensive-care",
            "pathology",
            "oncology",
            "ward",
            "follow-up-clinic",
            "patient-administration",
            "coordination");

    /** Fields of every notification that goes to a department; the case status has only the first three. */
    static final List<String> EVERY_NOTIFICATION = List.of("caseId", "patientRef", "occurredAt");

    static final List<String> MOST_NOTIFICATIONS = List.of("lesionRefs", "urgency", "status", "cause");

    private static final ObjectMapper JSON = new ObjectMapper();

    private VocabularyFiles() {}

    /** One row of a table: the type's file path such as {@code events/ward.step-completed}, and what it says of fields. */
    record Type(String path, Set<String> required, Set<String> optional, Map<String, List<String>> values) {

        String name() {
            return path.substring(path.indexOf('/') + 1);
        }

        boolean isEvent() {
            return path.startsWith("events/");
        }

        JsonNode schema() {
            return json("schemas/" + path + ".json");
        }

        JsonNode sample() {
            return json("samples/" + path + ".json");
        }

        List<String> complaintsAbout(JsonNode data) {
            Schema schema = SchemaFiles.REGISTRY.getSchema(schema());
            return schema.validate(data).stream().map(Error::toString).toList();
        }

        @Override
        public String toString() {
            return name();
        }
    }

    static Stream<Type> all() {
        return Stream.concat(events(), notifications());
    }

    static Stream<Type> events() {
        return rows("pathway-events.csv")
                .map(row -> new Type("events/" + row[0] + "." + row[1], set(row[2]), set(row[3]), values(row[4])));
    }

    static Stream<Type> notifications() {
        return rows("pathway-notifications.csv").map(row -> {
            Set<String> required = set(row[1]);
            Set<String> optional = set(row[2]);
            required.addAll(EVERY_NOTIFICATION);
            // of an event that no case has taken, no case may be known
            required.removeAll(optional);
            if (!Set.of("case-status", "event-not-taken").contains(row[0])) {
                optional.addAll(MOST_NOTIFICATIONS);
                optional.removeAll(required);
            }
            return new Type("notifications/" + row[0], required, optional, values(row[3]));
        });
    }

    /** The names, without suffix, of the JSON files in a resource folder. */
    static Set<String> filesIn(String folder) {
        try (Stream<Path> files = Files.list(Path.of(resource(folder).toURI()))) {
            Set<String> names = new TreeSet<>();
            files.forEach(file -> names.add(file.getFileName().toString().replaceFirst("\\.json$", "")));
            return names;
        } catch (IOException | URISyntaxException e) {
            throw new IllegalStateException("expected a folder of files, but could not list " + folder, e);
        }
    }

    static JsonNode json(String path) {
        return parse(text(path));
    }

    static JsonNode parse(String text) {
        try {
            return JSON.readTree(text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static String text(String path) {
        try (var in = resource(path).openStream()) {
            return new String(in.readAllBytes(), UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static URL resource(String path) {
        return Objects.requireNonNull(
                VocabularyFiles.class.getResource("/" + path), () -> "expected resource " + path + ", but found none");
    }

    private static Stream<String[]> rows(String table) {
        return text(table).lines().skip(1).map(line -> line.split(",", -1));
    }

    private static Set<String> set(String cell) {
        return new TreeSet<>(list(cell));
    }

    private static List<String> list(String cell) {
        return cell.isEmpty() ? List.of() : Arrays.asList(cell.split(";"));
    }

    private static Map<String, List<String>> values(String cell) {
        return list(cell).stream()
                .map(field -> field.split("="))
                .collect(toMap(
                        field -> field[0],
                        field -> List.of(field[1].split("\\|")),
                        (first, second) -> first,
                        LinkedHashMap::new));
    }
}
