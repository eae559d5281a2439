package org.tumorboard.web;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.client.TestRestTemplate;
import org.springframework.http.HttpEntity;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.tumorboard.EngineTest;
import org.tumorboard.event.CaseId;
import org.tumorboard.event.CaseStatus;
import org.tumorboard.event.Urgency;
import org.tumorboard.sla.ClockChange;
import org.tumorboard.sla.ClockHistory;
import org.tumorboard.sla.ClockQueries;
import org.tumorboard.sla.ClockRows;
import org.tumorboard.sla.Milestone;
import org.tumorboard.sla.Milestones;
import org.tumorboard.sla.SlaClock;
import org.tumorboard.sla.SlaClocks;

/** Running clocks over HTTP: order, filters, CSV, refusals; and a case's clocks with their life. */
@EngineTest
class ClockApiTest {

    @Autowired
    TestRestTemplate http;

    @Autowired
    Clock clock;

    @Autowired
    JdbcClient jdbc;

    @Autowired
    SlaClocks clocks;

    @Autowired
    ClockHistory history;

    @Autowired
    Milestones milestones;

    @Autowired
    ClockQueries queries;

    private ClockRows rows;
    private Instant now;
    private CaseId preparing;
    private SlaClock overdue;
    private SlaClock window;

    @BeforeEach
    void twoCases() {
        now = clock.instant();
        rows = new ClockRows(jdbc, clocks, history, milestones);
        preparing = rows.aCase(
                "SYN-NOW-1", Urgency.URGENT, CaseStatus.PREPARING, "case-preparation", now.minus(Duration.ofHours(5)));
        CaseId treated = rows.aCase(
                "SYN-NOW-2", Urgency.URGENT, CaseStatus.SRS_DELIVERED, "resection", now.minus(Duration.ofHours(90)));
        overdue = ClockRows.aClock(
                preparing, "triage", "neurosurgery", now.minus(Duration.ofHours(5)), Duration.ofHours(4));
        window = ClockRows.aWindow(treated, now.minus(Duration.ofHours(20)));
        rows.save(
                window,
                overdue,
                ClockRows.aClock(
                        preparing,
                        "board-decision",
                        "coordination",
                        now.minus(Duration.ofHours(13)),
                        Duration.ofHours(24)),
                ClockRows.paused(
                        ClockRows.aClock(
                                preparing,
                                "case-ready",
                                "coordination",
                                now.minus(Duration.ofHours(2)),
                                Duration.ofHours(16)),
                        now.minus(Duration.ofHours(1)),
                        "PATIENT_REQUEST"),
                ClockRows.stopped(
                        ClockRows.aClock(treated, "planning", "gamma-knife", now, Duration.ofHours(4)),
                        now.plusSeconds(60)));
        queries.forget();
    }

    @AfterEach
    void noCases() {
        rows.close();
        queries.forget();
    }

    @Test
    void ordersRunningClocksByTheTimeLeftAndPausedOnesLast() {
        List<JsonNode> seen = ours("");

        assertThat(seen)
                .extracting(row -> row.path("clock").asText())
                .containsExactly("triage", "board-decision", "resection-window", "case-ready");
        assertThat(seen)
                .extracting(row -> row.path("standing").asText())
                .containsExactly("OVERDUE", "AT_RISK", "TOO_EARLY", "PAUSED");
        assertThat(seen)
                .extracting(row -> row.path("secondsLeft").asLong())
                .containsExactly(-3600L, 11 * 3600L, 28 * 3600L, 15 * 3600L);
    }

    @Test
    void tellsEverythingAboutARunningClock() {
        JsonNode row = ours("?clock=resection-window").get(0);

        assertThat(row.path("state").asText()).isEqualTo("RUNNING");
        assertThat(row.path("earliestAt").asText())
                .isEqualTo(window.earliestAt().toString());
        assertThat(row.path("latestAt").asText()).isEqualTo(window.latestAt().toString());
        assertThat(row.path("nextThreshold").asText()).isEqualTo("warn-30h");
        assertThat(row.path("nextThresholdAt").asText())
                .isEqualTo(window.startedAt().plus(Duration.ofHours(30)).toString());
        assertThat(row.path("phase").asText()).isEqualTo("resection");
        assertThat(row.path("policyVersion").asInt()).isEqualTo(1);
    }

    @Test
    void filtersByEachField() {
        assertThat(ours("?state=BREACHED")).hasSize(1);
        assertThat(ours("?standing=at_risk")).hasSize(1);
        assertThat(ours("?department=coordination")).hasSize(2);
        assertThat(ours("?department=coordination&standing=PAUSED")).hasSize(1);
        assertThat(ours("?phase=resection")).hasSize(1);
        assertThat(ours("?urgency=EMERGENCY")).isEmpty();
        assertThat(ours("?clock=")).hasSize(4);
    }

