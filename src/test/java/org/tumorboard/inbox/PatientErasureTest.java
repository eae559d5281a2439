package org.tumorboard.inbox;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.client.TestRestTemplate;
import org.springframework.http.HttpEntity;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.tumorboard.Departments;
import org.tumorboard.EngineTest;
import org.tumorboard.embedded.SyntheticEvent;
import org.tumorboard.event.CaseId;
import org.tumorboard.event.Department;
import org.tumorboard.event.EventType;
import org.tumorboard.event.Topics;
import org.tumorboard.flow.Scene;

/** A patient's pseudonym leaves every table on request; what is counted by cases stays. */
@EngineTest
class PatientErasureTest {

    private static final Instant DETECTED = Instant.parse("2026-03-02T08:00:00Z");
    private static final Instant DEATH = DETECTED.plusSeconds(86_400 * 20);

    @Autowired
    Scene scene;

    @Autowired
    Departments departments;

    @Autowired
    JdbcClient jdbc;

    @Autowired
    TestRestTemplate http;

    private List<SyntheticEvent> story;
    private String patient;
    private CaseId caseId;

    /** Of whom as much is known as these events say. */
    private void aPatient(List<SyntheticEvent> events) {
        story = events;
        patient = story.get(0).key();
        caseId = Scene.caseOf(story);
        scene.hasHappened(story);
    }

    @Test
    void leavesNoTraceInAnyTableAndEverythingThatIsCounted() {
        scene.resetTimeTo(DETECTED);
        aPatient(scene.urgentCase(DETECTED).throughTreatment());
        ResponseEntity<JsonNode> tooEarly = erase(patient, null);
        assertThat(tooEarly.getStatusCode().value()).isEqualTo(409);
        assertThat(tooEarly.getBody().path("detail").asText())
                .isEqualTo("expected a patient without an open case, but these are open: [" + caseId + "]");

        theCaseEnds();
        String similar = patient + "9";
        scene.said(died(similar, "similar"));
        aRecordNobodyCanRead();
        jdbc.sql("insert into patient_alias values (?, ?, ?, now(), now(), 'MERGED', 'user:a', 'user:b')")
                .params(patient + "-before", patient, caseId.value())
                .update();
        scene.awaitSent();
        List<String> milestones = scene.milestoneRecord(caseId);
        int clocks = scene.clocks(caseId).size();
        List<String> before = tablesHolding(patient);
        assertThat(before).contains("inbox_event", "outbox_message", "tumor_case", "step_closing", "patient_alias");

        JsonNode seen = erase(patient, null).getBody();
        ResponseEntity<JsonNode> mistaken = erase(patient, seen.path("rows").asLong() + 1);
        assertThat(mistaken.getStatusCode().value()).isEqualTo(409);
        assertThat(tablesHolding(patient)).isEqualTo(before);
        JsonNode done = erase(patient, seen.path("rows").asLong()).getBody();

        assertThat(seen.path("erased").asBoolean()).isFalse();
        assertThat(done.path("erased").asBoolean()).isTrue();
        assertThat(done.path("cases").get(0).asText()).isEqualTo(caseId.value());
        assertThat(done.path("pseudonyms").asInt()).isEqualTo(2);
        assertThat(tablesHolding(patient)).isEmpty();
        assertThat(tablesHolding(patient + "-before")).isEmpty();
        assertThat(tablesHolding(similar)).contains("inbox_event");
        assertThat(scene.milestoneRecord(caseId)).isEqualTo(milestones);
        assertThat(scene.clocks(caseId)).hasSize(clocks);
        assertThat(scene.caseFromApi(caseId).path("patientRef").asText()).startsWith("ERASED-");
        assertThat(onRecord())
                .containsExactly("admin " + seen.path("rows").asLong() + " rows of "
                        + seen.path("tables").size() + " tables");
        assertThat(erase(patient, null).getStatusCode().value()).isEqualTo(404);
    }

