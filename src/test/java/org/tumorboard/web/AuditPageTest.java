package org.tumorboard.web;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.client.TestRestTemplate;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.http.ResponseEntity;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.tumorboard.EngineTest;
import org.tumorboard.SettableClock;
import org.tumorboard.event.Actor;
import org.tumorboard.event.CaseId;
import org.tumorboard.event.Deed;
import org.tumorboard.event.PersonalDeeds;

/** Whoever may read the audit trail finds in it what they look for, takes it away, and can have it checked. */
@EngineTest
class AuditPageTest {

    private static final Pattern NEXT = Pattern.compile("<(.+)>; rel=\"next\"");

    @Autowired
    PersonalDeeds deeds;

    @Autowired
    SettableClock clock;

    @Autowired
    JdbcClient jdbc;

    @Autowired
    TestRestTemplate http;

    @LocalServerPort
    int port;

    private CaseId caseId;
    private String person;
    private Instant start;

    @BeforeEach
    void somebodyHasDoneThings() {
        caseId = new CaseId(UUID.randomUUID().toString());
        person = "nurse-" + caseId.shortCode();
        start = Instant.parse("2026-05-04T10:00:00Z");
        Actor nurse = new Actor(person, List.of("ward"), "10.1.2.3");
        clock.set(start);
        deeds.did(nurse, Deed.READ_CASE, caseId, "page");
        clock.advance(Duration.ofHours(1));
        deeds.did(nurse, Deed.CLAIMED_STEP, caseId, "Task_CheckNeuroStatus");
        clock.advance(Duration.ofHours(1));
        deeds.did(nurse, Deed.COMPLETED_STEP, caseId, "Task_CheckNeuroStatus");
        clock.advance(Duration.ofHours(1));
        deeds.did(nurse, Deed.SIGNED_OUT, null, null);
    }

    @Test
    void findsEntriesByCasePersonDeedAndTime() {
        assertThat(deedsOf("person=" + person))
                .containsExactly("SIGNED_OUT", "COMPLETED_STEP", "CLAIMED_STEP", "READ_CASE");
        assertThat(deedsOf("caseId=" + caseId + "&deed=CLAIMED_STEP")).containsExactly("CLAIMED_STEP");
        assertThat(deedsOf("person=" + person + "&from=2026-05-04T11:00:00Z&to=2026-05-04T12:00:00Z"))
                .containsExactly("CLAIMED_STEP");
        assertThat(deedsOf("person=" + person + "&to=2026-05-04T11:00")).containsExactly("READ_CASE");
        assertThat(deedsOf("person=" + person + "&from=2026-05-05")).isEmpty();
    }

    @Test
    void givesThePiecesOneAfterTheOtherThoughMoreIsAdded() {
        List<String> read = new ArrayList<>();
        String next = "/api/audit?limit=3&person=" + person;
        while (next != null) {
            ResponseEntity<JsonNode> piece = as("admin").getForEntity(URI.create(next), JsonNode.class);
            piece.getBody()
                    .path("entries")
                    .forEach(entry -> read.add(entry.path("deed").asText()));
            deeds.did(new Actor(person, List.of(), null), Deed.SIGNED_IN, null, null);
            next = next(piece);
        }

        assertThat(read).containsExactly("SIGNED_OUT", "COMPLETED_STEP", "CLAIMED_STEP", "READ_CASE");
    }

    @Test
    void isThereAsFhirInPieces() {
        String question = "?limit=3&person=" + person;
        JsonNode first = as("admin").getForObject("/api/audit.fhir" + question, JsonNode.class);
        String next = first.path("link").path(1).path("url").asText();
        JsonNode second = as("admin").getForObject(URI.create(next), JsonNode.class);

        assertThat(first.path("resourceType").asText()).isEqualTo("Bundle");
        assertThat(first.path("entry")).hasSize(3);
        assertThat(second.path("entry")).hasSize(1);
        assertThat(second.path("entry")
                        .path(0)
                        .path("resource")
                        .path("resourceType")
                        .asText())
                .isEqualTo("AuditEvent");
        assertThat(second.path("link")).hasSize(1);
        assertThat(last("admin"))
                .matches("EXPORTED admin 127.0.0.1 fhir /api/audit.fhir person=%s limit=3 before=\\d+"
                        .formatted(person));
    }

    @Test
    void saysWhichFieldCannotBeRead() {
        assertThat(refused("deed=SLEPT")).startsWith("deed: expected one of SIGNED_IN");
        assertThat(refused("from=yesterday")).startsWith("from: expected an instant");
        assertThat(refused("caseId=*")).startsWith("caseId: expected the id of a case");
        assertThat(refused("limit=10001")).startsWith("limit: expected a number from 1 to 10,000");
        assertThat(refused("before=x")).startsWith("before: expected the number of an entry");
    }

