package org.tumorboard.inbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.camunda.bpm.engine.TaskService;
import org.camunda.bpm.engine.task.Task;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.tumorboard.EngineTest;
import org.tumorboard.embedded.SyntheticEvent;
import org.tumorboard.event.EventIdentity;
import org.tumorboard.flow.Scene;
import org.tumorboard.pathway.SettlementTasks;

/** No event is parked for ever: coordination is asked about it, once, until it is settled or finds its step. */
@EngineTest
class OverdueEventsTest {

    private static final Instant DETECTED = Instant.parse("2025-07-01T08:00:00Z");
    private static final Map<String, Object> WAIT_ON = Map.of("choice", "WAIT_ON", "reason", "CASE_WILL_COME");
    private static final Map<String, Object> SET_ASIDE = Map.of("choice", "SET_ASIDE", "reason", "SENT_BY_MISTAKE");

    @Autowired
    Scene scene;

    @Autowired
    OverdueEvents overdue;

    @Autowired
    TaskService tasks;

    @Autowired
    SettlementTasks settlements;

    private List<SyntheticEvent> events;
    private SyntheticEvent early;

    @BeforeEach
    void anEventWhoseCaseIsNotOpen() {
        scene.resetTimeTo(DETECTED.plus(Duration.ofHours(3)));
        events = scene.urgentCase(DETECTED).throughTreatment();
        early = events.get(1);
        scene.said(early);
    }

    @Test
    void asksOnceAfterADayAndAgainIfItWaitsOn() {
        overdue.runOnce();
        assertThat(questions()).isEmpty();

        scene.resetTimeTo(DETECTED.plus(Duration.ofHours(27)));
        overdue.runOnce();
        overdue.runOnce();
        assertThat(questions()).hasSize(1);
        assertThat(settlements.about(List.of(new EventIdentity(early.source(), early.id()))))
                .containsValue(questions().get(0).getId());

        tasks.complete(questions().get(0).getId(), WAIT_ON);
        overdue.runOnce();
        assertThat(questions()).isEmpty();
        assertThat(scene.outcome(early)).isEqualTo("PARKED");

        scene.resetTimeTo(DETECTED.plus(Duration.ofHours(52)));
        overdue.runOnce();
        assertThat(questions()).hasSize(1);
    }

    @Test
    void recordsWhoSetItAsideAndWhy() {
        scene.resetTimeTo(DETECTED.plus(Duration.ofHours(27)));
        overdue.runOnce();

        tasks.complete(questions().get(0).getId(), SET_ASIDE);

        assertThat(scene.outcome(early)).isEqualTo("ALREADY_DONE");
        assertThat(scene.reason(early)).startsWith("set aside by ").endsWith("SENT_BY_MISTAKE");
        scene.resetTimeTo(DETECTED.plus(Duration.ofHours(80)));
        overdue.runOnce();
        assertThat(questions()).isEmpty();
    }

    @Test
    void takesNoAnswerWithoutAReasonCode() {
        scene.resetTimeTo(DETECTED.plus(Duration.ofHours(27)));
        overdue.runOnce();
        String question = questions().get(0).getId();

        assertThatThrownBy(() -> tasks.complete(question, Map.of("choice", "SET_ASIDE", "reason", "just so")))
                .hasMessageContaining("reason: expected a code");
        assertThatThrownBy(() -> tasks.complete(question, Map.of("choice", "PERHAPS", "reason", "UNSURE")))
                .hasMessageContaining("choice: expected one of");
        assertThat(questions()).hasSize(1);
    }

    @Test
    void asksNobodyAnyMoreOnceTheEventFindsItsStep() {
        scene.resetTimeTo(DETECTED.plus(Duration.ofHours(27)));
        overdue.runOnce();
        assertThat(questions()).hasSize(1);

        scene.said(events.get(0));

        assertThat(scene.outcome(early)).isEqualTo("APPLIED");
        assertThat(questions()).isEmpty();
    }

    private List<Task> questions() {
        return tasks.createTaskQuery()
                .taskDefinitionKey("Task_SettleParkedEvent")
                .processVariableValueEquals("parkedEventId", early.id())
                .list();
    }
}
