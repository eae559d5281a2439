package org.tumorboard.event;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.tumorboard.event.VocabularyFiles.Type;
import org.yaml.snakeyaml.Yaml;

/** The AsyncAPI document has every topic, every type on the topic it belongs to, and the schema files as payloads. */
class AsyncApiTest {

    private static final JsonNode DOCUMENT =
            new ObjectMapper().valueToTree(new Yaml().<Object>load(VocabularyFiles.text("asyncapi.yaml")));

    @Test
    void everyTopicIsAChannel() {
        Set<String> addresses = DOCUMENT.get("channels")
                .valueStream()
                .map(channel -> channel.get("address").asText())
                .collect(Collectors.toCollection(TreeSet::new));

        Set<String> topics = new TreeSet<>(Set.of(
                "tumorboard.notifications.{department}",
                "tumorboard.case-status",
                "tumorboard.sla",
                "tumorboard.dead-letters"));
        VocabularyFiles.DEPARTMENTS.forEach(department -> topics.add("tumorboard.events." + department));
        assertThat(addresses).isEqualTo(topics);
        assertThat(DOCUMENT.at("/channels/notifications/parameters/department/enum")
                        .valueStream()
                        .map(JsonNode::asText))
                .containsExactlyElementsOf(VocabularyFiles.DEPARTMENTS);
    }

    @ParameterizedTest
    @MethodSource("departments")
    void aDepartmentsTopicTakesItsOwnEventsOnly(String department) {
        List<String> own = VocabularyFiles.events()
                .map(Type::name)
                .filter(name -> name.startsWith(department + ".") || name.startsWith("any."))
                .toList();

        JsonNode messages = channel("events." + department).get("messages");

        assertThat(references(messages)).containsExactlyInAnyOrderElementsOf(own);
        messages.properties().forEach(message -> assertThat(message.getKey())
                .startsWith(department + ".")
                .endsWith(reference(message.getValue()).replaceFirst("^[^.]+", "")));
    }

    @Test
    void everyNotificationHasItsTopic() {
        List<String> names = VocabularyFiles.notifications()
                .map(type -> "notification." + type.name())
                .toList();

        assertThat(references(channel("case-status").get("messages"))).containsExactly("notification.case-status");
        assertThat(references(channel("notifications").get("messages")))
                .containsExactlyInAnyOrderElementsOf(names.stream()
                        .filter(name -> !name.endsWith("case-status"))
                        .toList());
        assertThat(references(channel("sla").get("messages")))
                .containsExactlyInAnyOrderElementsOf(
                        names.stream().filter(name -> name.contains(".sla-")).toList());
    }

    @ParameterizedTest
    @MethodSource("types")
    void aMessageIsNamedByItsTypeAndCarriesItsSchema(Type type) {
        JsonNode message =
                DOCUMENT.at("/components/messages").get((type.isEvent() ? "" : "notification.") + type.name());

        String name = type.isEvent() ? type.name().replaceFirst("^any", "{department}") : "notification." + type.name();

        assertThat(message.get("name").asText()).isEqualTo("org.tumorboard." + name + ".v1");
        assertThat(message.get("title")).isEqualTo(type.schema().get("title"));
        assertThat(message.at("/payload/$ref").asText()).isEqualTo("./schemas/" + type.path() + ".json");
        assertThat(reference(message.at("/traits/0"))).isEqualTo(trait(type));
    }

    @Test
    void noMessageIsLeftOver() {
        assertThat(DOCUMENT.at("/components/messages"))
                .hasSize((int) VocabularyFiles.all().count() + 1);
    }

    @Test
    void theEngineReceivesEventsAndSendsTheRest() {
        DOCUMENT.get("operations")
                .forEach(operation -> assertThat(operation.get("action").asText())
                        .isEqualTo(reference(operation.get("channel")).startsWith("events.") ? "receive" : "send"));
        assertThat(references(DOCUMENT.get("operations"), "channel"))
                .containsExactlyInAnyOrderElementsOf(
                        () -> DOCUMENT.get("channels").fieldNames());
    }

    private static String trait(Type type) {
        if (!type.isEvent()) {
            return "notification";
        }
        return type.required().contains("patientRef") ? "departmentEvent" : "unitEvent";
    }

    private static JsonNode channel(String key) {
        return DOCUMENT.get("channels").get(key);
    }

    private static List<String> references(JsonNode messages) {
        return messages.valueStream().map(AsyncApiTest::reference).toList();
    }

    private static List<String> references(JsonNode nodes, String field) {
        return nodes.valueStream().map(node -> reference(node.get(field))).toList();
    }

    private static String reference(JsonNode node) {
        return node.get("$ref").asText().replaceFirst("^.*/", "");
    }

    private static Stream<String> departments() {
        return VocabularyFiles.DEPARTMENTS.stream();
    }

    private static Stream<Type> types() {
        return VocabularyFiles.all();
    }
}
