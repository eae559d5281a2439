package org.tumorboard.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.client.TestRestTemplate;
import org.springframework.http.HttpEntity;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.tumorboard.EngineTest;
import org.tumorboard.EventsOverHttp;

/** The HTTP contract: who may say what, what is answered, and what is refused with a sentence. */
@EngineTest
class ApiTest {

    @Autowired
    TestRestTemplate http;

    @Autowired
    Clock clock;

    private EventsOverHttp events;

    @BeforeEach
    void someoneSends() {
        events = new EventsOverHttp(http, clock);
    }

    @Test
    void takesAStructuredEventAndPutsItInTheInbox() throws IOException {
        ObjectNode event = events.sample("radiology.imaging-acquired");

        ResponseEntity<JsonNode> answer = events.send("radiology", "radiology", event);

        assertThat(answer.getStatusCode()).isEqualTo(HttpStatus.ACCEPTED);
        assertThat(answer.getBody().path("id")).isEqualTo(event.path("id"));
        await().atMost(Duration.ofSeconds(30))
                .until(() -> outcomeOf(event.path("id").asText()).equals("PARKED"));
    }

    @Test
    void takesABinaryEvent() throws IOException {
        ObjectNode event = events.sample("radiology.imaging-acquired");
        HttpHeaders headers = binary(event);

        ResponseEntity<JsonNode> answer = as("radiology")
                .postForEntity(
                        "/api/events/radiology",
                        new HttpEntity<>(event.path("data").toString(), headers),
                        JsonNode.class);

        assertThat(answer.getStatusCode()).isEqualTo(HttpStatus.ACCEPTED);
    }

    @Test
    void answersWithNothingButWhatTheEventIsKnownBy() throws IOException {
        ObjectNode event = events.sample("radiology.imaging-acquired");
        event.put("id", event.path("id").asText().toUpperCase());

        JsonNode answer = events.send("radiology", "radiology", event).getBody();

        assertThat(answer.properties()).hasSize(2);
        assertThat(answer.path("source")).isEqualTo(event.path("source"));
        assertThat(answer.path("id").asText())
                .isEqualTo(event.path("id").asText().toLowerCase());
        await().atMost(Duration.ofSeconds(30)).until(() -> redrive(
                        "operations",
                        Map.of(
                                "source",
                                event.path("source").asText(),
                                "id",
                                event.path("id").asText()))
                .equals(HttpStatus.OK));
    }

    @Test
    void findsACaseByItsIdInWhateverCaseItIsWritten() throws IOException {
        String caseId = UUID.randomUUID().toString();
        ObjectNode event = events.sample("radiology.recurrence-suspected").put("subject", caseId.toUpperCase());
        // other tests may have set the clock back before the sample's own instants
        ((ObjectNode) event.path("data"))
                .put("reportVerifiedAt", event.path("time").asText());
        assertThat(events.send("radiology", "radiology", event).getStatusCode()).isEqualTo(HttpStatus.ACCEPTED);

        for (String spelling : List.of(caseId, caseId.toUpperCase())) {
            await().atMost(Duration.ofSeconds(30)).until(() -> as("coordination")
                    .getForObject("/api/cases/" + spelling, JsonNode.class)
                    .path("caseId")
                    .asText()
                    .equals(caseId));
            assertThat(as("coordination").getForObject("/api/cases/%s/events".formatted(spelling), JsonNode.class))
                    .hasSize(1);
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "ce-id | \"quoted \\\"%C3%BC\" | 202 | quoted \"ü",
                "ce-id | %22x%22%20%e2%82%AC | 202 | \"x\" €",
                "ce-id | a%41 | 202 | aA",
                "ce-id | %zz | 400 | ce-id: expected percent signs only before two hexadecimal digits",
                "ce-id | 100% | 400 | ce-id: expected percent signs only before two hexadecimal digits",
                "ce-id | \"open | 400 | ce-id: expected a quoted text to end with its quote",
                "ce-source | /klinik/m%FCnchen | 400 | ce-source: expected UTF-8 behind its percent signs",
                "ce-source | /klinik/m%E4nchen | 400 | ce-source: expected UTF-8 behind its percent signs",
                "ce-source | /klinik/%C0%AF | 400 | ce-source: expected UTF-8 behind its percent signs",
                "ce-source | /klinik/%ED%A0%80 | 400 | ce-source: expected UTF-8 behind its percent signs",
                "ce-time | 1999-12-31T00:00:00Z | 400 | time: expected 2000-01-01T00:00:00Z or later",
                "ce-specversion | 0.3 | 400 | specversion: expected 1.0",
                "content-type | application/cloudevents-batch+json | 400 | content-type: expected application/cloudevents+json",
                "content-type | Application/JSON;charset=utf-8 | 202 | "
            })
    void readsHeadersAsTheBindingHasThem(String header, String value, int status, String said) throws IOException {
        ObjectNode event = events.sample("radiology.imaging-acquired");
        HttpHeaders headers = binary(event);
        headers.set(header, value);

        ResponseEntity<JsonNode> answer = as("radiology")
                .postForEntity(
                        "/api/events/radiology",
                        new HttpEntity<>(event.path("data").toString(), headers),
                        JsonNode.class);

        assertThat(answer.getStatusCode().value()).isEqualTo(status);
        if (said != null) {
            assertThat(answer.getBody().path(status == 202 ? "id" : "detail").asText())
                    .startsWith(said);
        }
    }

