package org.tumorboard.flow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.csrf;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.user;
import static org.springframework.security.test.web.servlet.setup.SecurityMockMvcConfigurers.springSecurity;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.post;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.test.web.servlet.MockMvc;
import org.springframework.test.web.servlet.request.MockHttpServletRequestBuilder;
import org.springframework.test.web.servlet.setup.MockMvcBuilders;
import org.springframework.web.context.WebApplicationContext;
import org.tumorboard.EngineTest;
import org.tumorboard.embedded.SyntheticEvent;
import org.tumorboard.event.CaseId;

/** What decides about the window counts, by form or in Tasklist, once two people have said the same. */
@EngineTest
class SecondPersonTest {

    private static final Instant DETECTED = Instant.parse("2025-07-07T08:00:00Z");
    private static final String DELIVERY = "/departments/gamma-knife/events/delivery-completed";

    @Autowired
    Scene scene;

    @Autowired
    JdbcClient jdbc;

    @Autowired
    ObjectMapper json;

    @Autowired
    WebApplicationContext application;

    private MockMvc http;
    private CaseId caseId;
    private SyntheticEvent delivery;

    @BeforeEach
    void thePatientLiesUnderTheBeam() {
        http = MockMvcBuilders.webAppContextSetup(application)
                .apply(springSecurity())
                .build();
        scene.resetTimeTo(DETECTED);
        Story story = Story.of(scene.urgentCase(DETECTED));
        caseId = story.caseId();
        delivery = story.event("gamma-knife.delivery-completed");
        scene.hasHappened(story.before("gamma-knife.delivery-completed"));
        scene.resetTimeTo(delivery.time());
    }

    @Test
    void anEntryCountsOnceAnotherPersonConfirmsIt() throws Exception {
        String id = UUID.randomUUID().toString();

        assertThat(by("anna", filledIn(id, delivery.time())).getStatus()).isEqualTo(302);
        assertThat(by("anna", filledIn(id, delivery.time())).getStatus()).isEqualTo(302);

        assertThat(page("ben")).contains("Needs a second person", "entries/" + id + "/confirm", ">anna<");
        assertThat(page("anna")).contains("Somebody else must confirm it").doesNotContain("entries/" + id + "/confirm");
        assertThat(answer("anna", id, "confirm")).isEqualTo(403);
        assertThat(scene.openTasks(caseId)).contains("Task_CompleteDelivery");

        assertThat(answer("ben", id, "confirm")).isEqualTo(302);

        await().atMost(Duration.ofSeconds(30))
                .until(() -> scene.milestones(caseId).containsKey("srs-delivered"));
        assertThat(scene.milestones(caseId)).containsEntry("srs-delivered", delivery.time());
        assertThat(scene.openTasks(caseId)).doesNotContain("Task_CompleteDelivery");
        assertThat(jdbc.sql(
                                "select outcome from inbox_event where source = '//tumorboard/manual/gamma-knife' and id = ?")
                        .param(id)
                        .query(String.class)
                        .list())
                .containsExactly("APPLIED");
        assertThat(jdbc.sql(
                                "select count(*) from manual_entry where id = ?::uuid and data is null and decided_by = 'ben'")
                        .param(id)
                        .query(Long.class)
                        .single())
                .isOne();
        assertThat(deeds(id))
                .containsExactly(
                        "ENTERED_EVENT anna", "ENTERED_EVENT anna", "AGREED_AS_SECOND_PERSON ben", "SENT_EVENT ben");
        assertThat(answer("carl", id, "confirm")).isEqualTo(404);
    }

    @Test
    void whatIsRejectedOrTakenBackIsNeverSent() throws Exception {
        String wrong = UUID.randomUUID().toString();
        String takenBack = UUID.randomUUID().toString();
        by("anna", filledIn(wrong, delivery.time().minusSeconds(3600)));
        by("anna", filledIn(takenBack, delivery.time().minusSeconds(7200)));

        assertThat(answer("ben", wrong, "reject")).isEqualTo(302);
        assertThat(answer("anna", takenBack, "reject")).isEqualTo(302);

        assertThat(answer("ben", wrong, "confirm")).isEqualTo(404);
        assertThat(answer("ben", takenBack, "confirm")).isEqualTo(404);
        assertThat(deeds(wrong)).containsExactly("ENTERED_EVENT anna", "REJECTED_ENTRY ben");
        scene.awaitQuiet();
        assertThat(scene.openTasks(caseId)).contains("Task_CompleteDelivery");
    }

