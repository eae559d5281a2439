package org.tumorboard.web;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.client.TestRestTemplate;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.tumorboard.EngineTest;
import org.tumorboard.SettableClock;
import org.tumorboard.event.CaseId;
import org.tumorboard.event.CaseStatus;
import org.tumorboard.inbox.DepartmentWatch;
import org.tumorboard.inbox.Heard;
import org.tumorboard.report.OffPathRows;
import org.tumorboard.sla.Milestones;

/** Exception paths, and silent departments, as a person sees them; long ago, where no other test has cases. */
@EngineTest
class OffPathPagesTest {

    private static final Instant NOW = Instant.parse("2008-03-31T00:00:00Z");

    @Autowired
    SettableClock clock;

    @Autowired
    JdbcClient jdbc;

    @Autowired
    Milestones milestones;

    @Autowired
    DepartmentWatch watch;

    @Autowired
    TestRestTemplate http;

    @LocalServerPort
    int port;

    private OffPathRows rows;
    private Heard heard;
    private Instant usual;
    private CaseId left;
    private CaseId straight;

    @BeforeEach
    void cases() {
        usual = clock.instant();
        clock.set(NOW);
        rows = new OffPathRows(jdbc, milestones, "off-pages-");
        heard = new Heard(jdbc);
        left = rows.aCase("1", CaseStatus.COORDINATING, ago(12));
        straight = rows.aCase("2", CaseStatus.FOLLOW_UP, ago(29));
        rows.reached(left, "detected", ago(12));
        rows.reached(left, "path-x-09", ago(4));
        rows.reached(left, "path-x-09", ago(3));
        rows.takenBack(rows.reached(left, "path-x-12", ago(6)), ago(5));
        rows.reached(left, "path-x-02", ago(9));
        rows.booking(left, "gamma-knife-slot", "gamma-knife", "LOST", ago(8), ago(4), "MACHINE_DOWN");
        rows.booking(left, "gamma-knife-slot", "gamma-knife", "HELD", ago(3), ago(3), null);
        rows.booking(left, "icu-bed", "intensive-care", "RELEASED", ago(8), ago(3), "SURGERY_MOVED");
        rows.byHand(
                left,
                "Task_WaiveMissingItems",
                "case-waiver",
                "coordination.step-completed",
                "anna",
                ago(9),
                """
                {"step": "case-waiver", "data": {"choice": "WAIVE", "waivedItem": "ADVANCED_IMAGING", "reason": "NOT_AVAILABLE"}}
                """);
        String bed = rows.said(
                left,
                "intensive-care.bed-reserved",
                ago(8),
                "{\"bedRef\": \"ICU-7\", \"from\": \"2008-03-28T07:00:00Z\"}");
        rows.amended(
                left,
                "intensive-care",
                bed,
                ago(7),
                false,
                ", \"data\": {\"from\": \"2008-03-29T07:00:00Z\", \"bedRef\": \"ICU-7\"}");
        String status = rows.said(left, "ward.neuro-status-recorded", ago(6), "{\"gcs\": 9}");
        rows.amended(left, "ward", status, ago(5), true, "");
        rows.merged(left, "SYN-off-pages-0", ago(2));
        rows.gate(left, "RED", ago(4), "[\"GAMMA_KNIFE_SLOT\"]");
        rows.said(straight, "pathology.report-finalised", ago(7), "{\"outcome\": \"NECROSIS_ONLY\"}");
        rows.reached(straight, "result-reviewed", ago(5));
    }

    @AfterEach
    void noCases() {
        rows.removeAll();
        heard.close();
        clock.set(usual);
        watch.runOnce();
    }

    @Test
    void tellsOnTheCasePageWhereTheCaseLeftItsPath() {
        try (Visit visit = Visit.by("board-chair", port)) {
            Page page = visit.at("/cases/" + left);

            Locator offPath = page.locator("#off-path li");
            assertThat(offPath).hasCount(4);
            assertThat(offPath.nth(0)).containsText("X-02 Prior radiotherapy or pathology missing");
            assertThat(offPath.filter(with("X-09 Gamma Knife down or slot lost")))
                    .containsText("again");
            assertThat(offPath.filter(with("X-12"))).containsText("taken back");
            assertThat(offPath.filter(with("X-23"))).containsText("Correction or retraction");
            assertThat(page.locator("#timeline .left-path").first())
                    .containsText("X-02 Prior radiotherapy or pathology missing");
            assertThat(page.locator("#timeline")).not().containsText("Path x");

            assertThat(visit.at("/cases/" + straight).locator("#off-path li")).hasCount(0);
        }
    }

    @Test
    void tellsTheLifeOfBookingsAndWhoDecidedWhat() {
        try (Visit visit = Visit.by("board-chair", port)) {
            Page page = visit.at("/cases/" + left);

            assertThat(page.locator("#bookings tbody tr")).hasCount(3);
            assertThat(page.locator("#bookings tr").filter(with("Lost"))).containsText("Machine down");
            assertThat(page.locator("#bookings tr").filter(with("ICU bed"))).containsText("Surgery moved");
            Locator decision = page.locator("#decisions tbody tr");
            assertThat(decision).hasCount(1);
            assertThat(decision).containsText("anna, by hand");
            assertThat(decision).containsText("Waive; Waived item: Advanced imaging");
            assertThat(decision).containsText("Not available");
        }
    }

