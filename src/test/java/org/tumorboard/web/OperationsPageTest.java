package org.tumorboard.web;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.LocatorAssertions;
import com.microsoft.playwright.options.ColorScheme;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.camunda.bpm.engine.ManagementService;
import org.camunda.bpm.engine.runtime.Job;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.client.TestRestTemplate;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;
import org.tumorboard.Departments;
import org.tumorboard.EngineTest;
import org.tumorboard.embedded.SyntheticEvent;
import org.tumorboard.event.CaseId;
import org.tumorboard.flow.Scene;

/** An operator sees what is wrong, finds the events behind it, has them tried again, and reads what was refused. */
@EngineTest
class OperationsPageTest {

    private static final Instant DETECTED = Instant.parse("2028-03-06T08:00:00Z");

    @Autowired
    Scene scene;

    @Autowired
    Departments departments;

    @Autowired
    ManagementService management;

    @Autowired
    JdbcClient jdbc;

    @Autowired
    TransactionTemplate transaction;

    @Autowired
    TestRestTemplate http;

    @LocalServerPort
    int port;

    private List<SyntheticEvent> story;
    private SyntheticEvent triage;
    private SyntheticEvent early;
    private CaseId caseId;
    private String patient;
    private long trailUntilNow;

    @BeforeEach
    void aCaseOfWhichOneEventFailedAndOneCameEarly() {
        scene.resetTimeTo(DETECTED);
        story = scene.urgentCase(DETECTED).throughTreatment();
        caseId = Scene.caseOf(story);
        patient = story.get(0).key();
        triage = event("triage-completed");
        early = event("decision-signed");
        scene.resetTimeTo(early.time());
        scene.said(triage);
        jdbc.sql("update inbox_event set outcome = 'FAILED', reason = 'applying it failed: no row fits' where id = ?")
                .param(triage.id())
                .update();
        scene.said(story.get(0));
        scene.said(early);
        trailUntilNow = jdbc.sql("select coalesce(max(number), 0) from audit_entry")
                .query(Long.class)
                .single();
    }

    @AfterEach
    void announcingWorks() {
        jdbc.sql("drop trigger if exists refuse_announcements on sla_clock_change")
                .update();
    }

    @Test
    void saysFirstWhatIsWrongAndLeadsToTheEventsBehindIt() throws Exception {
        try (Visit visit = Visit.by("operations", port)) {
            Page page = visit.at("/");
            page.locator("nav").getByText("Operations").click();

            Locator failed = page.locator("#wrong li").filter(with("not be applied"));
            assertThat(failed).containsText("Read the reason of each, mend the cause, then try them again.");
            assertThat(visit.faults()).isEmpty();
            failed.getByText("Show").click();
            page.getByLabel("Case or patient").fill(patient.toLowerCase());
            page.getByText("Search").click();
            assertThat(page.locator("tbody tr")).hasCount(1);
            assertThat(page.locator("tbody tr")).containsText("applying it failed: no row fits");

            page.getByLabel("Outcome").selectOption("");
            page.getByText("Search").click();
            assertThat(page.locator("tbody tr")).hasCount(3);
            Locator parked = page.locator("tbody tr").filter(with("Parked"));
            assertThat(parked).containsText("released when the case reaches");
            parked.locator("td a").click();
            assertThat(page.locator("h1")).hasText(patient);
            assertThat(visit.complaints()).isEmpty();
        }
    }

    @Test
    void triesTheTickedOnesAgainAndSaysWhatBecameOfEach() throws Exception {
        try (Visit visit = Visit.by("operations", port)) {
            Page page = visit.at("/operations/events?text=" + patient);
            page.getByText("Try the ticked ones again").click();
            assertThat(page.locator(".alert"))
                    .hasText("Nothing was selected. Tick the events that are to be tried again.");

            page.getByLabel("Try Triage completed").check();
            page.getByLabel("Try Decision signed").check();
            page.getByText("Try the ticked ones again").click();

            Locator attempts = page.locator("section[aria-labelledby=attempts-title]");
            assertThat(attempts.locator("h2")).hasText("2 events were tried again");
            assertThat(attempts.locator("[role=status]")).hasText("1 moved its case, 1 did not.");
            assertThat(attempts.locator("tbody tr").filter(with("Triage completed")))
                    .containsText("moved its case");
            assertThat(attempts.locator("tbody tr").filter(with("Decision signed")))
                    .containsText("waits on");
            assertThat(visit.faults()).isEmpty();
            assertThat(visit.complaints()).isEmpty();
        }

        assertThat(scene.outcome(triage)).isEqualTo("APPLIED");
        assertThat(scene.outcome(early)).isEqualTo("PARKED");
        assertThat(deeds("REDROVE_EVENT"))
                .containsExactlyInAnyOrder(
                        "operations neurosurgery.triage-completed " + triage.id(),
                        "operations coordination.decision-signed " + early.id());
    }

