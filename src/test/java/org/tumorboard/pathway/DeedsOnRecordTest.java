package org.tumorboard.pathway;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.camunda.bpm.engine.TaskService;
import org.camunda.bpm.engine.task.Task;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.client.TestRestTemplate;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.http.ResponseEntity;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.tumorboard.EngineTest;
import org.tumorboard.EventsOverHttp;
import org.tumorboard.SettableClock;
import org.tumorboard.embedded.SyntheticEvent;
import org.tumorboard.event.CaseId;
import org.tumorboard.event.EventIdentity;
import org.tumorboard.flow.Scene;

/** What people do over HTTP and in Tasklist stands in the audit trail, with who, from where and about what. */
@EngineTest
class DeedsOnRecordTest {

    private static final Instant DETECTED = Instant.parse("2026-03-02T08:00:00Z");

    @Autowired
    Scene scene;

    @Autowired
    SettableClock clock;

    @Autowired
    JdbcClient jdbc;

    @Autowired
    TestRestTemplate http;

    @Autowired
    TaskService tasks;

    @Autowired
    ParkedEventTasks parkedEvents;

    @LocalServerPort
    int port;

    private EventsOverHttp events;
    private List<SyntheticEvent> story;
    private CaseId caseId;
    private long start;

    @BeforeEach
    void aCaseAtTriage() {
        scene.resetTimeTo(DETECTED.plus(Duration.ofHours(3)));
        events = new EventsOverHttp(http, clock);
        story = scene.urgentCase(DETECTED).throughTreatment();
        caseId = Scene.caseOf(story);
        scene.said(story.get(0));
        start = jdbc.sql("select number from audit_head").query(Long.class).single();
    }

    @Test
    void recordsSessionsAndWhoWasRefusedOne() throws Exception {
        Webapp person = Webapp.of("radiology", port);
        person.form("/logout", "/dashboard", "x=y");
        Webapp.refused("radiology", port);
        Webapp.refused("my-password-in-the-wrong-field", port);

        assertThat(entries("127.0.0.1"))
                .containsExactly(
                        "SIGNED_IN radiology radiology 127.0.0.1",
                        "SIGNED_OUT radiology radiology 127.0.0.1",
                        "SIGN_IN_REFUSED radiology  127.0.0.1",
                        "SIGN_IN_REFUSED (unknown)  127.0.0.1");
    }

    @Test
    void recordsASystemsPasswordOnceAnHourAndNoneForMetrics() {
        clock.advance(Duration.ofHours(2));
        read("management");
        read("management");
        http.withBasicAuth("operations", "test").getForObject("/actuator/prometheus", String.class);
        clock.advance(Duration.ofMinutes(59));
        read("management");
        clock.advance(Duration.ofMinutes(1));
        read("management");

        String signedIn = "SIGNED_IN_PER_REQUEST management management 127.0.0.1";
        assertThat(lines("deed = ?", "SIGNED_IN_PER_REQUEST")).containsExactly(signedIn, signedIn);
    }

    @Test
    void recordsAttemptsThatComeTooEarlyOnceAMinute() {
        for (int guess = 0; guess < 8; guess++) {
            http.withBasicAuth("board-chair", "guess").getForEntity("/api/cases", String.class);
        }
        clock.advance(Duration.ofMinutes(5));
        http.withBasicAuth("board-chair", "test").getForEntity("/actuator/prometheus", String.class);

        assertThat(lines("person = ?", "board-chair").stream().distinct())
                .containsExactly("SIGN_IN_REFUSED board-chair  127.0.0.1", "SIGN_IN_THROTTLED board-chair  127.0.0.1");
        assertThat(lines("deed = ?", "SIGN_IN_THROTTLED")).hasSize(1);
    }

    @Test
    void recordsAReadOncePerMinutePersonAndCase() {
        read("radiology");
        read("radiology");
        read("management");
        clock.advance(Duration.ofSeconds(59));
        read("radiology");
        clock.advance(Duration.ofSeconds(1));
        read("radiology");

        assertThat(ofCase())
                .containsExactly(
                        "READ_CASE radiology radiology 127.0.0.1 api",
                        "READ_CASE management management 127.0.0.1 api",
                        "READ_CASE radiology radiology 127.0.0.1 api");
    }

    @Test
    void recordsWhoTakesAndCompletesAStep() throws Exception {
        String triage = scene.task(caseId, "Task_CompleteTriage").getId();
        Webapp neurosurgery = Webapp.of("neurosurgery", port);

        work(neurosurgery, triage, "claim", "{\"userId\": \"neurosurgery\"}");
        work(
                neurosurgery,
                triage,
                "submit-form",
                "{\"variables\": {\"accepted\": {\"value\": true}, \"urgency\": {\"value\": \"URGENT\"}}}");

        String who = " neurosurgery neurosurgery 127.0.0.1 Task_CompleteTriage";
        assertThat(ofCase()).containsExactly("CLAIMED_STEP" + who, "COMPLETED_STEP" + who);
    }

    @Test
    void recordsWhoOpensACaseInTasklistOrCockpit() throws Exception {
        Task triage = scene.task(caseId, "Task_CompleteTriage");
        Webapp neurosurgery = Webapp.of("neurosurgery", port);
        Webapp operations = Webapp.of("operations", port);

        neurosurgery.get("/task/" + triage.getId());
        neurosurgery.get("/task/%s/form-variables".formatted(triage.getId()));
        operations.get("/process-instance/" + triage.getProcessInstanceId());
        Webapp.of("coordination", port).get("/history/process-instance?processInstanceBusinessKey=" + caseId);
        operations.get("/task/count");

        assertThat(ofCase())
                .containsExactly(
                        "READ_CASE neurosurgery neurosurgery 127.0.0.1 engine",
                        "READ_CASE operations operations 127.0.0.1 engine",
                        "READ_CASE coordination coordination 127.0.0.1 engine");
    }