    @Test
    void refusesAHeaderGivenTwice() throws IOException {
        ObjectNode event = events.sample("radiology.imaging-acquired");
        HttpHeaders headers = binary(event);
        headers.add("CE-ID", "another");

        ResponseEntity<JsonNode> answer = as("radiology")
                .postForEntity(
                        "/api/events/radiology",
                        new HttpEntity<>(event.path("data").toString(), headers),
                        JsonNode.class);

        assertThat(answer.getStatusCode()).isEqualTo(HttpStatus.BAD_REQUEST);
        assertThat(answer.getBody().path("detail").asText()).isEqualTo("ce-id: expected once, but it is given twice");
    }

    private static HttpHeaders binary(ObjectNode event) {
        HttpHeaders headers = new HttpHeaders();
        event.properties().stream()
                .filter(field ->
                        !field.getKey().equals("data") && !field.getKey().equals("datacontenttype"))
                .forEach(field ->
                        headers.add("ce-" + field.getKey(), field.getValue().asText()));
        headers.setContentType(MediaType.APPLICATION_JSON);
        return headers;
    }

    @Test
    void takesADecisionOfTheChairFromNobodyElse() throws IOException {
        ObjectNode event = events.sample("any.step-completed");
        event.put("type", "org.tumorboard.coordination.step-completed.v1")
                .put("source", "//hospital.example/coordination");
        ((ObjectNode) event.get("data"))
                .put("step", "clock-waived")
                .putObject("data")
                .put("clock", "consents")
                .put("reason", "NOT_INDICATED");

        ResponseEntity<JsonNode> answer = events.send("coordination", "coordination", event);

        assertThat(answer.getStatusCode()).isEqualTo(HttpStatus.BAD_REQUEST);
        assertThat(answer.getBody().path("detail").asText()).contains("data.step", "board-chair");
    }

    @Test
    void tellsTheSenderWhichFieldIsWrong() throws IOException {
        ObjectNode event = events.sample("radiology.imaging-acquired");
        ((ObjectNode) event.get("data")).put("purpose", "HOLIDAY");

        ResponseEntity<JsonNode> answer = events.send("radiology", "radiology", event);

        assertThat(answer.getStatusCode()).isEqualTo(HttpStatus.BAD_REQUEST);
        assertThat(answer.getHeaders().getContentType()).isEqualTo(MediaType.APPLICATION_PROBLEM_JSON);
        assertThat(answer.getBody().path("detail").asText()).contains("data.purpose");
    }

    @Test
    void refusesAnEventOfAnotherDepartment() throws IOException {
        ObjectNode event = events.sample("radiology.imaging-acquired");

        assertThat(events.send("radiology", "pathology", event).getStatusCode()).isEqualTo(HttpStatus.FORBIDDEN);
        assertThat(events.send("coordination", "pathology", event).getStatusCode())
                .isEqualTo(HttpStatus.BAD_REQUEST);
        assertThat(events.send("coordination", "kitchen", event).getStatusCode())
                .isEqualTo(HttpStatus.BAD_REQUEST);
    }

