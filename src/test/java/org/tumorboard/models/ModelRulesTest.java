package org.tumorboard.models;

import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.camunda.bpm.model.bpmn.Bpmn;
import org.camunda.bpm.model.bpmn.BpmnModelInstance;
import org.camunda.bpm.model.bpmn.instance.Activity;
import org.camunda.bpm.model.bpmn.instance.BaseElement;
import org.camunda.bpm.model.bpmn.instance.BoundaryEvent;
import org.camunda.bpm.model.bpmn.instance.CallActivity;
import org.camunda.bpm.model.bpmn.instance.ConditionExpression;
import org.camunda.bpm.model.bpmn.instance.Event;
import org.camunda.bpm.model.bpmn.instance.ExclusiveGateway;
import org.camunda.bpm.model.bpmn.instance.FlowNode;
import org.camunda.bpm.model.bpmn.instance.Gateway;
import org.camunda.bpm.model.bpmn.instance.IntermediateCatchEvent;
import org.camunda.bpm.model.bpmn.instance.Process;
import org.camunda.bpm.model.bpmn.instance.ScriptTask;
import org.camunda.bpm.model.bpmn.instance.SubProcess;
import org.camunda.bpm.model.bpmn.instance.Task;
import org.camunda.bpm.model.bpmn.instance.UserTask;
import org.camunda.bpm.model.bpmn.instance.camunda.CamundaExecutionListener;
import org.camunda.bpm.model.bpmn.instance.camunda.CamundaOutputParameter;
import org.camunda.bpm.model.bpmn.instance.camunda.CamundaTaskListener;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.tumorboard.event.Department;
import org.tumorboard.event.EventSchemas;
import org.tumorboard.event.EventType;

/** Models that can be read, and that say only what the vocabulary and the engine understand. */
class ModelRulesTest {

    /**
     * Activities, gateways and events with a token of their own: without boundary and end events, and without event
     * subprocesses, which stand beside the flow.
     */
    private static final int NODES_A_LEVEL = 20;

    private static final Set<String> PHASES = Set.of(
            "recurrence-pathway",
            "case-preparation",
            "tumor-board",
            "treatment-coordination",
            "gamma-knife",
            "resection",
            "result-review",
            "follow-up");
    private static final Set<String> CALLED_BY_PHASES = Set.of("resource-recovery", "prior-dose", "plan-clearance");
    private static final Set<String> BESIDE_THE_PHASES = Set.of(
            "plan-clearance",
            "sla-watch",
            "sla-escalation",
            "deterioration",
            "consent-withdrawal",
            "immobilisation-release",
            "parked-event");
    /** No model need wait for them: the ledger of milestones takes them. */
    private static final Set<String> HANDLED_BY_THE_LEDGER = Set.of("any.event-corrected", "any.event-retracted");

    private static final Set<String> FURTHER_GROUPS =
            Set.of("board-chair", "medical-direction", "management", "operations");

    /** Name of the milestone, field of the event. */
    private static final Pattern MILESTONE_WHEN =
            Pattern.compile("([a-z]+(?:-[a-z]+)*)=\\$\\{event\\.(\\w+)(?: == '\\w+')?}");

    private final EventSchemas schemas = new EventSchemas();

    @Test
    void thePhasesOfThePathwayAreThere() {
        Set<String> expected = new HashSet<>(PHASES);
        expected.addAll(CALLED_BY_PHASES);
        expected.addAll(BESIDE_THE_PHASES);

        assertThat(Models.all().keySet()).containsExactlyInAnyOrderElementsOf(expected);
    }

    @TestFactory
    Stream<DynamicTest> processesAreVersionedDocumentedAndForgettable() {
        return each((name, model) -> {
            Process process = Models.process(model);
            assertThat(process.getCamundaVersionTag()).as("version tag").matches("\\d+\\.\\d+\\.\\d+");
            assertThat(process.getCamundaHistoryTimeToLiveString())
                    .as("history time to live")
                    .isNotBlank();
            assertThat(process.getDocumentations()).as("documentation").isNotEmpty();
            assertThat(process.isExecutable()).isTrue();
            assertThat(Models.FOLDER.resolve(process.getId() + ".bpmn")).exists();
        });
    }

