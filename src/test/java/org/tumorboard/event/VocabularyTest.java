package org.tumorboard.event;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.tumorboard.event.VocabularyFiles.Type;

/** The tables of the pathway, the schemas and the samples say the same. */
class VocabularyTest {

    @ParameterizedTest
    @ValueSource(strings = {"events", "notifications"})
    void everyTypeHasASchemaAndASampleAndNothingElseDoes(String kind) {
        Set<String> types = VocabularyFiles.all()
                .filter(type -> type.path().startsWith(kind + "/"))
                .map(Type::name)
                .collect(Collectors.toCollection(TreeSet::new));

        assertThat(VocabularyFiles.filesIn("schemas/" + kind)).isEqualTo(types);
        assertThat(VocabularyFiles.filesIn("samples/" + kind)).isEqualTo(types);
    }

    @ParameterizedTest
    @MethodSource("types")
    void aSchemaHasTheFieldsOfTheTable(Type type) {
        JsonNode schema = type.schema();

        Set<String> fields = new TreeSet<>(type.required());
        fields.addAll(type.optional());

        assertThat(names(schema.get("properties"))).isEqualTo(fields);
        assertThat(texts(schema.get("required"))).containsExactlyInAnyOrderElementsOf(type.required());
        type.values().forEach((field, values) -> assertThat(
                        texts(schema.get("properties").get(field).get("enum")))
                .as(field)
                .containsExactlyElementsOf(values));
    }

    @ParameterizedTest
    @MethodSource("types")
    void aSchemaSaysWhatItIs(Type type) {
        JsonNode schema = type.schema();

        assertThat(schema.path("$id").asText()).isEqualTo("https://tumorboard.org/schemas/" + type.path() + ".v1.json");
        assertThat(schema.path("$schema").asText()).isEqualTo("https://json-schema.org/draft/2020-12/schema");
        assertThat(schema.path("title").asText()).isNotBlank();
        assertThat(schema.path("description").asText()).endsWith(".");
        schema.get("properties")
                .forEach(property ->
                        assertThat(property.path("description").asText()).endsWith("."));
    }

    @ParameterizedTest
    @MethodSource("types")
    void aSampleIsACloudEventOfItsType(Type type) {
        JsonNode sample = type.sample();

        String department = sample.path("source").asText().replaceFirst("^//hospital\\.example/([a-z-]+)$", "$1");
        String name = type.name().replaceFirst("^any\\.", department + ".");

        assertThat(sample.path("specversion").asText()).isEqualTo("1.0");
        assertThat(sample.path("id").asText()).isNotBlank();
        assertThat(sample.path("type").asText())
                .isEqualTo("org.tumorboard." + (type.isEvent() ? name : "notification." + name) + ".v1");
        assertThat(sample.path("datacontenttype").asText()).isEqualTo("application/json");
        assertThat(sample.has("subject"))
                .isEqualTo(type.required().contains("patientRef")
                        || type.optional().contains("patientRef"));
        assertThat(instant(sample, "time")).isBeforeOrEqualTo(instant(sample, "recordedat"));
        if (type.isEvent()) {
            assertThat(VocabularyFiles.DEPARTMENTS).contains(department);
            assertThat(name).startsWith(department + ".");
        } else {
            assertThat(sample.path("data").path("caseId")).isEqualTo(sample.get("subject"));
            assertThat(sample.path("data").path("occurredAt")).isEqualTo(sample.get("time"));
        }
    }

    @ParameterizedTest
    @MethodSource("types")
    void aSampleSatisfiesItsSchema(Type type) {
        assertThat(type.complaintsAbout(type.sample().get("data"))).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("types")
    void aMissingFieldIsNamed(Type type) {
        for (String field : type.required()) {
            ObjectNode data = type.sample().get("data").deepCopy();
            data.remove(field);

            assertThat(type.complaintsAbout(data)).anyMatch(complaint -> complaint.contains("'" + field + "'"));
        }
    }

    @ParameterizedTest
    @MethodSource("types")
    void anUnknownFieldIsNamed(Type type) {
        ObjectNode data = type.sample().get("data").deepCopy();
        data.put("patientMood", "GOOD");

        assertThat(type.complaintsAbout(data)).anyMatch(complaint -> complaint.contains("'patientMood'"));
    }

    @Test
    void noTwoSamplesAreTheSameEvent() {
        assertThat(VocabularyFiles.all().map(Type::sample).map(sample -> sample.get("source") + " " + sample.get("id")))
                .doesNotHaveDuplicates();
    }

    private static OffsetDateTime instant(JsonNode node, String field) {
        return OffsetDateTime.parse(node.path(field).asText());
    }

    private static Set<String> names(JsonNode object) {
        Set<String> names = new TreeSet<>();
        object.fieldNames().forEachRemaining(names::add);
        return names;
    }

    private static List<String> texts(JsonNode array) {
        return array.valueStream().map(JsonNode::asText).toList();
    }

    private static Stream<Type> types() {
        return VocabularyFiles.all();
    }
}