    @Test
    void asksBeforeItTriesAllOfAListAgain() {
        try (Visit visit = Visit.by("operations", port)) {
            Page page = visit.at("/operations/events?text=" + patient);
            page.getByText("Try all that wait again").click();
            assertThat(page.locator("main")).containsText("2 parked or failed events are on this list.");
            assertThat(scene.outcome(triage)).isEqualTo("FAILED");

            page.getByText("Try all 2 again").click();

            assertThat(page.locator("h2").first()).hasText("2 events were tried again");
            assertThat(page.getByLabel("Case or patient")).hasValue(patient);
            assertThat(visit.complaints()).isEmpty();
        }
        assertThat(scene.outcome(triage)).isEqualTo("APPLIED");
    }

    @Test
    void refusesWhoeverDoesNotOperateAndWhatNoPageSends() throws Exception {
        SignedIn operator = SignedIn.as("operations", port);
        SignedIn radiologist = SignedIn.as("radiology", port);
        Map<String, String> triageAgain = Map.of("event", EventKey.of(triage.source(), triage.id()));

        assertThat(radiologist.get("/operations").statusCode()).isEqualTo(403);
        assertThat(radiologist.get("/").body()).doesNotContain("/operations");
        assertThat(radiologist.send("/operations/redrive", "/", triageAgain).statusCode())
                .isEqualTo(403);
        assertThat(radiologist
                        .send("/operations/incidents/any/retry", "/", Map.of())
                        .statusCode())
                .isEqualTo(403);
        assertThat(operator.post("/operations/redrive", "forged", triageAgain).statusCode())
                .isEqualTo(403);
        assertThat(operator.send("/operations/redrive", "/operations", Map.of("event", "nothing"))
                        .body())
                .contains("event: expected source and id of an event");
        assertThat(operator.get("/operations/events?outcome=LOST").body()).contains("outcome: expected one of APPLIED");
        assertThat(scene.outcome(triage)).isEqualTo("FAILED");
        assertThat(deeds("REDROVE_EVENT")).isEmpty();
    }

    @Test
    void showsWhatWasRefusedAndTellsTheTrailWhoReadIt() throws Exception {
        SyntheticEvent broken = new SyntheticEvent(
                triage.type(), triage.id() + "-broken", triage.key(), triage.subject(), triage.time(), triage.data());
        departments.send(triage.topic(), triage.key(), broken.headers(), "{\"urgency\": <b>oops".getBytes(UTF_8));
        scene.awaitDecided(List.of(broken));

        try (Visit visit = Visit.by("operations", port)) {
            Page page = visit.at("/operations/dead-letters");
            Locator letter = page.locator("tbody tr").filter(with(broken.id()));
            assertThat(letter).containsText("expected JSON");
            assertThat(letter).containsText("Triage completed");
            assertThat(letter).containsText("Neurosurgery");
            assertThat(letter).containsText("tumorboard.events.neurosurgery");
            assertThat(letter).containsText("offset");
            assertThat(letter).not().containsText("oops");
            assertThat(deeds("READ_LETTER")).isEmpty();

            letter.getByText("Show").click();
            assertThat(page.locator("pre")).hasText("{\"urgency\": <b>oops");
            assertThat(visit.faults()).isEmpty();

            scene.say(List.of(broken));
            scene.awaitQuiet();
            page.navigate("/operations/dead-letters");
            assertThat(page.locator("tbody tr").filter(with(broken.id()))).containsText("sent again:");
            assertThat(visit.complaints()).isEmpty();
        }
        assertThat(deeds("READ_LETTER")).singleElement().asString().startsWith("operations dead letter ");
    }

    @Test
    void hasFailedWorkTriedAgain() throws Exception {
        Job timer = timerThatFails();

        try (Visit visit = Visit.by("operations", port)) {
            Page page = visit.at("/operations");
            assertThat(page.locator("#wrong")).containsText("on every try, and the engine leaves it to you.");
            Locator incident = page.locator("#incidents tbody tr").filter(with(caseId.shortCode()));
            assertThat(incident).containsText("announcing is refused");
            assertThat(incident).containsText("sla-watch");
            assertThat(visit.faults()).isEmpty();
            announcingWorks();

            incident.getByText("Try again").click();

            assertThat(page.locator("main > [role=status]")).containsText("It is tried again at once.");
            assertThat(page.locator("#incidents tbody tr").filter(with(caseId.shortCode())))
                    .hasCount(0);
            assertThat(visit.complaints()).isEmpty();
        }
        assertThat(management
                        .createJobQuery()
                        .jobId(timer.getId())
                        .singleResult()
                        .getRetries())
                .isOne();
        assertThat(deeds("RETRIED_WORK")).containsExactly("operations sla-watch " + element(timer));
    }

