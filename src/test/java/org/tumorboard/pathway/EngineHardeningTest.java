package org.tumorboard.pathway;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import javax.script.ScriptEngineFactory;
import javax.script.ScriptEngineManager;
import org.camunda.bpm.engine.TaskService;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.client.TestRestTemplate;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.http.HttpStatus;
import org.springframework.mock.web.MockFilterChain;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;
import org.tumorboard.EngineTest;
import org.tumorboard.embedded.SyntheticEvent;
import org.tumorboard.event.CaseId;
import org.tumorboard.flow.Scene;

/** What the engine would do for whoever asks its REST, and does not do here. */
@EngineTest
class EngineHardeningTest {

    private static final String MODEL =
            """
            <definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" targetNamespace="x">
              <process id="foreign" isExecutable="true"><startEvent id="start"/></process>
            </definitions>
            """;

    private static final List<String> READING = List.of(
            "",
            "/form",
            "/deployed-form",
            "/form-variables",
            "/variables",
            "/localVariables",
            "/identity-links",
            "/comment",
            "/attachment");

    private static final List<String> WORKING = List.of(
            "/claim",
            "/unclaim",
            "/complete",
            "/submit-form",
            "/resolve",
            "/delegate",
            "/assignee",
            "/bpmnError",
            "/bpmnEscalation");

    @Autowired
    Scene scene;

    @Autowired
    TaskService tasks;

    @Autowired
    TestRestTemplate http;

    @LocalServerPort
    int port;

    private String triage;
    private CaseId caseId;

    @BeforeEach
    void aCaseThatWaitsForItsTriage() {
        scene.resetTimeTo(Instant.parse("2025-03-02T10:00:00Z"));
        List<SyntheticEvent> opening = scene.urgentCase(Instant.parse("2025-03-02T08:00:00Z"))
                .throughTreatment()
                .subList(0, 1);
        scene.hasHappened(opening);
        caseId = Scene.caseOf(opening);
        triage = tasks.createTaskQuery()
                .processInstanceBusinessKey(caseId.value())
                .taskDefinitionKey("Task_CompleteTriage")
                .singleResult()
                .getId();
    }

    @Test
    void keepsAStepFromTheOtherDepartments() throws Exception {
        Webapp radiology = Webapp.of("radiology", port);
        String body =
                "{\"userId\":\"radiology\",\"variables\":{},\"errorCode\":\"x\",\"escalationCode\":\"back-to-board\","
                        + "\"value\":\"STANDARD\",\"type\":\"String\"}";

        for (String read : READING) {
            assertThat(radiology.get("/task/" + triage + read).statusCode())
                    .as(read)
                    .isGreaterThanOrEqualTo(400);
        }
        for (String work : WORKING) {
            assertThat(radiology.call("POST", "/task/" + triage + work, body).statusCode())
                    .as(work)
                    .isGreaterThanOrEqualTo(400);
        }
        assertThat(radiology
                        .call("PUT", "/task/%s/variables/caseUrgency".formatted(triage), body)
                        .statusCode())
                .isGreaterThanOrEqualTo(400);
        assertThat(radiology.call("DELETE", "/task/" + triage, "").statusCode()).isGreaterThanOrEqualTo(400);

        assertThat(scene.openTasks(caseId)).containsExactly("Task_CompleteTriage");
        assertThat(tasks.createTaskQuery().taskId(triage).taskUnassigned().count())
                .isOne();
    }

    @Test
    void takesNoFreeTextAboutPatients() throws Exception {
        Webapp neurosurgery = Webapp.of("neurosurgery", port);

        assertThat(neurosurgery
                        .call("POST", "/task/%s/comment/create".formatted(triage), "{\"message\": \"anything\"}")
                        .statusCode())
                .isEqualTo(403);
        assertThat(neurosurgery
                        .call("POST", "/task/%s/attachment/create".formatted(triage), "{}")
                        .statusCode())
                .isEqualTo(403);
        assertThat(tasks.getTaskComments(triage)).isEmpty();
    }

