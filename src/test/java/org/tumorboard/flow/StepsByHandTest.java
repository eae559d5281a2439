package org.tumorboard.flow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.camunda.bpm.engine.IdentityService;
import org.camunda.bpm.engine.RuntimeService;
import org.camunda.bpm.engine.TaskService;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.tumorboard.EngineTest;
import org.tumorboard.embedded.SyntheticCase;
import org.tumorboard.embedded.SyntheticEvent;
import org.tumorboard.event.CaseId;

/** A step may be closed by hand or by its event: the first wins, the second is recorded, and disagreements show. */
@EngineTest
class StepsByHandTest {

    private static final Instant DETECTED = Instant.parse("2026-03-02T08:00:00Z");
    private static final Instant NOW = DETECTED.plus(Duration.ofHours(3));

    @Autowired
    Scene scene;

    @Autowired
    TaskService tasks;

    @Autowired
    RuntimeService runtime;

    @Autowired
    IdentityService identity;

    private List<SyntheticEvent> events;
    private SyntheticEvent triage;
    private CaseId caseId;

    @BeforeEach
    void aCaseAtTriage() {
        scene.resetTimeTo(NOW);
        SyntheticCase patient = scene.urgentCase(DETECTED);
        events = patient.throughTreatment();
        triage = events.get(1);
        caseId = Scene.caseOf(events);
        scene.said(events.get(0));
    }

    @Test
    void recordsThePersonAndTheTimeStated() {
        identity.setAuthentication("neurosurgery", List.of("neurosurgery"));
        try {
            byHand("URGENT", "2026-03-02T09:30:00Z");
        } finally {
            identity.clearAuthentication();
        }

        JsonNode triaged = milestone("triaged");
        assertThat(triaged.path("at").asText()).isEqualTo("2026-03-02T09:30:00Z");
        assertThat(triaged.path("source").asText()).isEqualTo("user:neurosurgery");
        assertThat(scene.status(caseId)).isEqualTo("PREPARING");
        assertThat(runtime.createVariableInstanceQuery()
                        .variableName("accepted")
                        .count())
                .as("what a form submits does not stay behind as variables")
                .isZero();
    }

    @Test
    void recordsTheEventOfAStepAlreadyDoneByHand() {
        byHand("URGENT", triage.time().toString());

        scene.said(triage);

        assertThat(scene.outcome(triage)).isEqualTo("ALREADY_DONE");
        assertThat(scene.reason(triage)).contains("was already done by hand").doesNotContain("disagree");
        assertThat(scene.milestoneRecord(caseId))
                .filteredOn(name -> name.startsWith("triaged"))
                .hasSize(1);
    }

    @Test
    void showsWhereTheEventDisagreesWithTheHand() {
        byHand("EMERGENCY", "2026-03-02T09:30:00Z");

        scene.said(triage);

        assertThat(scene.outcome(triage)).isEqualTo("ALREADY_DONE");
        assertThat(scene.reason(triage))
                .contains("they disagree")
                .contains("time 2026-03-02T10:00:00Z, recorded 2026-03-02T09:30:00Z")
                .contains("urgency URGENT, recorded EMERGENCY");
        JsonNode event = eventFromApi(triage);
        assertThat(event.path("outcome").asText()).isEqualTo("ALREADY_DONE");
    }

    @Test
    void refusesAFormThatTheSchemaWouldRefuse() {
        assertThatThrownBy(() -> byHand("SOON", null)).hasMessageContaining("SOON");
        assertThatThrownBy(() -> byHand("URGENT", NOW.plusSeconds(600).toString()))
                .hasMessageContaining("occurredAt: expected at most");
        assertThatThrownBy(() -> byHand("URGENT", "1999-12-31T23:59:59Z"))
                .hasMessageContaining("occurredAt: expected 2000-01-01T00:00:00Z or later");
        assertThatThrownBy(() -> scene.byHand(caseId, "Task_CompleteTriage", Map.of("urgency", "URGENT")))
                .hasMessageContaining("accepted".substring(1));

        assertThat(scene.openTasks(caseId)).contains("Task_CompleteTriage");
    }

    @Test
    void releasesWhatWaitedForTheHand() {
        SyntheticEvent imaging = events.get(2);
        scene.said(imaging.at(NOW.minusSeconds(60)));
        assertThat(scene.outcome(imaging)).isEqualTo("PARKED");

        byHand("URGENT", null);

        await().atMost(Duration.ofSeconds(10))
                .until(() -> scene.outcome(imaging).equals("APPLIED"));
    }

    @Test
    void letsOneOfTwoPeopleWinAndTellsTheOther() throws Exception {
        String task = scene.task(caseId, "Task_CompleteTriage").getId();
        Callable<String> person = () -> {
            tasks.complete(task, Map.of("accepted", true, "urgency", "URGENT"));
            return "done";
        };

        List<String> results = atOnce(person, person);

        assertThat(results).filteredOn("done"::equals).hasSize(1);
        assertThat(results).filteredOn(result -> !result.equals("done")).allMatch(message -> message.contains("task"));
        assertThat(scene.milestoneRecord(caseId))
                .filteredOn(name -> name.startsWith("triaged"))
                .hasSize(1);
    }

    @Test
    void letsAPersonOrTheEventWinAndRecordsTheOther() throws Exception {
        for (int round = 0; round < 10; round++) {
            aCaseAtTriage();
            String task = scene.task(caseId, "Task_CompleteTriage").getId();

            List<String> results = atOnce(
                    () -> {
                        tasks.complete(task, Map.of("accepted", true, "urgency", "URGENT"));
                        return "done";
                    },
                    () -> {
                        scene.said(triage);
                        return "said";
                    });

            boolean personWon = results.get(0).equals("done");
            assertThat(scene.outcome(triage)).isEqualTo(personWon ? "ALREADY_DONE" : "APPLIED");
            assertThat(scene.milestoneRecord(caseId))
                    .filteredOn(name -> name.startsWith("triaged"))
                    .hasSize(1);
            assertThat(scene.status(caseId)).isEqualTo("PREPARING");
        }
    }

    private void byHand(String urgency, String occurredAt) {
        scene.byHand(
                caseId,
                "Task_CompleteTriage",
                occurredAt == null
                        ? Map.of("accepted", true, "urgency", urgency)
                        : Map.of("accepted", true, "urgency", urgency, "occurredAt", occurredAt));
    }

    private JsonNode milestone(String name) {
        for (JsonNode milestone : scene.caseFromApi(caseId).path("milestones")) {
            if (milestone.path("name").asText().equals(name)) {
                return milestone;
            }
        }
        throw new AssertionError("no milestone " + name);
    }

    private JsonNode eventFromApi(SyntheticEvent said) {
        for (JsonNode event : scene.eventsFromApi(caseId)) {
            if (event.path("id").asText().equals(said.id())) {
                return event;
            }
        }
        throw new AssertionError("no event " + said.id());
    }

    private static List<String> atOnce(Callable<String> one, Callable<String> other) throws Exception {
        ExecutorService people = Executors.newFixedThreadPool(2);
        CyclicBarrier start = new CyclicBarrier(2);
        try {
            List<Future<String>> results = new ArrayList<>();
            for (Callable<String> action : List.of(one, other)) {
                results.add(people.submit(() -> {
                    start.await();
                    try {
                        return action.call();
                    } catch (RuntimeException e) {
                        return String.valueOf(e.getMessage());
                    }
                }));
            }
            return List.of(results.get(0).get(), results.get(1).get());
        } finally {
            people.shutdown();
        }
    }
}