    @Test
    void saysThatTheDatabaseDoesNotAnswerAndGoesOnByItself() {
        try (Visit visit = Visit.by("operations", port)) {
            Page page = visit.at("/operations");
            String failed = page.locator("#inbox .figure").first().innerText();
            transaction.executeWithoutResult(status -> {
                jdbc.sql("lock table inbox_event in access exclusive mode").update();

                page.reload();

                assertThat(page.locator("#wrong li").first())
                        .containsText("The database does not answer. What stands below was read");
                assertThat(page.locator("#inbox .figure").first().innerText()).isEqualTo(failed);
                page.navigate("/operations/events");
                assertThat(page.locator(".alert")).containsText("The database does not answer");
                page.navigate("/operations");
            });

            assertThat(page.locator("#wrong"))
                    .not()
                    .containsText("does not answer", new LocatorAssertions.ContainsTextOptions().setTimeout(20_000));
            assertThat(visit.complaints()).isEmpty();
        }
    }

    @Test
    void saysTheSameToMachines() {
        JsonNode said = http.withBasicAuth("operations", "test").getForObject("/api/operations", JsonNode.class);
        JsonNode failed = http.withBasicAuth("operations", "test")
                .getForObject("/api/events?outcome=FAILED&text=" + patient, JsonNode.class);

        assertThat(said.path("databaseAnswers").asBoolean()).isTrue();
        assertThat(said.path("troubles").path(0).path("critical").asBoolean()).isTrue();
        assertThat(said.path("inbox").path(0).path("outcome").asText()).isEqualTo("FAILED");
        assertThat(said.path("inbox").path(0).path("standing").asLong()).isPositive();
        assertThat(said.path("timers").path("overdue").isNumber()).isTrue();
        assertThat(failed.path("total").asInt()).isOne();
        assertThat(http.withBasicAuth("coordination", "test")
                        .getForEntity("/api/operations", String.class)
                        .getStatusCode()
                        .value())
                .isEqualTo(403);
    }

    @Test
    void fitsAPhoneAndHasNoSeriousBarriers() throws Exception {
        timerThatFails();
        try (Visit visit = Visit.by("operations", port, ColorScheme.DARK, 390, 844)) {
            for (String path : List.of(
                    "/operations",
                    "/operations/events?text=" + patient,
                    "/operations/redrive",
                    "/operations/dead-letters")) {
                Page page = visit.at(path);

                assertThat(visit.faults()).as(path).isEmpty();
                assertThat(page.evaluate("document.documentElement.scrollWidth <= innerWidth"))
                        .as(path)
                        .isEqualTo(true);
            }
        }
    }

    private Job timerThatFails() {
        jdbc.sql(
                        """
                        create or replace function refuse_announcements() returns trigger language plpgsql as $$
                        begin
                          if new.what = 'ANNOUNCED' then raise exception 'announcing is refused'; end if;
                          return new;
                        end $$
                        """)
                .update();
        jdbc.sql(
                        """
                        create trigger refuse_announcements before insert on sla_clock_change
                        for each row execute function refuse_announcements()
                        """)
                .update();
        Job timer = timer();
        scene.resetTimeTo(timer.getDuedate().toInstant().plus(Duration.ofDays(2)));
        for (int attempt = 1; attempt <= 3; attempt++) {
            assertThatThrownBy(() -> management.executeJob(timer.getId())).isInstanceOf(RuntimeException.class);
        }
        return timer;
    }

    private Job timer() {
        String instance = jdbc.sql(
                        """
                        select e.id_ from act_ru_execution e join act_re_procdef d on d.id_ = e.proc_def_id_
                        where e.business_key_ = ? and d.key_ = 'sla-watch' and e.parent_id_ is null
                        """)
                .param(caseId.value())
                .query(String.class)
                .single();
        return management.createJobQuery().processInstanceId(instance).singleResult();
    }

    private String element(Job job) {
        return management
                .createJobDefinitionQuery()
                .jobDefinitionId(job.getJobDefinitionId())
                .singleResult()
                .getActivityId();
    }

    private SyntheticEvent event(String name) {
        return story.stream()
                .filter(event -> event.type().name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    /** Who did it to what, since the test began. */
    private List<String> deeds(String deed) {
        return jdbc.sql(
                        "select person || ' ' || subject from audit_entry where deed = ? and number > ? order by number")
                .params(deed, trailUntilNow)
                .query(String.class)
                .list();
    }

    private static Locator.FilterOptions with(String text) {
        return new Locator.FilterOptions().setHasText(text);
    }
}
