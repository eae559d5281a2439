package org.tumorboard.web;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.tumorboard.EngineTest;
import org.tumorboard.embedded.SyntheticEvent;
import org.tumorboard.event.CaseId;
import org.tumorboard.flow.Scene;

/** A department's day in a browser: it sees its work come in, acknowledges it, enters what it did, sees the case move. */
@EngineTest
class DepartmentDayTest {

    /** Earlier than the cases of other tests, so that this one's work is the most pressing. */
    private static final Instant DETECTED = Instant.parse("2013-05-06T08:00:00Z");

    @Autowired
    Scene scene;

    @Autowired
    ChangeWatch watch;

    @LocalServerPort
    int port;

    private List<SyntheticEvent> story;
    private CaseId caseId;

    @BeforeEach
    void nobodyHasSaidAnythingYet() {
        scene.resetTimeTo(DETECTED);
        story = scene.urgentCase(DETECTED).throughTreatment();
        caseId = Scene.caseOf(story);
    }

    @Test
    void seesItsWorkAcknowledgesItEntersItAndSeesTheCaseMove() throws IOException {
        try (Visit visit = Visit.by("neurosurgery", port)) {
            Page page = visit.at("/departments/neurosurgery");
            page.waitForFunction("document.querySelector('main').dataset.stream");

            scene.said(story.get(0));
            watch.runOnce();
            Locator work = page.locator("#waits tr").filter(ofTheCase());
            work.waitFor();
            assertThat(work).containsText("Complete triage");
            assertThat(visit.faults()).isEmpty();

            Locator unseen = page.locator("#unseen tr").filter(ofTheCase()).first();
            unseen.getByRole(AriaRole.BUTTON).click();
            assertThat(page.getByRole(AriaRole.STATUS).first()).hasText("Acknowledged.");
            assertThat(page.locator("#told tr")
                            .filter(ofTheCase())
                            .filter(new Locator.FilterOptions().setHasText("by neurosurgery")))
                    .hasCount(1);

            work.getByRole(AriaRole.LINK)
                    .filter(new Locator.FilterOptions().setHasText("triage-completed"))
                    .click();
            assertThat(page.getByLabel("Case, if it is known")).hasValue(caseId.value());
            page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Send"))
                    .click();
            page.getByLabel("Accepted").selectOption("true");
            page.getByLabel("Urgency").selectOption("URGENT");
            assertThat(visit.faults()).isEmpty();
            page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Send"))
                    .click();
            assertThat(page.getByRole(AriaRole.STATUS).first()).containsText("Triage completed is sent");

            scene.awaitQuiet();
            watch.runOnce();
            assertThat(work.filter(new Locator.FilterOptions().setHasText("Complete triage")))
                    .hasCount(0);
            assertThat(page.locator("#sent tr")
                            .filter(new Locator.FilterOptions().setHasText("Triage completed"))
                            .first())
                    .containsText("Applied");
            assertThat(scene.status(caseId)).isEqualTo("PREPARING");

            page.getByText("Sign out").click();
            page.waitForURL("**/login**");
            assertThat(visit.complaints()).isEmpty();
        }
    }

    @Test
    void fitsAPhoneAndAWardScreen() throws IOException {
        scene.said(story.get(0));
        for (String path : List.of(
                "/departments/neurosurgery",
                "/departments/neurosurgery?screen",
                "/departments/neurosurgery/events/triage-completed")) {
            fits(path, ColorScheme.LIGHT, 390, 844);
            fits(path, ColorScheme.DARK, 1920, 1080);
        }
    }

    private void fits(String path, ColorScheme scheme, int width, int height) throws IOException {
        try (Visit visit = Visit.by("neurosurgery", port, scheme, width, height)) {
            Page page = visit.at(path);
            assertThat((Integer) page.evaluate("document.documentElement.scrollWidth"))
                    .as(path + " at " + width)
                    .isLessThanOrEqualTo(width);
            assertThat(visit.faults()).as(path + " at " + width).isEmpty();
            assertThat(visit.complaints()).as(path + " at " + width).isEmpty();
        }
    }

    /** Lists name a case by its short code, or by its patient. */
    private Locator.FilterOptions ofTheCase() {
        return new Locator.FilterOptions()
                .setHasText(Pattern.compile(caseId.shortCode() + "|"
                        + story.get(0).data().get("patientRef").asText()));
    }
}