    @Test
    void givesPiecesOfFifty() {
        for (int i = 0; i < 60; i++) {
            rows.save(ClockRows.aClock(preparing, "neuro-check", "ward", now, Duration.ofHours(6)));
        }
        queries.forget();

        JsonNode second = get("?clock=neuro-check&page=2");

        assertThat(second.path("total").asInt()).isGreaterThanOrEqualTo(60);
        assertThat(second.path("page").asInt()).isEqualTo(2);
        assertThat(get("?clock=neuro-check").path("items")).hasSize(50);
    }

    @Test
    void givesTheSameAsCsvForWhoeverAsksByHeaderOrByLink() {
        HttpHeaders headers = new HttpHeaders();
        headers.set(HttpHeaders.ACCEPT, "text/csv");

        String byHeader = as("radiology")
                .exchange(
                        "/api/sla/clocks?state=BREACHED&whole=true",
                        HttpMethod.GET,
                        new HttpEntity<>(headers),
                        String.class)
                .getBody();
        ResponseEntity<String> byLink =
                as("radiology").getForEntity("/api/sla/clocks?state=BREACHED&whole=true&format=csv", String.class);

        assertThat(byLink.getHeaders().getContentType()).hasToString("text/csv;charset=UTF-8");
        assertThat(byLink.getBody()).isEqualTo(byHeader).startsWith("caseId,patientRef,clock,state,standing,");
        assertThat(byLink.getBody()).contains(preparing + ",SYN-NOW-1,triage,BREACHED,OVERDUE,URGENT,neurosurgery,");
    }

    @Test
    void refusesUnknownNamesSayingWhichAreKnown() {
        assertRefused("?clock=egg", "clock: expected one of triage, case-ready,");
        assertRefused("?state=SLEEPING", "state: expected one of RUNNING, WARNED,");
        assertRefused("?department=kitchen", "department: expected one of radiology,");
        assertRefused("?urgency=SOON", "urgency: expected one of STANDARD, URGENT, EMERGENCY");
        assertRefused("?page=two", "page: expected");
        assertRefused("?clock=egg&format=csv", "clock: expected one of");
    }

    @Test
    void tellsACasesClocksWithTheirLifeAndTheNearestDeadline() {
        rows.append(
                ClockRows.change(overdue, ClockChange.What.STARTED, now.minus(Duration.ofHours(5)), null),
                ClockRows.change(overdue, ClockChange.What.ANNOUNCED, now.minus(Duration.ofMinutes(59)), "breach"));

        JsonNode seen = as("radiology").getForObject("/api/cases/" + preparing, JsonNode.class);

        assertThat(seen.path("clocks"))
                .extracting(run -> run.path("clock").asText())
                .containsExactly("board-decision", "triage", "case-ready");
        JsonNode triage = seen.path("clocks").get(1);
        assertThat(triage.path("state").asText()).isEqualTo("BREACHED");
        assertThat(triage.path("thresholds"))
                .extracting(threshold -> threshold.path("name").asText())
                .containsExactly("warn-50", "warn-80", "breach", "escalate");
        assertThat(triage.path("history"))
                .extracting(change -> change.path("what").asText())
                .containsExactly("STARTED", "ANNOUNCED");
        assertThat(seen.path("nextDeadline").asText())
                .isEqualTo(overdue.latestAt().toString());
    }

    @Test
    void tellsMilestonesAsTheyStandWithWhatWasCorrected() {
        Milestone told =
                Milestone.told(preparing, "detected", now.minusSeconds(600), now, "//hospital.example/r", "e-1");
        rows.append(
                told,
                told.amended(
                        now.minusSeconds(900),
                        now,
                        "WRONG_TIME",
                        new Milestone.Amendment(now, "//hospital.example/r", "e-2", false)),
                Milestone.told(preparing, "clock-paused", now, now, "user:coordination", "e-3")
                        .about("case-ready", "PATIENT_REQUEST"));

        JsonNode seen = as("radiology")
                .getForObject("/api/cases/" + preparing, JsonNode.class)
                .path("milestones");

        assertThat(seen).hasSize(1);
        assertThat(seen.get(0).path("at").asText())
                .isEqualTo(now.minusSeconds(900).toString());
        assertThat(seen.get(0).path("reason").asText()).isEqualTo("WRONG_TIME");
        assertThat(seen.get(0).path("retracted").asBoolean(true)).isFalse();
    }

    private void assertRefused(String query, String sentence) {
        ResponseEntity<JsonNode> answer = as("radiology").getForEntity("/api/sla/clocks" + query, JsonNode.class);

        assertThat(answer.getStatusCode()).isEqualTo(HttpStatus.BAD_REQUEST);
        assertThat(answer.getBody().path("detail").asText()).startsWith(sentence);
    }

    private List<JsonNode> ours(String query) {
        List<JsonNode> rowsSeen = new ArrayList<>();
        get(query + (query.isEmpty() ? "?" : "&") + "whole=true").path("items").forEach(row -> {
            if (row.path("patientRef").asText().startsWith("SYN-NOW-")) {
                rowsSeen.add(row);
            }
        });
        return rowsSeen;
    }

    private JsonNode get(String query) {
        return as("radiology").getForObject("/api/sla/clocks" + query, JsonNode.class);
    }

    private TestRestTemplate as(String user) {
        return http.withBasicAuth(user, "test");
    }
}