    @Test
    void theSameEnteredTwiceByTwoPeopleIsConfirmedByThat() throws Exception {
        by("anna", filledIn(UUID.randomUUID().toString(), delivery.time()));
        by("ben", filledIn(UUID.randomUUID().toString(), delivery.time()));

        await().atMost(Duration.ofSeconds(30))
                .until(() -> scene.milestones(caseId).containsKey("srs-delivered"));
        assertThat(jdbc.sql("select count(*) from manual_entry where case_id = ? and decided_at is null")
                        .param(caseId.value())
                        .query(Long.class)
                        .single())
                .isZero();
    }

    @Test
    void nobodyCompletesTheStepAloneInTasklistEither() throws Exception {
        Map<String, Object> form = inTasklist(delivery.time());
        assertThatThrownBy(() -> scene.byHandAs("anna", caseId, "Task_CompleteDelivery", form))
                .hasMessageContaining("Kept for a second person");
        assertThatThrownBy(() -> scene.byHandAs("anna", caseId, "Task_CompleteDelivery", form))
                .hasMessageContaining("Kept for a second person");
        assertThatThrownBy(() -> scene.byHandAs(
                        "ben",
                        caseId,
                        "Task_CompleteDelivery",
                        inTasklist(delivery.time().minusSeconds(600))))
                .hasMessageContaining("Kept for a second person");
        assertThat(page("carl")).contains(">anna<", ">ben<");

        scene.byHandAs("carl", caseId, "Task_CompleteDelivery", form);

        assertThat(scene.milestones(caseId)).containsEntry("srs-delivered", delivery.time());
    }

    @Test
    void whatOneEntersInTasklistAnotherConfirmsOnThePage() throws Exception {
        assertThatThrownBy(() -> scene.byHandAs("anna", caseId, "Task_CompleteDelivery", inTasklist(delivery.time())))
                .hasMessageContaining("on the page of gamma-knife");
        String id = jdbc.sql("select id from manual_entry where case_id = ? and decided_at is null")
                .param(caseId.value())
                .query(String.class)
                .single();

        assertThat(answer("ben", id, "confirm")).isEqualTo(302);

        await().atMost(Duration.ofSeconds(30))
                .until(() -> scene.milestones(caseId).containsKey("srs-delivered"));
        assertThat(scene.openTasks(caseId)).doesNotContain("Task_CompleteDelivery");
    }

    @Test
    void aCorrectionByHandNeedsTwoAsWell() throws Exception {
        MockHttpServletRequestBuilder correction = post("/departments/gamma-knife/events/event-corrected")
                .param("time", "2025-07-07T08:00")
                .param("data.patientRef", delivery.data().get("patientRef").asText())
                .param("data.corrects.source", delivery.source())
                .param("data.corrects.id", delivery.id())
                .param("data.occurredAt", "2025-07-07T07:00")
                .param("data.reason", "WRONG_TIME");

        assertThat(by("anna", correction).getStatus()).isEqualTo(302);

        assertThat(page("ben")).contains("Event corrected", delivery.id());
    }

    private MockHttpServletRequestBuilder filledIn(String id, Instant at) {
        MockHttpServletRequestBuilder filled = post(DELIVERY)
                .param("id", id)
                .param("case", caseId.value())
                .param("time", at.toString().replace("Z", ""));
        delivery.data()
                .properties()
                .forEach(field -> filled.param(
                        "data." + field.getKey(),
                        field.getKey().equals("endAt")
                                ? at.toString()
                                : field.getValue().asText()));
        return filled;
    }

    private Map<String, Object> inTasklist(Instant at) {
        Map<String, Object> form = new HashMap<>(Map.of("occurredAt", at.toString()));
        delivery.data().properties().forEach(field -> {
            if (List.of("planRef", "marginalDoseGy", "fractions").contains(field.getKey())) {
                form.put(field.getKey(), json.convertValue(field.getValue(), Object.class));
            }
        });
        form.put("endAt", at.toString());
        return form;
    }

    private String page(String person) throws Exception {
        return by(person, get("/departments/gamma-knife")).getContentAsString();
    }

    private int answer(String person, String id, String answer) throws Exception {
        return by(person, post("/departments/gamma-knife/entries/" + id + "/" + answer))
                .getStatus();
    }

    private List<String> deeds(String id) {
        return jdbc.sql("select deed || ' ' || person from audit_entry where subject like '% ' || ? order by number")
                .param(id)
                .query(String.class)
                .list();
    }

    private MockHttpServletResponse by(String person, MockHttpServletRequestBuilder request) throws Exception {
        return http.perform(request.with(user(person).roles("gamma-knife")).with(csrf()))
                .andReturn()
                .getResponse();
    }
}