    @TestFactory
    Stream<DynamicTest> idsTellTheirKind() {
        return each((name, model) -> Models.nodes(model)
                .forEach(node -> assertThat(node.getId()).as(name).matches(prefix(node) + "_[A-Z][A-Za-z0-9]+")));
    }

    @TestFactory
    Stream<DynamicTest> aLevelFitsTheEye() {
        return each((name, model) -> {
            Map<String, Long> levels = Models.nodes(model).stream()
                    .filter(node -> !(node instanceof BoundaryEvent
                            || node instanceof org.camunda.bpm.model.bpmn.instance.EndEvent
                            || node instanceof SubProcess beside && beside.triggeredByEvent()))
                    .collect(java.util.stream.Collectors.groupingBy(
                            node -> ((BaseElement) node.getParentElement()).getId(),
                            java.util.stream.Collectors.counting()));
            assertThat(levels)
                    .as("nodes a level in " + name)
                    .allSatisfy((level, nodes) -> assertThat(nodes).as(level).isLessThanOrEqualTo(NODES_A_LEVEL));
        });
    }

    /** A variable that nobody has set yet, one that a migrated case was given, and one that is empty are all the same. */
    @TestFactory
    Stream<DynamicTest> whatIsUnknownIsNull() {
        return each((name, model) ->
                assertThat(Bpmn.convertToString(model)).as(name).doesNotContain("hasVariable"));
    }

    @TestFactory
    Stream<DynamicTest> everyWaitIsExplained() {
        return each((name, model) -> Models.nodes(model).stream()
                .filter(node -> node instanceof UserTask
                        || node instanceof BoundaryEvent
                        || node instanceof IntermediateCatchEvent
                        || node instanceof CallActivity)
                .forEach(node -> assertThat(node.getDocumentations())
                        .as(node.getId() + " has a sentence of documentation")
                        .isNotEmpty()));
    }

    @TestFactory
    Stream<DynamicTest> namesAreGiven() {
        return each((name, model) -> Models.nodes(model).forEach(node -> {
            if (node instanceof Activity || node instanceof Event) {
                assertThat(node.getName()).as(node.getId()).isNotBlank();
            } else if (node instanceof ExclusiveGateway && node.getOutgoing().size() > 1) {
                assertThat(node.getName()).as(node.getId() + " asks a question").endsWith("?");
            }
        }));
    }

    @TestFactory
    Stream<DynamicTest> noCodeHidesInModels() {
        return each((name, model) -> {
            assertThat(model.getModelElementsByType(ScriptTask.class)).isEmpty();
            assertThat(model.getModelElementsByType(CamundaExecutionListener.class))
                    .isEmpty();
            assertThat(model.getModelElementsByType(CamundaTaskListener.class)).isEmpty();
            model.getModelElementsByType(org.camunda.bpm.model.bpmn.instance.ServiceTask.class)
                    .forEach(task ->
                            assertThat(task.getCamundaClass()).as(task.getId()).isNull());
        });
    }

    @TestFactory
    Stream<DynamicTest> conditionsReadOneVariable() {
        return each(
                (name, model) -> model.getModelElementsByType(ConditionExpression.class)
                        .forEach(
                                condition -> assertThat(
                                                condition.getTextContent().trim())
                                        .as(((BaseElement) condition.getParentElement()).getId())
                                        .matches(
                                                "\\$\\{!?(event\\.)?\\w+(\\.contains\\('\\w+'\\)| ?[=!]= ?('[\\w-]+'|null|true|false|\\d+))?}")));
    }