    @Test
    void showsAStepInNoListToTheOtherDepartments() throws Exception {
        for (String list : List.of(
                "/task?taskId=",
                "/history/task?taskId=",
                "/task?processInstanceBusinessKey=" + caseId.value() + "&x=")) {
            assertThat(Webapp.of("radiology", port).get(list + triage).body())
                    .as(list)
                    .doesNotContain(triage);
            assertThat(Webapp.of("coordination", port).get(list + triage).body())
                    .as(list)
                    .contains(triage);
        }
    }

    @Test
    void takesTheFieldsOfTheFormAndNoOtherVariable() throws Exception {
        Webapp neurosurgery = Webapp.of("neurosurgery", port);

        HttpResponse<String> refused = neurosurgery.call(
                "POST",
                "/task/%s/submit-form".formatted(triage),
                """
                {"variables": {"accepted": {"value": true}, "urgency": {"value": "URGENT"},
                  "decisionVersion": {"value": 7}, "gate": {"value": "GREEN"}}}
                """);
        HttpResponse<String> thrown = neurosurgery.call(
                "POST", "/task/%s/bpmnEscalation".formatted(triage), "{\"escalationCode\": \"back-to-board\"}");
        HttpResponse<String> set = neurosurgery.call(
                "PUT",
                "/task/%s/variables/caseUrgency".formatted(triage),
                "{\"value\": \"STANDARD\", \"type\": \"String\"}");

        assertThat(refused.statusCode()).isGreaterThanOrEqualTo(400);
        assertThat(refused.body()).contains("decisionVersion, gate");
        assertThat(thrown.statusCode()).isGreaterThanOrEqualTo(400);
        assertThat(set.statusCode()).isEqualTo(403);
        assertThat(scene.openTasks(caseId)).containsExactly("Task_CompleteTriage");

        HttpResponse<String> taken = neurosurgery.call(
                "POST",
                "/task/%s/submit-form".formatted(triage),
                "{\"variables\": {\"accepted\": {\"value\": true}, \"urgency\": {\"value\": \"URGENT\"}}}");
        assertThat(taken.statusCode()).as(taken.body()).isEqualTo(204);
        assertThat(scene.openTasks(caseId)).doesNotContain("Task_CompleteTriage");
    }

    @Test
    void refusesFormsThatNoDatabaseHoldsOrThatAreNoForm() throws Exception {
        Webapp neurosurgery = Webapp.of("neurosurgery", port);
        String form = "{\"variables\": {\"accepted\": {\"value\": true}, \"urgency\": {\"value\": %s}}}";

        for (String body : List.of(
                form.formatted("\"a\\u0000b\""),
                form.formatted("\"\\ud800\""),
                form.formatted("\"" + "x".repeat(5000) + "\""),
                form.formatted("7"),
                form.formatted("\"x\", \"type\": \"NoSuchType\""),
                form.formatted("\"x\", \"type\": \"Date\""),
                form.formatted("[".repeat(2000) + "]".repeat(2000)),
                "[",
                "{\"variables\": 7}")) {
            HttpResponse<String> answer = neurosurgery.call("POST", "/task/%s/submit-form".formatted(triage), body);

            assertThat(answer.statusCode())
                    .as(body.length() > 200 ? body.substring(0, 200) : body)
                    .isGreaterThanOrEqualTo(400);
            assertThat(answer.body()).doesNotContain("org.postgresql", "SQL", ".java:");
        }
        assertThat(scene.openTasks(caseId)).containsExactly("Task_CompleteTriage");
    }

    @Test
    void hasNoScriptEngineButItsExpressionLanguages() {
        assertThat(new ScriptEngineManager().getEngineFactories())
                .extracting(ScriptEngineFactory::getEngineName)
                .containsOnly("feel-scala", "feel-scala-unary-tests", "juel");
    }

