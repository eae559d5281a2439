package org.tumorboard.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.net.http.HttpResponse;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.tumorboard.EngineTest;
import org.tumorboard.event.CaseId;
import org.tumorboard.event.CaseStatus;
import org.tumorboard.event.Urgency;
import org.tumorboard.sla.ClockHistory;
import org.tumorboard.sla.ClockRows;
import org.tumorboard.sla.Milestones;
import org.tumorboard.sla.SlaClock;
import org.tumorboard.sla.SlaClocks;

/** Who may decide what about a running clock, and what becomes of the decision. */
@EngineTest
class AdjustmentFormTest {

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

    @LocalServerPort
    int port;

    private ClockRows rows;
    private CaseId caseId;

    @BeforeEach
    void aCase() {
        Instant now = clock.instant();
        rows = new ClockRows(jdbc, clocks, history, milestones);
        caseId = rows.aCase("SYN-ADJUST", Urgency.STANDARD, CaseStatus.PREPARING, "case-preparation", now);
        SlaClock ready = ClockRows.aClock(caseId, "case-ready", "coordination", now, Duration.ofHours(72));
        rows.save(
                ClockRows.of(ready, Urgency.STANDARD),
                ClockRows.aClock(caseId, "triage", "neurosurgery", now, Duration.ofHours(24)),
                ClockRows.aWindow(caseId, now.minus(Duration.ofHours(3))));
    }

    @AfterEach
    void noCase() {
        rows.close();
    }

    @Test
    void sendsWhatTheCoordinationDecidesTheWayOfEveryEvent() throws Exception {
        HttpResponse<String> answer = adjust("coordination", "case-ready", "clock-paused", "PATIENT_REQUEST");

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.uri().getPath()).isEqualTo("/cases/" + caseId);
        assertThat(answer.body()).contains("Pause of Case ready is sent.");
        await().atMost(Duration.ofSeconds(30)).until(() -> events().size() == 1);
        assertThat(events())
                .containsExactly(
                        "coordination.step-completed user:coordination clock-paused case-ready PATIENT_REQUEST");
    }

    @Test
    void letsOnlyTheChairWaive() throws Exception {
        HttpResponse<String> refused = adjust("coordination", "triage", "clock-waived", "NOT_INDICATED");
        HttpResponse<String> taken = adjust("board-chair", "triage", "clock-waived", "NOT_INDICATED");

        assertThat(refused.statusCode()).isEqualTo(403);
        assertThat(refused.body()).contains("Waive is a decision of board-chair");
        assertThat(taken.statusCode()).isEqualTo(200);
        await().atMost(Duration.ofSeconds(30)).until(() -> events().size() == 1);
    }

    @Test
    void letsOnlyTheChairLowerTheUrgency() throws Exception {
        Map<String, String> lower = Map.of("urgency", "STANDARD", "reason", "BOARD_DECISION");
        caseId = rows.aCase("SYN-LOWER", Urgency.URGENT, CaseStatus.PREPARING, "case-preparation", clock.instant());
        String page = "/cases/" + caseId;

        assertThat(SignedIn.as("coordination", port).get(page).body()).doesNotContain("Lower urgency");
        assertThat(SignedIn.as("coordination", port)
                        .send(page + "/urgency", page, lower)
                        .statusCode())
                .isEqualTo(403);
        SignedIn chair = SignedIn.as("board-chair", port);
        assertThat(chair.get(page).body()).contains("Lower urgency");
        assertThat(chair.send(page + "/urgency", page, Map.of("urgency", "EMERGENCY", "reason", "BOARD_DECISION"))
                        .statusCode())
                .isEqualTo(400);
        assertThat(chair.send(page + "/urgency", page, lower).statusCode()).isEqualTo(200);
        await().atMost(Duration.ofSeconds(30)).until(() -> events().size() == 1);
    }

    @Test
    void refusesWhatDoesNotFitAndSaysWhy() throws Exception {
        assertRefused("coordination", "triage", "clock-paused", "PATIENT_REQUEST", "no clock triage to which this");
        assertRefused("coordination", "case-ready", "clock-resumed", "PATIENT_AVAILABLE", "no clock case-ready");
        assertRefused(
                "coordination", "case-ready", "clock-paused", "BECAUSE", "reason: expected one of PATIENT_REQUEST");
        assertRefused("coordination", "case-ready", "clock-stopped", "X", "step: expected one of clock-paused");
        assertRefused("board-chair", "triage", "clock-earliest-waived", "MASS_EFFECT", "no clock triage");
        assertThat(events()).isEmpty();
    }

    @Test
    void refusesAFormWithoutTheTokenOfItsPage() throws Exception {
        SignedIn person = SignedIn.as("coordination", port);

        HttpResponse<String> answer =
                person.post(path("case-ready"), "guessed", Map.of("step", "clock-paused", "reason", "PATIENT_REQUEST"));

        assertThat(answer.statusCode()).isEqualTo(403);
    }

    @Test
    void offersEveryoneOnlyWhatIsTheirs() throws Exception {
        assertThat(formsFor("coordination")).contains("value=\"clock-paused\"").doesNotContain("clock-waived");
        assertThat(formsFor("board-chair"))
                .contains("value=\"clock-waived\"", "value=\"clock-earliest-waived\"")
                .doesNotContain("clock-paused");
        assertThat(formsFor("radiology")).doesNotContain("/adjust");
    }

    private String formsFor(String user) throws Exception {
        return SignedIn.as(user, port).get("/cases/" + caseId).body();
    }

    private void assertRefused(String user, String clockName, String step, String reason, String sentence)
            throws Exception {
        HttpResponse<String> answer = adjust(user, clockName, step, reason);

        assertThat(answer.statusCode()).as(step).isEqualTo(400);
        assertThat(answer.body()).contains(sentence);
    }

    private HttpResponse<String> adjust(String user, String clockName, String step, String reason) throws Exception {
        return SignedIn.as(user, port)
                .send(path(clockName), "/cases/" + caseId, Map.of("step", step, "reason", reason));
    }

    private String path(String clockName) {
        return "/cases/" + caseId + "/clocks/" + clockName + "/adjust";
    }

    private List<String> events() {
        return jdbc.sql(
                        """
                        select concat_ws(' ', type, source, data ->> 'step', data #>> '{data,clock}',
                          data #>> '{data,reason}')
                        from inbox_event where subject = ?
                        """)
                .param(caseId.value())
                .query(String.class)
                .list();
    }
}