    @Test
    void recordsWhoChangesAProcessInCockpitAndWhatButNotTheValue() throws Exception {
        String instance = scene.task(caseId, "Task_CompleteTriage").getProcessInstanceId();
        Webapp admin = Webapp.of("admin", port);

        var answer = admin.call(
                "PUT",
                "/process-instance/%s/variables/lastWord".formatted(instance),
                "{\"value\": \"of a patient\", \"type\": \"String\"}");

        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(204);
        assertThat(ofCase())
                .isNotEmpty()
                .allMatch(entry -> entry.startsWith("CHANGED_PROCESS admin admin 127.0.0.1 Variable "))
                .noneMatch(entry -> entry.contains("patient"));
    }

    @Test
    void recordsWhoGivesRightsInAdmin() throws Exception {
        Webapp admin = Webapp.of("admin", port);

        var created = admin.call("POST", "/group/create", "{\"id\": \"deeds\", \"name\": \"x\", \"type\": \"y\"}");
        var deleted = admin.call("DELETE", "/group/deeds", "");

        assertThat(created.statusCode()).as(created.body()).isEqualTo(204);
        assertThat(deleted.statusCode()).as(deleted.body()).isEqualTo(204);
        assertThat(lines("deed = ?", "CHANGED_ACCESS"))
                .contains(
                        "CHANGED_ACCESS admin admin 127.0.0.1 Group Create groupId=deeds",
                        "CHANGED_ACCESS admin admin 127.0.0.1 Group Delete groupId=deeds");
    }

    @Test
    void recordsWhoSettlesAParkedEvent() throws Exception {
        SyntheticEvent early = scene.urgentCase(DETECTED).throughTreatment().get(1);
        scene.said(early);
        String asked = parkedEvents.ask(
                new EventIdentity(early.source(), early.id()), early.type().shortName(), null, clock.instant());
        String task =
                tasks.createTaskQuery().processInstanceId(asked).singleResult().getId();

        work(
                Webapp.of("coordination", port),
                task,
                "submit-form",
                "{\"variables\": {\"choice\": {\"value\": \"WAIT_ON\"}, \"reason\": {\"value\": \"CASE_WILL_COME\"}}}");

        assertThat(entries("127.0.0.1"))
                .contains("COMPLETED_STEP coordination coordination 127.0.0.1 Task_SettleParkedEvent");
    }

    @Test
    void recordsTheWaiverOfAClock() throws Exception {
        Webapp chair = Webapp.of("board-chair", port);

        chair.form(
                "/cases/%s/clocks/triage/adjust".formatted(caseId),
                "/cases/" + caseId,
                "step=clock-waived&reason=NOT_INDICATED");

        assertThat(ofCase()).anySatisfy(entry -> assertThat(entry)
                .startsWith("WAIVED_CLOCK board-chair board-chair 127.0.0.1 coordination.step-completed "));
    }

    @Test
    void recordsWhoSendsAndCorrects() throws Exception {
        ObjectNode event = events.sample("radiology.imaging-acquired");
        ObjectNode correction = events.sample("any.event-corrected");

        ResponseEntity<JsonNode> sent = events.send("radiology", "radiology", event);
        ResponseEntity<JsonNode> corrected = events.send("coordination", "gamma-knife", correction);

        assertThat(sent.getStatusCode().value()).as("%s", sent.getBody()).isEqualTo(202);
        assertThat(corrected.getStatusCode().value())
                .as("%s", corrected.getBody())
                .isEqualTo(202);
        assertThat(entries("127.0.0.1"))
                .containsExactly(
                        "SENT_EVENT radiology radiology 127.0.0.1 radiology.imaging-acquired " + id(event),
                        "CORRECTED_EVENT coordination coordination 127.0.0.1 gamma-knife.event-corrected "
                                + id(correction));
    }

    @Test
    void recordsWhoTriesAnEventAgain() {
        SyntheticEvent early = scene.urgentCase(DETECTED).throughTreatment().get(1);
        scene.said(early);

        http.withBasicAuth("operations", "test")
                .postForEntity(
                        "/api/events/redrive", Map.of("source", early.source(), "id", early.id()), JsonNode.class);

        assertThat(entries("127.0.0.1"))
                .containsExactly("REDROVE_EVENT operations operations 127.0.0.1 %s %s"
                        .formatted(early.type().toString(), early.id()));
    }

    private static String id(ObjectNode event) {
        return event.path("id").asText();
    }

    private void read(String user) {
        http.withBasicAuth(user, "test").getForObject("/api/cases/" + caseId, JsonNode.class);
    }

    private static void work(Webapp person, String task, String what, String body) throws Exception {
        var answer = person.call("POST", "/task/%s/%s".formatted(task, what), body);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(204);
    }

    private List<String> ofCase() {
        return lines("case_id = ?", caseId.value());
    }

    private List<String> entries(String origin) {
        return lines("deed <> 'SIGNED_IN_PER_REQUEST' and origin = ?", origin);
    }

    private List<String> lines(String which, String value) {
        return jdbc.sql(
                        "select concat_ws(' ', deed, person, groups, origin, subject) from audit_entry where number > ? and %s order by number"
                                .formatted(which))
                .params(start, value)
                .query(String.class)
                .list();
    }
}