    @Test
    void isItselfOnRecord() {
        deedsOf("caseId=" + caseId);
        String csv = as("admin").getForObject("/api/audit?format=csv&deed=READ_CASE&caseId=" + caseId, String.class);
        as("radiology").getForObject("/api/sla/clocks?format=csv&clock=triage", String.class);

        assertThat(csv.lines()).hasSize(2).anySatisfy(line -> assertThat(line)
                .contains(",READ_CASE,%s,ward,10.1.2.3,%s,page,".formatted(person, caseId)));
        assertThat(ofCase("admin"))
                .containsExactly(
                        "READ_AUDIT admin 127.0.0.1 api", "EXPORTED admin 127.0.0.1 csv /api/audit deed=READ_CASE");
        assertThat(last("radiology")).isEqualTo("EXPORTED radiology 127.0.0.1 csv /api/sla/clocks clock=triage");
    }

    @Test
    void isReadByNobodyElse() {
        for (String path : List.of("/api/audit", "/api/audit?format=csv", "/api/audit/verify")) {
            assertThat(as("coordination")
                            .getForEntity(path, String.class)
                            .getStatusCode()
                            .value())
                    .as(path)
                    .isEqualTo(403);
        }
    }

    @Test
    void tellsWhetherTheChainIsWhole() {
        JsonNode check = check("");

        assertThat(check.path("whole").asBoolean()).isTrue();
        assertThat(check.path("head").asText()).startsWith(check.path("entries").asText() + ":");
        assertThat(check(check.path("head").asText()).path("whole").asBoolean()).isTrue();
        JsonNode another = check("1:" + "f".repeat(64));
        assertThat(another.path("whole").asBoolean()).isFalse();
        assertThat(another.path("firstBroken").asLong()).isOne();
        assertThat(as("admin")
                        .getForEntity("/api/audit/verify?noted=7", String.class)
                        .getStatusCode()
                        .value())
                .isEqualTo(400);
    }

    @Test
    void isAPageForPeople() throws Exception {
        try (Visit visit = Visit.by("admin", port)) {
            var page = visit.at("/");
            page.locator("nav").getByText("Audit").click();
            page.getByLabel("Person").fill(person);
            page.getByLabel("Deed").selectOption("COMPLETED_STEP");
            page.getByText("Search").click();

            assertThat(page.locator("tbody tr").count()).isOne();
            assertThat(page.locator("tbody tr").innerText())
                    .contains("4 May 2026 12:00:00", "Completed step", person, "10.1.2.3", caseId.value());
            assertThat(visit.faults()).isEmpty();

            page.getByLabel("Deed").selectOption("");
            page.getByLabel("From (UTC)").fill("2026-05-04T11:00");
            page.getByText("Search").click();
            assertThat(page.locator("tbody tr").count()).isEqualTo(3);

            page.getByText("Check the chain").click();
            assertThat(page.locator("h1").innerText()).isEqualTo("The trail is whole");
            assertThat(visit.faults()).isEmpty();

            page.getByLabel("Head noted earlier").fill("1:" + "f".repeat(64));
            page.getByText("Check the chain").click();
            assertThat(page.getByRole(AriaRole.ALERT).innerText())
                    .contains("The first broken link is entry 1: entry 1 is another than the one that was noted.");
            assertThat(visit.faults()).isEmpty();
            assertThat(visit.complaints()).isEmpty();
        }
        try (Visit visit = Visit.by("admin", port, ColorScheme.DARK, 390, 800)) {
            visit.at("/audit");
            assertThat(visit.faults()).isEmpty();
            assertThat(visit.page().evaluate("document.documentElement.scrollWidth <= innerWidth"))
                    .isEqualTo(true);
        }
    }

    private JsonNode check(String noted) {
        return as("admin").getForObject("/api/audit/verify?noted=" + noted, JsonNode.class);
    }

    private List<String> deedsOf(String question) {
        List<String> deeds = new ArrayList<>();
        as("admin")
                .getForObject("/api/audit?" + question, JsonNode.class)
                .path("entries")
                .forEach(entry -> deeds.add(entry.path("deed").asText()));
        return deeds;
    }

    private String refused(String question) {
        ResponseEntity<JsonNode> answer = as("admin").getForEntity("/api/audit?" + question, JsonNode.class);
        assertThat(answer.getStatusCode().value()).isEqualTo(400);
        return answer.getBody().path("detail").asText();
    }

    private static String next(ResponseEntity<?> piece) {
        String link = piece.getHeaders().getFirst("Link");
        Matcher next = NEXT.matcher(link == null ? "" : link);
        return next.matches() ? next.group(1) : null;
    }

    private List<String> ofCase(String who) {
        return jdbc.sql(
                        "select concat_ws(' ', deed, person, origin, subject) from audit_entry where case_id = ? and person = ? order by number")
                .params(caseId.value(), who)
                .query(String.class)
                .list();
    }

    private String last(String who) {
        return jdbc.sql(
                        "select concat_ws(' ', deed, person, origin, subject) from audit_entry where person = ? order by number desc limit 1")
                .param(who)
                .query(String.class)
                .single();
    }

    private TestRestTemplate as(String user) {
        return http.withBasicAuth(user, "test");
    }
}