    @Test
    void tellsWhatWasBelievedBeforeACorrection() {
        try (Visit visit = Visit.by("board-chair", port)) {
            Page page = visit.at("/cases/" + left);

            assertThat(page.locator("#revisions tbody tr")).hasCount(3);
            Locator merge = page.locator("#revisions tr").filter(with("Whose case it is"));
            assertThat(merge.locator("s")).hasText("SYN-off-pages-0");
            assertThat(merge.locator("b")).hasText("SYN-off-pages-1");
            assertThat(merge).containsText("anna, by hand and ben, by hand");
            assertThat(merge).containsText("Same person");
            Locator bed = page.locator("#revisions tr").filter(with("Bed reserved"));
            assertThat(bed).containsText("Bed reserved: From");
            assertThat(bed.locator("s")).containsText("28 Mar 2008");
            assertThat(bed.locator("b")).containsText("29 Mar 2008");
            assertThat(bed).containsText("Clock wrong");
            assertThat(bed).containsText("//hospital.example/intensive-care");
            assertThat(page.locator("#revisions tr").filter(with("Neuro status recorded")))
                    .containsText("taken back");
        }
    }

    @Test
    void saysTheSameOnPageApiAndCsvAndLeadsToTheCases() {
        try (Visit visit = Visit.by("board-chair", port)) {
            Page page = visit.at("/dashboard/result");

            Locator down = page.locator("#cause tr").filter(with("X-09 Gamma Knife down or slot lost"));
            JsonNode api = api("/api/sla/tables/exceptions");
            assertThat(api.findValuesAsText("name")).containsExactlyInAnyOrder("X-02", "X-09", "X-23");
            assertThat(down.locator("td").first()).hasText("2");
            assertThat(page.locator("#cause")).containsText("1 of 2 cases");
            assertThat(page.locator("#cause tr")
                            .filter(with("Gamma Knife slot"))
                            .first())
                    .containsText("1");
            assertThat(page.locator("#result tr").filter(with("Necrosis only"))).containsText("counted apart");
            assertThat(page.locator("#result")).containsText("1 was necrosis only: no recurrence of the tumour");
            down.locator("a").first().click();
            assertThat(page.locator("h1")).hasText("2 times");
            assertThat(page.locator("main")).containsText("X-09 Gamma Knife down or slot lost");
            assertThat(visit.complaints()).isEmpty();
            page.locator("tbody a").first().click();
            assertThat(page.locator("h1")).hasText("SYN-off-pages-1");
        }
        assertThat(csv("/api/sla/tables/exceptions?format=csv")).contains("X-09,Gamma Knife down or slot lost,2,1,0");
        assertThat(csv("/api/sla/occurrences?kind=slot-losses&format=csv").lines())
                .hasSize(2);
        assertThat(api("/api/sla/occurrences?kind=cakes").path("detail").asText())
                .startsWith("kind: expected one of exceptions, slot-losses");
        assertThat(api("/api/cases/" + left).path("paths").findValuesAsText("path"))
                .containsExactly("X-02", "X-23", "X-12", "X-09");
    }

    @Test
    void showsASilentDepartmentAsARiskAndHowToEnterWhatItSays() {
        heard.daily("radiology", ago(20), 18, 0, 6, 12, 18);
        watch.runOnce();
        try (Visit visit = Visit.by("coordination", port)) {
            Page page = visit.at("/dashboard");

            Locator risk = page.locator("#silent-departments li").filter(with("Radiology"));
            assertThat(risk).containsText("has not been heard for");
            assertThat(risk).containsText("its longest silence of a usual day is 6");
            assertThat(page.locator("#departments-heard tr").filter(with("radiology")))
                    .containsText("6");
            assertThat(page.locator("#silent-departments li").filter(with("Pathology")))
                    .hasCount(0);
            risk.locator("a").click();
            assertThat(page.locator("h1")).hasText("Radiology");
            assertThat(page.locator("main")).containsText("Enter an event");
            assertThat(page.locator("main a").filter(with("Tasklist")).first()).isVisible();
            assertThat(visit.complaints()).isEmpty();
        }
        JsonNode radiology = api("/api/departments").get(0);
        assertThat(radiology.path("department").asText()).isEqualTo("radiology");
        assertThat(radiology.path("standing").asText()).startsWith("SILENT");
        assertThat(radiology.path("usualSilence").asInt()).isEqualTo(21_600);
        assertThat(csv("/api/departments?format=csv")).contains("radiology,SILENT");
    }

    @ParameterizedTest
    @EnumSource(
            value = ColorScheme.class,
            names = {"LIGHT", "DARK"})
    void hasNoSeriousBarriersAndFitsAPhone(ColorScheme scheme) throws Exception {
        heard.daily("radiology", ago(20), 18, 0, 6, 12, 18);
        watch.runOnce();
        try (Visit visit = Visit.by("board-chair", port, scheme, 390, 844)) {
            for (String path : List.of(
                    "/cases/" + left,
                    "/dashboard",
                    "/dashboard/result",
                    "/departments/radiology",
                    "/dashboard/occurrences?kind=exceptions")) {
                Page page = visit.at(path);

                assertThat(visit.faults()).as(path).isEmpty();
                assertThat(page.evaluate("document.documentElement.scrollWidth <= innerWidth"))
                        .as(path)
                        .isEqualTo(true);
            }
        }
    }

    private JsonNode api(String path) {
        return http.withBasicAuth("board-chair", "test").getForObject(path, JsonNode.class);
    }

    private String csv(String path) {
        return http.withBasicAuth("board-chair", "test").getForObject(path, String.class);
    }

    private static Locator.FilterOptions with(String text) {
        return new Locator.FilterOptions().setHasText(text);
    }

    private static Instant ago(int days) {
        return NOW.minus(Duration.ofDays(days));
    }
}