    @Test
    void takesModelsFiltersAndGrantsFromAdministratorsOnly() throws Exception {
        for (String user : List.of("coordination", "operations", "board-chair", "management", "radiology")) {
            Webapp person = Webapp.of(user, port);
            Map<String, String> attempts = Map.of(
                    "/filter/create", "{\"name\":\"x\",\"resourceType\":\"Task\",\"query\":{}}",
                    "/authorization/create",
                            "{\"type\":1,\"permissions\":[\"ALL\"],\"groupId\":\"%s\",\"resourceType\":7,\"resourceId\":\"*\"}"
                                    .formatted(user),
                    "/user/create", "{\"profile\":{\"id\":\"x\"},\"credentials\":{\"password\":\"x\"}}",
                    "/process-definition/key/recurrence-pathway/start", "{}",
                    "/message",
                            "{\"messageName\":\"coordination.consent-withdrawn\",\"businessKey\":\"%s\",\"all\":true}"
                                    .formatted(caseId.value()),
                    "/job/suspended", "{\"processDefinitionKey\":\"resection\",\"suspended\":true}");

            assertThat(person.deploy(MODEL).statusCode()).as(user).isEqualTo(403);
            for (Map.Entry<String, String> attempt : attempts.entrySet()) {
                assertThat(person.call("POST", attempt.getKey(), attempt.getValue())
                                .statusCode())
                        .as(user + " at " + attempt.getKey())
                        .isGreaterThanOrEqualTo(400);
            }
        }
        assertThat(scene.status(caseId)).isEqualTo("RECEIVED");
    }

    @Test
    void runsNoExpressionFromAQuestion() throws Exception {
        String question =
                "{\"taskCandidateGroupExpression\": \"${currentUserGroups()}\", \"candidateGroupExpression\": "
                        + "\"${currentUserGroups()}\"}";
        Webapp coordination = Webapp.of("coordination", port);
        String filter = coordination.get("/filter?name=Overdue").body().replaceAll(".*?\"id\":\"([^\"]+)\".*", "$1");

        assertThat(coordination.call("POST", "/task", question).statusCode()).isGreaterThanOrEqualTo(400);
        assertThat(coordination
                        .call("POST", "/filter/%s/list".formatted(filter), question)
                        .statusCode())
                .isGreaterThanOrEqualTo(400);
    }

    @Test
    void makesNoObjectOutOfBytes() throws Exception {
        String bytes = "{\"value\":\"rO0ABXNyABFqYXZhLnV0aWwuSGFzaE1hcA==\",\"type\":\"Object\",\"valueInfo\":"
                + "{\"objectTypeName\":\"java.util.HashMap\",\"serializationDataFormat\":\"application/x-java-serialized-object\"}}";

        HttpResponse<String> answer =
                Webapp.of("admin", port).call("PUT", "/task/%s/variables/evil".formatted(triage), bytes);

        assertThat(answer.statusCode()).as(answer.body()).isGreaterThanOrEqualTo(400);
    }

    @Test
    void answersNobodyWhoHasNotSignedIn() {
        for (String path : List.of("/camunda/api/engine/engine/default/task", "/camunda/api/engine/engine")) {
            assertThat(http.getForEntity(path, String.class).getStatusCode())
                    .as(path)
                    .isEqualTo(HttpStatus.UNAUTHORIZED);
        }
    }

    @Test
    void handsOutABoundedNumberOfRows() throws Exception {
        MockFilterChain rest = new MockFilterChain();
        MockHttpServletRequest request = new MockHttpServletRequest("GET", "/camunda/api/engine/engine/default/task");
        request.setQueryString("sortBy=id");
        new WebappQueryLimit().doFilter(request, new MockHttpServletResponse(), rest);

        assertThat(((jakarta.servlet.http.HttpServletRequest) rest.getRequest()).getQueryString())
                .isEqualTo("sortBy=id&maxResults=2000");
        assertThat(Webapp.of("coordination", port).get("/task?maxResults=2001").statusCode())
                .isEqualTo(400);
        assertThat(Webapp.of("coordination", port).get("/task?maxResults=2000").statusCode())
                .isEqualTo(200);
    }
}
