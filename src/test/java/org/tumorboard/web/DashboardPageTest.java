package org.tumorboard.web;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.microsoft.playwright.Download;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import java.nio.file.Files;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.regex.Pattern;
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
import org.tumorboard.event.Urgency;
import org.tumorboard.sla.ClockChange;
import org.tumorboard.sla.ClockHistory;
import org.tumorboard.sla.ClockQueries;
import org.tumorboard.sla.ClockRows;
import org.tumorboard.sla.Milestones;
import org.tumorboard.sla.SlaClock;
import org.tumorboard.sla.SlaClocks;
import org.tumorboard.sla.Standing;

/** The dashboard and the case page's clocks in a real browser. */
@EngineTest
class DashboardPageTest {

    @Autowired
    SettableClock clock;

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

    /** The clocks of other tests' cases start later, so that those here are the most pressing. */
    private static final Instant BEFORE_ALL_OTHERS = Instant.parse("2011-03-01T08:00:00Z");

    @Autowired
    TestRestTemplate http;

    @LocalServerPort
    int port;

    private ClockRows rows;
    private CaseId treated;
    private SlaClock triage;

    @BeforeEach
    void cases() {
        clock.set(BEFORE_ALL_OTHERS);
        Instant now = clock.instant();
        rows = new ClockRows(jdbc, clocks, history, milestones);
        treated = rows.aCase("SYN-PAGE-1", Urgency.URGENT, CaseStatus.SRS_DELIVERED, "resection", now);
        CaseId preparing = rows.aCase("SYN-PAGE-2", Urgency.URGENT, CaseStatus.PREPARING, "case-preparation", now);
        triage = ClockRows.aClock(
                preparing, "triage", "neurosurgery", now.minus(Duration.ofMinutes(230)), Duration.ofHours(4));
        SlaClock window = ClockRows.aWindow(treated, now.minus(Duration.ofHours(20)));
        SlaClock consents = ClockRows.aClock(preparing, "consents", "coordination", now, Duration.ofHours(12));
        rows.save(
                window,
                triage,
                ClockRows.aClock(treated, "neuro-check", "ward", now.minus(Duration.ofHours(7)), Duration.ofHours(6)),
                ClockRows.paused(consents, now, "PATIENT_REQUEST"),
                ClockRows.stopped(
                        ClockRows.aClock(
                                treated,
                                "plan-checks",
                                "medical-physics",
                                now.minus(Duration.ofHours(9)),
                                Duration.ofHours(1)),
                        now.minus(Duration.ofHours(7))));
        rows.append(
                ClockRows.change(window, ClockChange.What.STARTED, now.minus(Duration.ofHours(20)), null),
                new ClockChange(
                        treated,
                        window.clock(),
                        window.anchor(),
                        now.minus(Duration.ofHours(1)),
                        ClockChange.What.MOVED,
                        org.tumorboard.sla.ClockState.WARNED,
                        window.startedAt().minus(Duration.ofHours(3)),
                        window.latestAt().minus(Duration.ofHours(3)),
                        null,
                        "WRONG_TIME",
                        "//hospital.example/gamma-knife",
                        "e-9"));
        queries.forget();
    }

    @AfterEach
    void noCases() {
        rows.close();
        queries.forget();
    }

    @Test
    void showsTheNumbersOfTheApi() {
        try (Visit visit = Visit.by("radiology", port)) {
            Page page = visit.at("/dashboard");

            for (Standing standing : Standing.values()) {
                assertThat(figure(page, standing)).hasText(String.valueOf(total("?standing=" + standing)));
            }
            Locator row = page.locator("#by-department tr")
                    .filter(new Locator.FilterOptions().setHasText(Pattern.compile("^\\s*ward")));
            assertThat(row.locator("td").last()).hasText(String.valueOf(total("?department=ward")));
            assertThat(page.locator("#windows li").filter(with("SYN-PAGE-1"))).containsText("not before");
            assertThat(visit.complaints()).isEmpty();
        }
    }

