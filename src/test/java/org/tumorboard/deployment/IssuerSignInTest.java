package org.tumorboard.deployment;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import java.util.List;
import java.util.regex.Pattern;
import org.camunda.bpm.engine.IdentityService;
import org.camunda.bpm.engine.TaskService;
import org.camunda.bpm.engine.identity.Group;
import org.camunda.bpm.engine.task.Task;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.client.TestRestTemplate;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.http.HttpStatusCode;
import org.tumorboard.web.Visit;

/** People sign in at a real OpenID Connect issuer; pages and Tasklist follow the groups that it names, each time anew. */
@HospitalTest
class IssuerSignInTest {

    private static final Pattern FAREWELL = Pattern.compile(".*/login\\?goodbye$");

    @LocalServerPort
    int port;

    @Autowired
    IdentityService identity;

    @Autowired
    TaskService tasks;

    @Autowired
    TestRestTemplate http;

    private final Issuer issuer = Hospital.running().issuer();
    private Task ofRadiology;
    private Task ofNeurosurgery;

    @BeforeEach
    void aTaskOfEachGroup() {
        issuer.serves("http://127.0.0.1:" + port);
        ofRadiology = aTask("radiology");
        ofNeurosurgery = aTask("neurosurgery");
    }

    @AfterEach
    void noTasks() {
        tasks.deleteTasks(List.of(ofRadiology.getId(), ofNeurosurgery.getId()), true);
    }

    @Test
    void takesTheGroupsOfTheClaimAndFollowsThemAtTheNextSignIn() {
        issuer.knows("anna", "TB-Radiologie", "neurosurgery", "admin");
        try (Visit visit = Visit.stranger(port)) {
            Page page = signIn(visit, "anna");
            assertThat(page.locator(".who")).containsText("anna");
            assertThat(page.locator("a[href='/camunda/app/admin/default/']")).hasCount(0);
            assertThat(shownTasks(page)).containsExactly(ofRadiology.getId());
            assertThat(engineGroups("anna")).containsExactly("radiology");

            page.navigate("/dashboard");
            page.getByText("Sign out").click();
            assertThat(page).hasURL(FAREWELL);
            issuer.knows("anna", "TB-Neurochirurgie");
            signIn(visit, "anna");

            assertThat(shownTasks(page)).containsExactly(ofNeurosurgery.getId());
            assertThat(engineGroups("anna")).containsExactly("neurosurgery");
            assertThat(visit.complaints()).isEmpty();
        }
    }

    @Test
    void endsTheSessionAtTheIssuerTooWhenSomebodySignsOutInTasklist() {
        issuer.knows("cleo", "TB-Radiologie");
        try (Visit visit = Visit.stranger(port)) {
            Page page = signIn(visit, "cleo");
            page.navigate("/camunda/app/tasklist/default/");
            page.locator("[cam-widget-header] a")
                    .filter(new Locator.FilterOptions().setHasText("cleo"))
                    .click();
            page.locator(".logout a").click();

            assertThat(page).hasURL(FAREWELL);
            page.getByText("Sign in").last().click();
            assertThat(page.locator("input[name=password]")).isVisible();
            assertThat(page.url()).startsWith(issuer.address());
        }
    }

    @Test
    void letsNobodyInWithoutAGroupOrUnderTheNameOfASystem() {
        issuer.knows("ben", "staff", "admin");
        issuer.knows(Hospital.SYSTEM, "TB-Radiologie");
        for (String name : List.of("ben", Hospital.SYSTEM)) {
            try (Visit visit = Visit.stranger(port)) {
                Page page = signIn(visit, name);

                assertThat(page.locator("[role=alert]")).containsText("none of the tumor board's groups");
                page.navigate("/dashboard");
                assertThat(page.url()).endsWith("/login");
            }
        }
        assertThat(identity.createUserQuery().userId("ben").count()).isZero();
    }

    @Test
    void takesNoAnswerThatNobodyAskedFor() {
        try (Visit visit = Visit.stranger(port)) {
            Page page = visit.at("/login/oauth2/code/issuer?code=stolen&state=guessed");

            assertThat(page.locator("[role=alert]")).containsText("did not succeed");
        }
    }

    @Test
    void letsSystemsUseTheApiAloneWithTheirPassword() {
        assertThat(asSystem(Hospital.SYSTEM, "/api/cases").value()).isEqualTo(200);
        assertThat(asSystem("guess", "/api/cases").value()).isEqualTo(401);
        assertThat(asSystem(Hospital.SYSTEM, "/camunda/api/engine/engine/default/task")
                        .value())
                .isEqualTo(401);
    }

    private HttpStatusCode asSystem(String password, String path) {
        return http.withBasicAuth(Hospital.SYSTEM, password)
                .getForEntity(path, String.class)
                .getStatusCode();
    }

    private static Page signIn(Visit visit, String name) {
        Page page = visit.at("/login");
        page.getByText("Sign in").last().click();
        page.locator("input[name=username]").fill(name);
        page.locator("input[name=password]").fill("issued");
        page.locator("button[type=submit]").click();
        page.waitForURL(Pattern.compile("http://127\\.0\\.0\\.1.*"));
        return page;
    }

    /** What Tasklist asks the engine for, in the name of whoever is signed in. */
    @SuppressWarnings("unchecked")
    private List<String> shownTasks(Page page) {
        page.navigate("/camunda/app/tasklist/default/");
        return (List<String>)
                page.evaluate(
                        """
                async () => (await (await fetch('/camunda/api/engine/engine/default/task')).json()).map(task => task.id)
                """);
    }

    private List<String> engineGroups(String name) {
        return identity.createGroupQuery().groupMember(name).list().stream()
                .map(Group::getId)
                .toList();
    }

    private Task aTask(String group) {
        Task task = tasks.newTask();
        tasks.saveTask(task);
        tasks.addCandidateGroup(task.getId(), group);
        return task;
    }
}