    @Test
    void whatComesLaterIsOfAnUnknownPatientAndWhatCameIsADuplicate() {
        scene.resetTimeTo(DETECTED.plusSeconds(86_400 * 30));
        aPatient(scene.urgentCase(DETECTED).notAccepted());
        erase(patient, erase(patient, null).getBody().path("rows").asLong());
        List<String> milestones = scene.milestoneRecord(caseId);

        scene.said(story);
        SyntheticEvent later = died(patient, "later");
        scene.said(later);

        assertThat(scene.outcome(later)).isEqualTo("PARKED");
        assertThat(scene.reason(later)).startsWith("the patient has no open case yet");
        assertThat(scene.outcome(story.get(0))).isEqualTo("APPLIED");
        assertThat(scene.milestoneRecord(caseId)).isEqualTo(milestones);
        assertThat(erase("x", null).getStatusCode().value()).isEqualTo(400);
    }

    private void theCaseEnds() {
        scene.happens(died(patient, "end"));
        scene.fireTimers();
        assertThat(scene.status(caseId)).isEqualTo("DECEASED");
    }

    /** Its dead letter holds all of it. */
    private void aRecordNobodyCanRead() {
        departments.send(
                Topics.events(Department.WARD),
                patient,
                Map.of("content-type", "application/json".getBytes(UTF_8)),
                "{\"patientRef\": \"%s\"".formatted(patient).getBytes(UTF_8));
        scene.awaitQuiet();
    }

    private static SyntheticEvent died(String patient, String what) {
        return new SyntheticEvent(
                new EventType(Department.PATIENT_ADMINISTRATION, "patient-deceased"),
                what + "-" + Scene.nextNumber(),
                patient,
                null,
                DEATH,
                JsonNodeFactory.instance.objectNode().put("patientRef", patient).put("at", DEATH.toString()));
    }

    private ResponseEntity<JsonNode> erase(String pseudonym, Long rows) {
        HttpHeaders headers = new HttpHeaders();
        headers.setContentType(MediaType.APPLICATION_JSON);
        var asked = JsonNodeFactory.instance.objectNode().put("patientRef", pseudonym);
        if (rows != null) {
            asked.put("rows", rows);
        }
        return http.withBasicAuth("admin", "test")
                .postForEntity("/api/patients/erase", new HttpEntity<>(asked.toString(), headers), JsonNode.class);
    }

    private List<String> onRecord() {
        return jdbc.sql(
                        "select person || ' ' || subject from audit_entry where deed = 'ERASED_PATIENT' and case_id = ?")
                .param(caseId.value())
                .query(String.class)
                .list();
    }

    /** Every column of every table, whatever its type, and what dead letters hold in another form. */
    private List<String> tablesHolding(String name) {
        String whole = "%s(?![0-9]|-before)".formatted(name);
        List<String> found = new ArrayList<>();
        for (String table : jdbc.sql(
                        "select table_name from information_schema.tables where table_schema = current_schema()"
                                + " and table_type = 'BASE TABLE' order by 1")
                .query(String.class)
                .list()) {
            String bytes = jdbc.sql(
                            """
                            select coalesce(string_agg(' or encode("' || column_name || '", ''escape'') ~ :name', ''), '')
                            from information_schema.columns
                            where table_schema = current_schema() and table_name = ? and data_type = 'bytea'
                            """)
                    .param(table)
                    .query(String.class)
                    .single();
            String letters = table.equals("outbox_message")
                    ? " or encode(decode(payload ->> 'valueBase64', 'base64'), 'escape') ~ :name"
                    : "";
            if (jdbc.sql("select exists(select from \"%1$s\" t where cast(t as text) ~ :name%2$s%3$s)"
                            .formatted(table, bytes, letters))
                    .param("name", whole)
                    .query(Boolean.class)
                    .single()) {
                found.add(table);
            }
        }
        return found;
    }
}
