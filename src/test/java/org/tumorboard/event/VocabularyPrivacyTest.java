package org.tumorboard.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.tumorboard.MinimalNotifications.FORBIDDEN_FIELD;
import static org.tumorboard.MinimalNotifications.FORBIDDEN_VALUE;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.tumorboard.event.VocabularyFiles.Type;

/** Nothing that names a person can be said in this vocabulary: no such field, and no value without bounds. */
class VocabularyPrivacyTest {

    @ParameterizedTest
    @MethodSource("types")
    void noFieldIsForbidden(Type type) {
        List<String> fields = new ArrayList<>();
        collectProperties(type.schema(), fields);
        collectFields(type.sample().get("data"), fields);

        assertThat(fields)
                .isNotEmpty()
                .noneMatch(field -> FORBIDDEN_FIELD.matcher(field).find());
    }

    @ParameterizedTest
    @MethodSource("types")
    void everyValueIsBounded(Type type) {
        JsonNode schema = type.schema();

        assertThat(schema.path("type").asText()).isEqualTo("object");
        assertThat(schema.path("additionalProperties").asBoolean(true)).isFalse();
        schema.get("properties")
                .properties()
                .forEach(property -> assertBounded(type + "." + property.getKey(), property.getValue()));
    }

    @ParameterizedTest
    @MethodSource("types")
    void aSampleIsSyntheticAndHoldsNoFreeText(Type type) {
        JsonNode data = type.sample().get("data");

        List<String> values = new ArrayList<>();
        collectTexts(data, values);

        assertThat(values).noneMatch(value -> FORBIDDEN_VALUE.matcher(value).find());
        if (data.has("patientRef")) {
            assertThat(data.get("patientRef").asText()).startsWith("SYN-");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"patientName", "name", "birthDate", "mrn", "homeAddress", "reportUrl", "comments", "freeText"})
    void aStepMayNotTellWhoThePatientIs(String field) {
        assertThat(complaintsAboutStepData(field, true)).anyMatch(complaint -> complaint.contains("'" + field + "'"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"treatmentDuringStay", "denoted", "renamed"})
    void aStepMayUseWordsThatOnlyLookLikeIt(String field) {
        assertThat(complaintsAboutStepData(field, true)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"the patient said so", "Smith", "2025-03-03T08:00:00", "A"})
    void aStepMayNotTellInFreeText(String value) {
        assertThat(complaintsAboutStepData("finding", value)).isNotEmpty();
    }

    private static List<String> complaintsAboutStepData(String field, Object value) {
        Type step = VocabularyFiles.events()
                .filter(type -> type.name().equals("any.step-completed"))
                .findFirst()
                .orElseThrow();
        ObjectNode data = step.sample().get("data").deepCopy();
        data.withObject("/data").putPOJO(field, value);
        return step.complaintsAbout(VocabularyFiles.parse(data.toString()));
    }

    private static void assertBounded(String where, JsonNode schema) {
        switch (schema.path("type").asText()) {
            case "boolean" -> {}
            case "string" -> assertThat(schema.has("enum") || isAnchored(schema))
                    .as(where)
                    .isTrue();
            case "integer", "number" -> {
                assertThat(schema.has("minimum") || schema.has("exclusiveMinimum"))
                        .as(where)
                        .isTrue();
                assertThat(schema.has("maximum")).as(where).isTrue();
            }
            case "array" -> {
                assertThat(schema.has("maxItems")).as(where).isTrue();
                assertThat(schema.path("uniqueItems").asBoolean()).as(where).isTrue();
                assertBounded(where + "[]", schema.path("items"));
            }
            case "object" -> assertObjectBounded(where, schema);
            default -> assertThat(schema.path("anyOf"))
                    .as(where)
                    .isNotEmpty()
                    .allSatisfy(one -> assertBounded(where, one));
        }
    }

    private static void assertObjectBounded(String where, JsonNode schema) {
        schema.path("properties")
                .properties()
                .forEach(property -> assertBounded(where + "." + property.getKey(), property.getValue()));
        JsonNode others = schema.path("additionalProperties");
        if (others.isObject()) {
            assertThat(schema.has("maxProperties")).as(where).isTrue();
            assertThat(schema.path("propertyNames").path("not").has("pattern"))
                    .as(where)
                    .isTrue();
            assertBounded(where + ".*", others);
        } else {
            assertThat(others.asBoolean(true)).as(where).isFalse();
        }
    }

    /** A pattern bounds a value only if it holds from the first to the last character. */
    private static boolean isAnchored(JsonNode schema) {
        String pattern = schema.path("pattern").asText();
        return pattern.startsWith("^") && pattern.endsWith("$");
    }

    private static void collectProperties(JsonNode schema, List<String> names) {
        schema.findValues("properties")
                .forEach(properties -> properties.fieldNames().forEachRemaining(names::add));
    }

    private static void collectFields(JsonNode node, List<String> names) {
        node.fieldNames().forEachRemaining(names::add);
        node.forEach(child -> collectFields(child, names));
    }

    private static void collectTexts(JsonNode node, List<String> texts) {
        if (node.isTextual()) {
            texts.add(node.asText());
        }
        node.forEach(child -> collectTexts(child, texts));
    }

    private static Stream<Type> types() {
        return VocabularyFiles.all();
    }
}
