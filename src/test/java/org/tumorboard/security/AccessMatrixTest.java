package org.tumorboard.security;

import static java.util.stream.Collectors.toCollection;
import static org.assertj.core.api.Assertions.assertThat;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.csrf;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.user;
import static org.springframework.security.test.web.servlet.setup.SecurityMockMvcConfigurers.springSecurity;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.request;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.http.HttpMethod;
import org.springframework.http.MediaType;
import org.springframework.test.web.servlet.MockMvc;
import org.springframework.test.web.servlet.request.MockHttpServletRequestBuilder;
import org.springframework.test.web.servlet.setup.MockMvcBuilders;
import org.springframework.web.context.WebApplicationContext;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;
import org.tumorboard.EngineTest;
import org.tumorboard.event.Department;
import org.tumorboard.event.Groups;
import org.tumorboard.event.Right;

/** Every group at every page and call: let in or refused as the table of rights says, and nobody without a sign-in. */
@EngineTest
class AccessMatrixTest {

    private static final String DEPARTMENT = "{department}";

    /** @param path with {@code {department}} where it belongs to one */
    private record Door(HttpMethod method, String mapping, String path, Right right) {

        static Door get(String mapping, Right right) {
            return new Door(HttpMethod.GET, mapping, mapping.replaceAll("\\{(caseId|definitionId)}", "nobody"), right);
        }

        static Door post(String mapping, String path, Right right) {
            return new Door(HttpMethod.POST, mapping, path, right);
        }

        String key() {
            return method + " " + mapping;
        }

        boolean isOfADepartment() {
            return path.contains(DEPARTMENT);
        }

        MockHttpServletRequestBuilder knock(String department) {
            return request(method, path.replace(DEPARTMENT, department))
                    .accept(path.startsWith("/api/") ? MediaType.APPLICATION_JSON : MediaType.TEXT_HTML)
                    .contentType(MediaType.APPLICATION_JSON)
                    .content("{\"source\":\"//nobody\",\"id\":\"nothing\"}");
        }
    }

    private static final String ADJUST = "/cases/{caseId}/clocks/{clockName}/adjust";

    private static final String ENTRY = "/departments/{department}/events/{type}";

    private static final String ANSWER = "/departments/{department}/entries/{id}";

    private static final String NO_ENTRY =
            "/departments/" + DEPARTMENT + "/entries/00000000-0000-0000-0000-000000000000";

    private static final List<Door> DOORS = List.of(
            Door.get("/", Right.READ_CASES),
            Door.get("/cases/{caseId}", Right.READ_CASES),
            Door.get("/models/{definitionId}", Right.READ_CASES),
            Door.get("/api/cases", Right.READ_CASES),
            Door.get("/api/cases/{caseId}", Right.READ_CASES),
            Door.get("/api/cases/{caseId}/events", Right.READ_CASES),
            Door.get("/dashboard", Right.READ_DASHBOARD),
            Door.get("/dashboard/clocks", Right.READ_DASHBOARD),
            Door.get("/dashboard/result", Right.READ_DASHBOARD),
            Door.get("/dashboard/runs", Right.READ_DASHBOARD),
            Door.get("/dashboard/ways", Right.READ_DASHBOARD),
            Door.get("/dashboard/occurrences", Right.READ_DASHBOARD),
            Door.get("/api/sla/clocks", Right.READ_DASHBOARD),
            Door.get("/api/departments", Right.READ_DASHBOARD),
            Door.get("/departments/{department}", Right.READ_STEPS),
            Door.get("/api/departments/{department}/steps", Right.READ_STEPS),
            Door.get("/api/events", Right.READ_EVENTS),
            new Door(HttpMethod.GET, "/api/events", "/api/events?department=" + DEPARTMENT, Right.READ_EVENTS),
            Door.get("/audit", Right.READ_AUDIT),
            Door.get("/audit/verify", Right.READ_AUDIT),
            Door.get("/api/audit", Right.READ_AUDIT),
            Door.get("/api/audit.fhir", Right.READ_AUDIT),
            Door.get("/api/audit/verify", Right.READ_AUDIT),
            Door.get("/operations", Right.READ_OPERATIONS),
            Door.get("/operations/events", Right.READ_OPERATIONS),
            Door.get("/operations/redrive", Right.READ_OPERATIONS),
            Door.get("/operations/dead-letters", Right.READ_OPERATIONS),
            Door.get("/api/operations", Right.READ_OPERATIONS),
            Door.post("/operations/redrive", "/operations/redrive", Right.READ_OPERATIONS),
            Door.post("/operations/incidents/{id}/retry", "/operations/incidents/none/retry", Right.RETRY_WORK),
            Door.post("/api/events/redrive", "/api/events/redrive", Right.REDRIVE),
            Door.post("/api/patients/erase", "/api/patients/erase", Right.ERASE_PATIENT),
            Door.post("/api/events/{department}", "/api/events/" + DEPARTMENT, Right.SEND_EVENTS),
            new Door(HttpMethod.GET, ENTRY, "/departments/" + DEPARTMENT + "/events/step-completed", Right.SEND_EVENTS),
            Door.post(ENTRY, "/departments/" + DEPARTMENT + "/events/step-completed", Right.SEND_EVENTS),
            Door.post(ANSWER + "/confirm", NO_ENTRY + "/confirm", Right.SEND_EVENTS),
            Door.post(ANSWER + "/reject", NO_ENTRY + "/reject", Right.SEND_EVENTS),
            Door.post(
                    "/departments/{department}/notifications/{seq}/acknowledge",
                    "/departments/" + DEPARTMENT + "/notifications/0/acknowledge",
                    Right.ACKNOWLEDGE),
            Door.post("/cases/{caseId}/urgency", "/cases/nobody/urgency", Right.LOWER_URGENCY),
            Door.post(
                    ADJUST,
                    "/cases/nobody/clocks/consents/adjust?step=clock-paused&reason=PATIENT_REQUEST",
                    Right.PAUSE_CLOCK),
            Door.post(
                    ADJUST,
                    "/cases/nobody/clocks/consents/adjust?step=clock-waived&reason=NOT_INDICATED",
                    Right.WAIVE_CLOCK));