    @Test
    void letsNobodyInWithoutSignIn() {
        assertThat(http.getForEntity("/api/cases", JsonNode.class).getStatusCode())
                .isEqualTo(HttpStatus.UNAUTHORIZED);
        assertThat(http.withBasicAuth("radiology", "guess")
                        .getForEntity("/api/cases", JsonNode.class)
                        .getStatusCode())
                .isEqualTo(HttpStatus.UNAUTHORIZED);
        assertThat(http.getForEntity("/actuator/prometheus", String.class).getStatusCode())
                .isEqualTo(HttpStatus.UNAUTHORIZED);
        assertThat(http.getForEntity("/camunda/api/engine/engine/default/task", String.class)
                        .getStatusCode())
                .isEqualTo(HttpStatus.UNAUTHORIZED);
        assertThat(http.getForEntity("/actuator/health", JsonNode.class).getStatusCode())
                .isEqualTo(HttpStatus.OK);
    }

    @Test
    void answersUnknownThingsWithProblems() {
        ResponseEntity<JsonNode> answer = as("radiology").getForEntity("/api/cases/none", JsonNode.class);

        assertThat(answer.getStatusCode()).isEqualTo(HttpStatus.NOT_FOUND);
        assertThat(answer.getBody().path("detail").asText()).isEqualTo("there is no case none");
        assertThat(as("radiology")
                        .getForEntity("/api/cases?status=SLEEPING", JsonNode.class)
                        .getStatusCode())
                .isEqualTo(HttpStatus.BAD_REQUEST);
    }

    @Test
    void letsOnlySomeRedriveAndOnlyWhatWaits() throws IOException {
        ObjectNode event = events.sample("radiology.imaging-acquired");
        events.send("radiology", "radiology", event);
        await().atMost(Duration.ofSeconds(30))
                .until(() -> outcomeOf(event.path("id").asText()).equals("PARKED"));
        Map<String, String> named = Map.of(
                "source", event.path("source").asText(), "id", event.path("id").asText());

        assertThat(redrive("radiology", named)).isEqualTo(HttpStatus.FORBIDDEN);
        assertThat(redrive("operations", named)).isEqualTo(HttpStatus.OK);
        assertThat(redrive("operations", Map.of("source", "x", "id", "y"))).isEqualTo(HttpStatus.NOT_FOUND);
    }

    @Test
    void givesListsAsCsvToo() {
        HttpHeaders headers = new HttpHeaders();
        headers.set(HttpHeaders.ACCEPT, "text/csv");

        ResponseEntity<String> answer = as("radiology")
                .exchange("/api/events?department=radiology", HttpMethod.GET, new HttpEntity<>(headers), String.class);

        assertThat(answer.getHeaders().getContentType()).hasToString("text/csv;charset=UTF-8");
    }

    @Test
    void leadsPeopleToTheSignInUnderAStrictContentPolicy() {
        HttpHeaders headers = new HttpHeaders();
        headers.set(HttpHeaders.ACCEPT, MediaType.TEXT_HTML_VALUE);

        ResponseEntity<String> page =
                http.exchange("/cases/any", HttpMethod.GET, new HttpEntity<>(headers), String.class);

        assertThat(page.getBody()).contains("autocomplete=\"current-password\"").doesNotContain("<script>");
        assertThat(page.getHeaders().getFirst("Content-Security-Policy")).startsWith("default-src 'none'");
    }

    private HttpStatus redrive(String user, Map<String, String> event) {
        return (HttpStatus) as(user).postForEntity("/api/events/redrive", event, JsonNode.class)
                .getStatusCode();
    }

    private String outcomeOf(String id) {
        for (JsonNode event : as("radiology")
                .getForObject("/api/events?department=radiology", JsonNode.class)
                .path("items")) {
            if (event.path("id").asText().equals(id)) {
                return event.path("outcome").asText();
            }
        }
        return "none";
    }

    private TestRestTemplate as(String user) {
        return http.withBasicAuth(user, "test");
    }
}
