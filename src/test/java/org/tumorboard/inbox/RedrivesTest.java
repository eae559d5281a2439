package org.tumorboard.inbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.tumorboard.EngineTest;
import org.tumorboard.embedded.SyntheticEvent;
import org.tumorboard.event.EventIdentity;
import org.tumorboard.flow.Scene;
import org.tumorboard.inbox.Redrive.Result;

/** Many events are tried again, each patient's by themselves; where the database stops answering, the rest is named. */
@EngineTest
class RedrivesTest {

    private static final Instant DETECTED = Instant.parse("2028-04-03T08:00:00Z");

    @Autowired
    Redrives redrives;

    @Autowired
    Scene scene;

    @Autowired
    JdbcClient jdbc;

    private List<SyntheticEvent> triages;

    @BeforeEach
    void threePatientsOfWhomOneEventFailedEach() {
        scene.resetTimeTo(DETECTED);
        List<List<SyntheticEvent>> stories = Stream.generate(
                        () -> scene.urgentCase(DETECTED).throughTreatment())
                .limit(3)
                .toList();
        triages = stories.stream().map(story -> story.get(1)).toList();
        scene.resetTimeTo(triages.get(0).time());
        scene.said(triages);
        triages.forEach(triage -> jdbc.sql("update inbox_event set outcome = 'FAILED' where id = ?")
                .param(triage.id())
                .update());
        scene.said(stories.stream().map(story -> story.get(0)).toList());
    }

    @AfterEach
    void theDiskHasRoomAgain() {
        jdbc.sql("drop trigger if exists disk_full on inbox_event").update();
    }

    @Test
    void namesThoseWhoseTurnDidNotComeAndTakesThemAnotherTime() {
        theDiskIsFullFor(triages.get(1).key());

        assertThat(redrives.again(identities(), "anna"))
                .extracting(attempt -> attempt.result().getClass().getSimpleName())
                .containsExactly("Tried", "NotTried", "NotTried");
        assertThat(triages).extracting(scene::outcome).containsExactly("APPLIED", "PARKED", "PARKED");

        theDiskHasRoomAgain();
        assertThat(redrives.again(identities(), "anna"))
                .extracting(attempt -> attempt.result().getClass().getSimpleName())
                .containsExactly("Settled", "Tried", "Tried");
        assertThat(triages).extracting(scene::outcome).containsOnly("APPLIED");
    }

    @Test
    void saysWhichOfThemWasNeverReceived() {
        assertThat(redrives.again(List.of(new EventIdentity("//nobody", "nothing")), "anna"))
                .singleElement()
                .satisfies(attempt -> assertThat(attempt.result()).isInstanceOf(Result.Unknown.class));
    }

    @Test
    void takesNoMoreAtATimeThanSomebodyWouldWaitFor() {
        List<EventIdentity> tooMany = Collections.nCopies(501, identities().get(0));

        assertThatThrownBy(() -> redrives.again(tooMany, "anna")).hasMessageContaining("at most 500");
        assertThat(triages).extracting(scene::outcome).containsOnly("FAILED");
    }

    private List<EventIdentity> identities() {
        return triages.stream()
                .map(triage -> new EventIdentity(triage.source(), triage.id()))
                .toList();
    }

    private void theDiskIsFullFor(String patient) {
        jdbc.sql(
                        """
                        create or replace function disk_full() returns trigger language plpgsql as $$
                        begin
                          raise exception 'no space left' using errcode = '53100';
                        end $$
                        """)
                .update();
        jdbc.sql(
                        """
                        create trigger disk_full before update on inbox_event for each row
                        when (new.patient_ref = '%s' and new.outcome = 'APPLIED') execute function disk_full()
                        """
                                .formatted(patient))
                .update();
    }
}