    /** Whoever knocks here is not told by the status alone: a stream that stays open, and what is open to all. */
    private static final Set<String> ELSEWHERE = Set.of("GET /dashboard/stream", "GET /login", "null /error");

    @Autowired
    WebApplicationContext application;

    @Autowired
    RequestMappingHandlerMapping requestMappingHandlerMapping;

    private MockMvc http;

    @BeforeEach
    void theDoorsAreWatched() {
        http = MockMvcBuilders.webAppContextSetup(application)
                .apply(springSecurity())
                .build();
    }

    @Test
    void knowsEveryDoor() {
        Set<String> known =
                Stream.concat(DOORS.stream().map(Door::key), ELSEWHERE.stream()).collect(toCollection(TreeSet::new));
        Set<String> there = new TreeSet<>();
        requestMappingHandlerMapping.getHandlerMethods().keySet().forEach(mapping -> mapping.getPatternValues()
                .forEach(pattern -> there.add(mapping.getMethodsCondition().getMethods().stream()
                                .findFirst()
                                .map(Object::toString)
                                .orElse("null")
                        + " " + pattern)));
        there.removeIf(door -> door.startsWith("GET /api/sla/"));
        known.removeIf(door -> door.startsWith("GET /api/sla/"));

        assertThat(there).isEqualTo(known);
    }

    @Test
    void letsEveryGroupInAsTheTableSays() throws Exception {
        List<String> wrong = new ArrayList<>();
        for (Door door : DOORS) {
            for (String group : Groups.all()) {
                for (String department : door.isOfADepartment() ? departments() : List.of("")) {
                    boolean isAllowed = door.isOfADepartment()
                            ? door.right().isOf(group::equals, department)
                            : door.right().isOf(group::equals);
                    int status = http.perform(door.knock(department)
                                    .with(user(group).roles(group))
                                    .with(csrf()))
                            .andReturn()
                            .getResponse()
                            .getStatus();
                    if (isAllowed != (status != 403) || status >= 500) {
                        wrong.add("%s by %s of %s: %d".formatted(door, group, department, status));
                    }
                }
            }
        }
        assertThat(wrong).isEmpty();
    }

    @Test
    void refusesWhoeverHasNotSignedIn() throws Exception {
        for (Door door : DOORS) {
            var answer = http.perform(door.knock("radiology").with(csrf()))
                    .andReturn()
                    .getResponse();

            if (door.path().startsWith("/api/")) {
                assertThat(answer.getStatus()).as(door.key()).isEqualTo(401);
            } else {
                assertThat(answer.getRedirectedUrl()).as(door.key()).endsWith("/login");
            }
        }
    }

    @Test
    void refusesAFormThatComesFromElsewhere() throws Exception {
        for (Door door : DOORS) {
            if (door.method() == HttpMethod.POST) {
                assertThat(http.perform(door.knock("radiology")
                                        .with(user("admin").roles("admin")))
                                .andReturn()
                                .getResponse()
                                .getStatus())
                        .as(door.key())
                        .isEqualTo(403);
            }
        }
    }

    @Test
    void asksBrowsersForTlsFromThenOn() throws Exception {
        var answer = http.perform(request(HttpMethod.GET, "/login").secure(true))
                .andReturn()
                .getResponse();

        assertThat(answer.getHeader("Strict-Transport-Security")).contains("max-age=31536000");
    }

    @Test
    void opensNothingThatIsNotInTheTable() throws Exception {
        for (String path :
                List.of("/actuator/env", "/actuator/heapdump", "/api/unknown", "/h2-console", "/engine-rest/task")) {
            assertThat(http.perform(request(HttpMethod.GET, path)
                                    .with(user("admin").roles("admin")))
                            .andReturn()
                            .getResponse()
                            .getStatus())
                    .as(path)
                    .isEqualTo(403);
        }
    }

    @Test
    void standsInTheReadme() throws Exception {
        assertThat(Files.readAllLines(Path.of("README.md"))).containsSubsequence(Right.rows());
    }

    private static List<String> departments() {
        return Stream.of(Department.values()).map(Department::slug).toList();
    }
}