    @TestFactory
    Stream<DynamicTest> everyStepIsWorkOfAGroupAndClosedByAnEvent() {
        return each((name, model) -> model.getModelElementsByType(UserTask.class).stream()
                .filter(ModelRulesTest::isOfACase)
                .forEach(task -> {
                    assertThat(Models.property(task, "step"))
                            .as(task.getId() + " step")
                            .isPresent();
                    assertThat(Models.property(task, "event"))
                            .as(task.getId() + " event")
                            .isPresent();
                    assertThat(groups())
                            .as(task.getId())
                            .containsAll(
                                    List.of(task.getCamundaCandidateGroups().split(",")));
                    assertThat(Models.FOLDER.resolve("forms/" + task.getCamundaFormRef() + ".form"))
                            .exists();
                }));
    }

    @TestFactory
    Stream<DynamicTest> whereASecondPersonIsNeededTheStepOfTheFirstIsThere() {
        return each((name, model) -> {
            List<String> personal = model.getModelElementsByType(UserTask.class).stream()
                    .filter(task -> Models.property(task, "by").isPresent())
                    .flatMap(task -> Models.property(task, "step").stream())
                    .toList();
            model.getModelElementsByType(UserTask.class).forEach(task -> Models.property(task, "otherThan")
                    .ifPresent(first -> assertThat(personal).as(task.getId()).contains(first)));
        });
    }

    @TestFactory
    Stream<DynamicTest> everyEventIsOfTheVocabulary() {
        return each((name, model) -> Models.nodes(model).forEach(node -> Models.event(node)
                .ifPresent(event -> assertThat(EventType.ofShortName(event).filter(schemas::knows))
                        .as("%s waits for %s", node.getId(), event)
                        .isPresent())));
    }

    @TestFactory
    Stream<DynamicTest> whatIsEarnedOrToldLeavesByOneFlow() {
        return each((name, model) -> Models.nodes(model).stream()
                .filter(node -> Models.property(node, "milestone").isPresent()
                        || Models.property(node, "notify").isPresent())
                .filter(node -> !(node instanceof org.camunda.bpm.model.bpmn.instance.EndEvent))
                .forEach(node -> assertThat(node.getOutgoing()).as(node.getId()).hasSize(1)));
    }

    @TestFactory
    Stream<DynamicTest> whatIsJoinedIsEarnedSomewhere() {
        return each((name, model) -> Models.nodes(model)
                .forEach(node -> Models.property(node, "joins").ifPresent(joins -> {
                    assertThat(Models.milestones()).as(node.getId()).containsAll(List.of(joins.split(" ")));
                    assertThat(Models.property(node, "milestoneAt"))
                            .as(node.getId() + " has one time, not two")
                            .isEmpty();
                })));
    }

    @TestFactory
    Stream<DynamicTest> conditionsOfMilestonesReadOneFieldOfTheEvent() {
        return each((name, model) -> Models.nodes(model)
                .forEach(node -> Models.property(node, "milestoneWhen").ifPresent(conditional -> {
                    Set<String> fields = new HashSet<>();
                    schemas.fields(EventType.ofShortName(Models.event(node).orElseThrow())
                                    .orElseThrow())
                            .fieldNames()
                            .forEachRemaining(fields::add);
                    if (node instanceof UserTask task && fields.contains("step")) {
                        fields.addAll(keys(form(task)));
                    }
                    for (String part : conditional.split(";")) {
                        Matcher condition = MILESTONE_WHEN.matcher(part.trim());
                        assertThat(condition.matches())
                                .as("%s: '%s'", node.getId(), part)
                                .isTrue();
                        assertThat(fields).as(node.getId()).contains(condition.group(2));
                    }
                })));
    }

    @Test
    void theReadmeNamesEveryMilestone() throws IOException {
        String readme = Files.readString(Models.FOLDER.resolve("README.md"));

        assertThat(Models.milestones())
                .allSatisfy(milestone -> assertThat(readme).contains("`" + milestone + "`"));
    }

    @TestFactory
    Stream<DynamicTest> notificationsHaveASchema() {
        return each((name, model) -> Models.nodes(model).forEach(node -> Models.property(node, "notify")
                .ifPresent(notify ->
                        assertThat(schemas.notificationNames()).as(node.getId()).contains(notify.split("\\s*,\\s*")))));
    }