    @Test
    void changesWithoutReloadingWhenALimitPassesAndKeepsTheFocus() {
        try (Visit visit = Visit.by("radiology", port)) {
            Page page = visit.at("/dashboard");
            int before = total("?standing=OVERDUE");
            assertThat(figure(page, Standing.OVERDUE)).hasText(String.valueOf(before));
            page.evaluate("window.sameDocument = true");
            Locator link =
                    page.locator("#pressing a").filter(with("SYN-PAGE-2")).first();
            link.focus();

            clock.set(triage.latestAt().plusMillis(1));

            assertThat(figure(page, Standing.OVERDUE)).hasText(String.valueOf(before + 1));
            assertThat(page.locator("#pressing li").filter(with("SYN-PAGE-2")).filter(with("Triage")))
                    .containsText("breached");
            assertThat(page.evaluate("window.sameDocument")).isEqualTo(true);
            assertThat(page.evaluate("document.activeElement.getAttribute('href')")
                            .toString())
                    .isEqualTo("/cases/" + triage.caseId());
            assertThat(visit.complaints()).isEmpty();
        }
    }

    @Test
    void leadsFromANumberToItsClocksTheirExportAndTheCase() throws Exception {
        try (Visit visit = Visit.by("radiology", port)) {
            Page page = visit.at("/dashboard?department=ward");
            page.locator("#by-department tbody a").first().click();

            assertThat(page.locator("h1")).hasText("Running clocks");
            assertThat(page.locator("#found li")).hasCount(total("?department=ward&standing=OVERDUE"));
            Download csv = page.waitForDownload(() -> page.getByText("as CSV").click());
            assertThat(Files.readString(csv.path()).lines().count())
                    .isEqualTo(1 + total("?department=ward&standing=OVERDUE"));

            page.locator("#found a").filter(with("SYN-PAGE-1")).click();
            assertThat(page.locator("h1")).hasText("SYN-PAGE-1");
            assertThat(visit.at("/dashboard/clocks?clock=egg").locator("main")).containsText("clock: expected one of");
        }
    }

    @Test
    void tellsTheLifeOfEachClockOnTheCasePage() {
        try (Visit visit = Visit.by("board-chair", port)) {
            Page page = visit.at("/cases/" + treated);
            Locator window =
                    page.locator("#clocks li").filter(with("Resection window")).first();

            assertThat(window).containsText("not before");
            assertThat(page.locator("#clocks > ul > li").filter(with("Plan checks")))
                    .containsText("met late, after 2 h 0 min");
            window.getByText("Its life").click();
            assertThat(window.locator(".old-verdict")).containsText("before, it was warned");
            assertThat(window.locator(".old-verdict s")).hasCount(2);
            assertThat(window).containsText("critical at 46 h");
            window.getByText("Adjust").click();
            assertThat(window.getByLabel("Waive lower bound, because")).isVisible();
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = ColorScheme.class,
            names = {"LIGHT", "DARK"})
    void hasNoSeriousBarriersAndFitsAPhone(ColorScheme scheme) throws Exception {
        try (Visit visit = Visit.by("board-chair", port, scheme, 390, 844)) {
            for (String path : List.of("/dashboard", "/dashboard/clocks", "/cases/" + treated)) {
                Page page = visit.at(path);
                page.locator("#clocks details").evaluateAll("all => all.forEach(one => one.open = true)");

                assertThat(visit.faults()).as(path).isEmpty();
                assertThat(
                                page.evaluate(
                                        """
                                document.documentElement.scrollWidth <= innerWidth ? [] : [...document.querySelectorAll('main *')]
                                  .filter(one => one.getBoundingClientRect().right > innerWidth).map(one => one.outerHTML.slice(0, 120))
                                """))
                        .as(path)
                        .isEqualTo(List.of());
            }
        }
    }

    private static Locator figure(Page page, Standing standing) {
        return page.locator("#now-tiles .figure." + standing.name().toLowerCase(java.util.Locale.ROOT) + " strong")
                .first();
    }

    private static Locator.FilterOptions with(String text) {
        return new Locator.FilterOptions().setHasText(text);
    }

    private int total(String query) {
        return http.withBasicAuth("radiology", "test")
                .getForObject("/api/sla/clocks" + query, JsonNode.class)
                .path("total")
                .asInt();
    }
}
