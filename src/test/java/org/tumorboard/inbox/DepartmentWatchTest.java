package org.tumorboard.inbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.kafka.config.KafkaListenerEndpointRegistry;
import org.springframework.kafka.listener.MessageListenerContainer;
import org.tumorboard.EngineTest;
import org.tumorboard.SettableClock;
import org.tumorboard.embedded.SyntheticEvent;
import org.tumorboard.event.Department;
import org.tumorboard.flow.Scene;
import org.tumorboard.inbox.DepartmentPulse.Standing;

/** Silence told from what departments sent, long ago, and delay told from the broker. */
@EngineTest
class DepartmentWatchTest {

    private static final Instant FIRST_DAY = Instant.parse("2009-03-02T00:00:00Z");

    @Autowired
    JdbcClient jdbc;

    @Autowired
    SettableClock clock;

    @Autowired
    DepartmentWatch watch;

    @Autowired
    TopicDelays delays;

    @Autowired
    KafkaListenerEndpointRegistry listeners;

    @Autowired
    Scene scene;

    private Heard heard;
    private Instant usual;

    @BeforeEach
    void past() {
        usual = clock.instant();
        heard = new Heard(jdbc);
    }

    @AfterEach
    void present() {
        heard.close();
        clock.set(usual);
        watch.runOnce();
    }

    @Test
    void learnsTheRhythmFromTheDepartmentsOwnHistoryWithItsNights() {
        heard.daily("radiology", FIRST_DAY, 20, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16);

        Instant lastHeard = FIRST_DAY.plus(Duration.ofDays(19)).plus(Duration.ofHours(16));

        assertThat(radiologyAt(lastHeard.plus(Duration.ofHours(14))).usually()).isEqualTo(Duration.ofHours(15));
        assertThat(radiologyAt(lastHeard.plus(Duration.ofHours(14))).standing(clock.instant()))
                .isEqualTo(Standing.HEARD);
        assertThat(radiologyAt(lastHeard.plus(Duration.ofHours(16)))
                        .standing(clock.instant())
                        .isRisk())
                .isTrue();
    }

    @Test
    void doesNotTakeOneOutageForTheRhythm() {
        heard.daily("radiology", FIRST_DAY, 20, 0, 6, 12, 18);
        heard.daily("radiology", FIRST_DAY.plus(Duration.ofDays(23)), 2, 0, 6, 12, 18);

        assertThat(radiologyAt(FIRST_DAY.plus(Duration.ofDays(25))).usually()).isEqualTo(Duration.ofHours(6));
    }

    @Test
    void findsNoRhythmInAFewDays() {
        heard.daily("radiology", FIRST_DAY, 3, 0, 6, 12, 18);

        DepartmentPulse pulse = radiologyAt(FIRST_DAY.plus(Duration.ofDays(12)));

        assertThat(pulse.usually()).isNull();
        assertThat(pulse.lastEventAt()).isEqualTo(FIRST_DAY.plus(Duration.ofHours(66)));
        assertThat(pulse.standing(clock.instant())).isEqualTo(Standing.NOTHING_TO_SAY);
    }

    @Test
    void tellsTheAgeOfTheOldestEventThatIsNotTaken() {
        MessageListenerContainer inbox = Objects.requireNonNull(listeners.getListenerContainer(InboxListener.ID));
        SyntheticEvent suspicion =
                scene.urgentCase(clock.instant()).throughTreatment().get(0);
        scene.awaitQuiet();
        inbox.stop();
        try {
            scene.say(List.of(suspicion));

            TopicState.Waiting behind = waiting(Instant.now().plus(Duration.ofMinutes(7)));

            assertThat(behind.untaken()).isEqualTo(1);
            assertThat(behind.oldest()).isBetween(Duration.ofMinutes(7), Duration.ofMinutes(9));
            assertThat(isBehindAt(Instant.now().minusSeconds(60))).isFalse();
            assertThat(isBehindAt(Instant.now().plusSeconds(20))).isTrue();
        } finally {
            clock.set(usual);
            inbox.start();
        }
        await().atMost(Duration.ofSeconds(30))
                .untilAsserted(() -> assertThat(waiting(Instant.now())).isEqualTo(TopicState.Waiting.NOTHING));
    }

    private TopicState.Waiting waiting(Instant now) {
        return delays.read(now).get(Department.RADIOLOGY).waiting();
    }

    /** Timers wait until it is not. */
    private boolean isBehindAt(Instant now) {
        clock.set(now);
        watch.runOnce();
        return watch.areBehind();
    }

    private DepartmentPulse radiologyAt(Instant now) {
        clock.set(now);
        watch.runOnce();
        return watch.last().stream()
                .filter(pulse -> pulse.department().equals("radiology"))
                .findFirst()
                .orElseThrow();
    }
}
