package org.tumorboard.inbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.kafka.config.KafkaListenerEndpointRegistry;
import org.springframework.kafka.listener.MessageListenerContainer;
import org.tumorboard.EngineTest;
import org.tumorboard.embedded.SyntheticEvent;
import org.tumorboard.flow.Scene;

/** What a database that went back in time has lost is read again from Kafka, whether more comes there or not. */
@EngineTest
class PositionsTest {

    private static final Instant DETECTED = Instant.parse("2025-08-01T08:00:00Z");

    @Autowired
    Scene scene;

    @Autowired
    InboxListener listener;

    @Autowired
    KafkaListenerEndpointRegistry listeners;

    @Autowired
    JdbcClient jdbc;

    @BeforeEach
    void setClock() {
        scene.resetTimeTo(DETECTED.plus(Duration.ofDays(60)));
    }

    @Test
    void areHeldAgainstTheDatabaseWhereNothingComes() {
        SyntheticEvent lost = waiting().get(0);
        scene.said(lost);

        goBackBefore(lost);
        assertThat(scene.outcome(lost)).isEqualTo("UNKNOWN");
        listener.look();

        scene.awaitDecided(List.of(lost));
    }

    @Test
    void areHeldAgainstTheDatabaseWhenTheNextEventComes() {
        List<SyntheticEvent> reports = waiting();
        scene.said(reports.get(0));

        goBackBefore(reports.get(0));
        scene.said(reports.get(1));

        scene.awaitDecided(List.of(reports.get(0)));
    }

    @Test
    void areHeldAgainstTheDatabaseAtTheNextStart() {
        SyntheticEvent lost = waiting().get(0);
        scene.said(lost);
        MessageListenerContainer container = listeners.getListenerContainer(InboxListener.ID);

        container.stop();
        goBackBefore(lost);
        container.start();

        scene.awaitDecided(List.of(lost));
    }

    @Test
    void areUnknownToANewDatabaseWhichGetsAllThatKafkaHas() {
        SyntheticEvent lost = waiting().get(0);
        scene.said(lost);

        goBackBefore(lost);
        jdbc.sql("delete from inbox_position where topic = ?")
                .param(lost.topic())
                .update();
        listener.look();

        scene.awaitDecided(List.of(lost));
    }

    /** What one department reports of a patient who is not known yet. */
    private List<SyntheticEvent> waiting() {
        List<SyntheticEvent> story = scene.urgentCase(DETECTED).throughTreatment();
        SyntheticEvent triage = story.get(1);
        return story.stream()
                .filter(event -> event.topic().equals(triage.topic()))
                .toList();
    }

    /** As if the database had been restored to where it was before the event, which was the last of its partition. */
    private void goBackBefore(SyntheticEvent last) {
        jdbc.sql("delete from inbox_event where source = ? and id = ?")
                .params(last.source(), last.id())
                .update();
        jdbc.sql("update inbox_position set next_offset = next_offset - 1 where topic = ? and next_offset > 0")
                .param(last.topic())
                .update();
    }
}
