package org.tumorboard.flow;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.camunda.bpm.engine.TaskService;
import org.camunda.bpm.engine.task.Task;
import org.camunda.bpm.model.bpmn.instance.FlowNode;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.core.io.ClassPathResource;
import org.tumorboard.EngineTest;
import org.tumorboard.embedded.SyntheticEvent;
import org.tumorboard.event.CaseId;
import org.tumorboard.models.Models;

/** When no department sends anything, people carry a case through by their forms, with the same record. */
@EngineTest
class ByHandAloneTest {

    private static final Instant DETECTED = Instant.parse("2025-06-02T08:00:00Z");

    @Autowired
    Scene scene;

    @Autowired
    TaskService tasks;

    @Autowired
    ObjectMapper json;

    private final Map<String, FlowNode> elements = new HashMap<>();

    @Test
    void formsEarnTheSameMilestonesAsEvents() throws IOException {
        scene.resetTimeTo(DETECTED);
        Story said = Story.of(scene.urgentCase(DETECTED));
        Story entered = Story.of(scene.urgentCase(DETECTED));
        scene.happens(said.all());

        scene.said(entered.all().get(0));
        for (SyntheticEvent event : entered.all().subList(1, entered.all().size())) {
            enter(entered.caseId(), event);
        }

        assertThat(scene.openTasks(entered.caseId())).containsExactly("Task_BookAppointment");
        assertThat(scene.status(entered.caseId())).isEqualTo("FOLLOW_UP");
        assertThat(scene.milestoneRecord(entered.caseId())).isEqualTo(scene.milestoneRecord(said.caseId()));
    }

    /** A person says in the step's form what the department would have said. */
    private void enter(CaseId caseId, SyntheticEvent event) throws IOException {
        for (Task task : tasks.createTaskQuery()
                .processInstanceBusinessKey(caseId.value())
                .initializeFormKeys()
                .list()) {
            if (isMeant(task.getTaskDefinitionKey(), event)) {
                scene.byHand(
                        caseId,
                        task.getTaskDefinitionKey(),
                        filledIn(task.getCamundaFormRef().getKey(), event));
                return;
            }
        }
        throw new AssertionError("no open step for " + event + ", but " + scene.openTasks(caseId));
    }

    private boolean isMeant(String task, SyntheticEvent event) {
        if (elements.isEmpty()) {
            Models.all().values().forEach(model -> Models.nodes(model)
                    .forEach(node -> elements.put(node.getId(), node)));
        }
        FlowNode element = elements.get(task);
        return Models.event(element).orElseThrow().equals(event.type().shortName())
                && Models.property(element, "match").stream()
                        .flatMap(match -> Arrays.stream(match.split(";")))
                        .filter(condition -> !condition.contains("${"))
                        .allMatch(condition -> List.of(condition.split("=")[1].split(","))
                                .contains(event.data()
                                        .path(condition.split("=")[0])
                                        .asText()));
    }

    /** The form's fields take what the event says; what only the form asks for is ticked. */
    private Map<String, Object> filledIn(String form, SyntheticEvent event) throws IOException {
        JsonNode facts = event.data().has("step") ? event.data().get("data") : event.data();
        Map<String, Object> fields =
                new HashMap<>(Map.of("occurredAt", event.time().toString()));
        for (JsonNode field : json.readTree(new ClassPathResource("bpmn/forms/" + form + ".form").getInputStream())
                .path("components")) {
            String key = field.path("key").asText();
            JsonNode list = facts.path(field.path("properties").path("field").asText());
            if (facts.has(key)) {
                fields.put(key, json.convertValue(facts.get(key), Object.class));
            } else if (list.isArray()) {
                fields.put(
                        key,
                        json.convertValue(list, List.class)
                                .contains(field.path("properties").path("item").asText()));
            } else if (field.path("validate").path("required").asBoolean()) {
                fields.put(key, true);
            }
        }
        return fields;
    }
}
