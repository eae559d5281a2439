package org.tumorboard.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.csrf;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.user;
import static org.springframework.security.test.web.servlet.setup.SecurityMockMvcConfigurers.springSecurity;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.post;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.File;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.test.web.servlet.MockMvc;
import org.springframework.test.web.servlet.request.MockHttpServletRequestBuilder;
import org.springframework.test.web.servlet.setup.MockMvcBuilders;
import org.springframework.web.context.WebApplicationContext;
import org.tumorboard.EngineTest;
import org.tumorboard.SettableClock;
import org.tumorboard.event.EventType;

/** A department's event entered by hand: every type has a form, by which its sample can be sent. */
@EngineTest
class EntryFormTest {

    private static final String TRIAGE = "/departments/neurosurgery/events/triage-completed";

    @Autowired
    WebApplicationContext application;

    @Autowired
    ObjectMapper json;

    @Autowired
    SettableClock clock;

    private MockMvc http;

    @BeforeEach
    void thePagesAreServed() {
        clock.set(Instant.parse("2026-03-02T08:00:00Z"));
        http = MockMvcBuilders.webAppContextSetup(application)
                .apply(springSecurity())
                .build();
    }

    static Stream<String> samples() {
        return Stream.of(new File("src/main/resources/samples/events").list()).sorted();
    }

    @ParameterizedTest
    @MethodSource("samples")
    void takesTheSampleOfEveryType(String file) throws Exception {
        JsonNode sample = json.readTree(new File("src/main/resources/samples/events", file));
        EventType type = EventType.onTheWire(sample.get("type").asText()).orElseThrow();
        String path = "/departments/%s/events/%s".formatted(type.department(), type.name());
        String department = type.department().slug();

        MockHttpServletResponse form = answer(get(path), department);
        assertThat(form.getStatus()).isEqualTo(200);

        MockHttpServletRequestBuilder filled = post(path)
                .param("id", UUID.randomUUID().toString())
                .param("case", "by-hand-" + UUID.randomUUID())
                .param("time", sample.get("time").asText().replace("Z", ""));
        for (var field : sample.get("data").properties()) {
            fill(filled, form.getContentAsString(), field.getKey(), field.getValue());
        }
        MockHttpServletResponse sent = answer(filled, department);
        assertThat(sent.getStatus()).as(sent.getContentAsString()).isEqualTo(302);
        assertThat(sent.getRedirectedUrl()).isEqualTo("/departments/" + department);
    }

    @Test
    void keepsWhatWasTypedBesideWhatIsWrongWithIt() throws Exception {
        MockHttpServletResponse refused = answer(
                post(TRIAGE).param("time", "2025-03-05T10:00").param("data.patientRef", "no reference"),
                "neurosurgery");

        assertThat(refused.getStatus()).isEqualTo(400);
        assertThat(refused.getContentAsString())
                .contains("Nothing was sent", "value=\"no reference\"", "expected a value, but it is empty");
    }

    @Test
    void refusesATimeThatIsToCome() throws Exception {
        MockHttpServletResponse refused = answer(
                post("/departments/gamma-knife/events/event-retracted")
                        .param("time", "2099-03-05T10:00")
                        .param("data.patientRef", "SYN-0001")
                        .param("data.retracts.source", "//hospital.example/gamma-knife")
                        .param("data.retracts.id", "nothing-0001")
                        .param("data.reason", "WRONG_PATIENT"),
                "gamma-knife");

        assertThat(refused.getStatus()).isEqualTo(400);
        assertThat(refused.getContentAsString()).contains("5 min ahead of now");
    }

    @Test
    void refusesTimesThatCannotBeBesideTheirFields() throws Exception {
        assertThat(refusal(delivery("2099-03-05T10:00").param("time", "2025-03-05T10:00")))
                .contains("expected at most", "5 min ahead of now");
        assertThat(refusal(delivery("2025-03-05T10:00").param("time", "1999-12-31T10:00")))
                .contains("expected 2000-01-01T00:00:00Z or later");
        assertThat(refusal(delivery("1999-12-31T10:00").param("time", "2025-03-05T10:00")))
                .contains("Nothing was sent");
    }

    @Test
    void refusesANumberThatNobodyCouldReckonWith() throws Exception {
        assertThat(refusal(post("/departments/ward/events/neuro-status-recorded")
                        .param("time", "2025-03-05T10:00")
                        .param("data.patientRef", "SYN-0001")
                        .param("data.gcs", "15")
                        .param("data.kps", "1e999999999")
                        .param("data.flag", "STABLE")))
                .contains("expected a number of at most 100 digits");
    }

    private static MockHttpServletRequestBuilder delivery(String endAt) {
        return post("/departments/gamma-knife/events/delivery-completed")
                .param("data.patientRef", "SYN-0001")
                .param("data.planRef", "PLAN-1")
                .param("data.version", "1")
                .param("data.endAt", endAt)
                .param("data.marginalDoseGy", "17")
                .param("data.fractions", "1");
    }

    private String refusal(MockHttpServletRequestBuilder filled) throws Exception {
        MockHttpServletResponse refused = answer(filled, "admin");
        assertThat(refused.getStatus()).isEqualTo(400);
        return refused.getContentAsString();
    }

    @Test
    void isOnlyForWhoMaySpeakForTheDepartment() throws Exception {
        assertThat(answer(get(TRIAGE), "radiology").getStatus()).isEqualTo(403);
        assertThat(answer(post(TRIAGE), "radiology").getStatus()).isEqualTo(403);
        assertThat(answer(get(TRIAGE), "coordination").getStatus()).isEqualTo(200);
        assertThat(answer(get("/departments/neurosurgery/events/plan-submitted"), "neurosurgery")
                        .getStatus())
                .isEqualTo(404);
    }

    private static void fill(MockHttpServletRequestBuilder filled, String form, String path, JsonNode value) {
        String name = "data." + path;
        if (!value.isObject()) {
            assertThat(form).contains("name=\"" + name + "\"");
            filled.param(name, typed(value, "\n"));
        } else if (form.contains("name=\"" + name + "\"")) {
            List<String> lines = new ArrayList<>();
            value.properties().forEach(one -> lines.add(one.getKey() + " = " + typed(one.getValue(), ",")));
            filled.param(name, String.join("\n", lines));
        } else {
            value.properties().forEach(part -> fill(filled, form, path + "." + part.getKey(), part.getValue()));
        }
    }

    private static String typed(JsonNode value, String separator) {
        return value.isArray()
                ? String.join(
                        separator,
                        StreamSupport.stream(value.spliterator(), false)
                                .map(JsonNode::asText)
                                .toList())
                : value.asText();
    }

    private MockHttpServletResponse answer(MockHttpServletRequestBuilder request, String group) throws Exception {
        return http.perform(request.with(user(group).roles(group)).with(csrf()))
                .andReturn()
                .getResponse();
    }
}