    @TestFactory
    Stream<DynamicTest> variablesAreNotCalledLikeFieldsOfEvents() {
        Set<String> fields = new HashSet<>();
        schemas.eventNames().forEach(event -> {
            EventType type =
                    EventType.ofShortName(event.replace("any.", "ward.")).orElseThrow();
            schemas.fields(type).fieldNames().forEachRemaining(fields::add);
        });
        return each((name, model) -> model.getModelElementsByType(CamundaOutputParameter.class)
                .forEach(parameter ->
                        assertThat(fields).as("variable of " + name).doesNotContain(parameter.getCamundaName())));
    }

    @TestFactory
    Stream<DynamicTest> formsAskForFieldsOfTheEvent() {
        return each((name, model) -> model.getModelElementsByType(UserTask.class).stream()
                .filter(ModelRulesTest::isOfACase)
                .forEach(task -> {
                    EventType type = EventType.ofShortName(
                                    Models.property(task, "event").orElseThrow())
                            .orElseThrow();
                    Set<String> fields = new TreeSet<>(List.of("occurredAt"));
                    schemas.fields(type).fieldNames().forEachRemaining(fields::add);
                    if (!type.name().equals("step-completed")) {
                        assertThat(fields).as(task.getId()).containsAll(keys(form(task)));
                    }
                    assertThat(keys(form(task))).as(task.getId()).contains("occurredAt");
                }));
    }

    @Test
    void everyEventIsHandledByAModel() {
        Set<String> handled = new HashSet<>(HANDLED_BY_THE_LEDGER);
        Models.all().values().forEach(model -> Models.nodes(model)
                .forEach(node -> Models.event(node).ifPresent(handled::add)));
        Set<String> stepsOfAny = handled.stream()
                .filter(event -> event.endsWith(".step-completed"))
                .map(event -> "any.step-completed")
                .collect(toSet());
        handled.addAll(stepsOfAny);

        assertThat(handled).containsAll(schemas.eventNames());
    }

    @Test
    void theTableOfTheModelsNamesEveryElementThatAnEventMoves() throws IOException {
        String readme = Files.readString(Models.FOLDER.resolve("README.md"));
        List<String> missing = new ArrayList<>();
        Models.all().values().forEach(model -> Models.nodes(model).stream()
                .filter(node -> Models.event(node).isPresent() && !readme.contains(node.getId()))
                .forEach(node -> missing.add(node.getId())));
        assertThat(missing)
                .as("elements missing from the table of bpmn/README.md")
                .isEmpty();
    }

    /** What to do with an event that found no step is asked by no step of a case. */
    private static boolean isOfACase(UserTask task) {
        return !task.getId().equals("Task_SettleParkedEvent");
    }

    private static JsonNode form(UserTask task) {
        try {
            return new ObjectMapper()
                    .readTree(Models.FOLDER
                            .resolve("forms/" + task.getCamundaFormRef() + ".form")
                            .toFile());
        } catch (IOException e) {
            throw new IllegalStateException(task.getId(), e);
        }
    }

    private static List<String> keys(JsonNode form) {
        List<String> keys = new ArrayList<>();
        form.findValue("components").forEach(component -> {
            if (component.hasNonNull("key")) {
                keys.add(component
                        .path("properties")
                        .path("field")
                        .asText(component.get("key").asText()));
            }
        });
        return keys;
    }

    static Set<String> groups() {
        Set<String> groups = new HashSet<>(FURTHER_GROUPS);
        for (Department department : Department.values()) {
            groups.add(department.slug());
        }
        return groups;
    }

    private static String prefix(FlowNode node) {
        if (node instanceof Task) {
            return "Task";
        }
        if (node instanceof SubProcess || node instanceof CallActivity) {
            return "Activity";
        }
        return node instanceof Gateway ? "Gateway" : "Event";
    }

    private static Stream<DynamicTest> each(Rule rule) {
        return Models.all().entrySet().stream()
                .map(entry ->
                        DynamicTest.dynamicTest(entry.getKey(), () -> rule.check(entry.getKey(), entry.getValue())));
    }

    private interface Rule {
        void check(String name, BpmnModelInstance model);
    }
}
