package org.tumorboard.flow;

import static java.time.Duration.ofHours;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import org.camunda.bpm.engine.ManagementService;
import org.camunda.bpm.engine.runtime.Job;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.scheduling.config.ScheduledTaskHolder;
import org.tumorboard.EngineTest;
import org.tumorboard.embedded.SyntheticCase;
import org.tumorboard.event.CaseId;
import org.tumorboard.pathway.SelfCheckResults;
import org.tumorboard.sla.ClockState;
import org.tumorboard.sla.Threshold;

/** A timer is only the nudge: where it fails, every reader sees the right state, and the self-check mends it. */
@EngineTest
class SelfCheckTest {

    private static final Instant DETECTED = Instant.parse("2027-06-01T08:00:00Z");

    @Autowired
    Scene scene;

    @Autowired
    Notifications notifications;

    @Autowired
    ManagementService management;

    @Autowired
    SelfCheckResults results;

    @Autowired
    JdbcClient jdbc;

    @Autowired
    ScheduledTaskHolder loops;

    private CaseId caseId;
    private Instant breach;

    @BeforeEach
    void aCaseThatNobodyTriages() {
        scene.resetTimeTo(DETECTED);
        SyntheticCase patient = scene.urgentCase(DETECTED);
        Story story = Story.of(patient);
        caseId = story.caseId();
        scene.said(story.event("radiology.recurrence-suspected"));
        breach = DETECTED.plus(ofHours(24));
    }

    @AfterEach
    void announcingWorksAgain() {
        jdbc.sql("drop trigger if exists refuse_announcements on sla_clock_change")
                .update();
    }

    @Test
    void mendsWhatATimerThatFailedThreeTimesLeft() {
        announcingFails();
        scene.resetTimeTo(breach.plusSeconds(60));
        Job timer = timer();
        for (int attempt = 1; attempt <= 3; attempt++) {
            assertThatThrownBy(() -> management.executeJob(timer.getId())).isInstanceOf(RuntimeException.class);
        }
        assertThat(timer().getRetries()).isZero();

        assertThat(scene.state(caseId, "triage")).isEqualTo(ClockState.BREACHED);
        assertThat(scene.caseFromApi(caseId).path("clocks")).anySatisfy(clock -> assertThat(
                        clock.path("clock").asText() + " " + clock.path("state").asText())
                .isEqualTo("triage BREACHED"));
        selfCheck();
        assertThat(results.last().orElseThrow().unmended()).isPositive();
        announcingWorksAgain();
        selfCheck();

        assertThat(results.last().orElseThrow()).satisfies(last -> {
            assertThat(last.ranAt()).isEqualTo(breach.plusSeconds(60));
            assertThat(last.overlooked()).isPositive();
            assertThat(last.unmended()).isZero();
            assertThat(last.foundAt()).isEqualTo(last.ranAt());
        });
        assertThat(scene.clock(caseId, "triage").thresholds())
                .extracting(Threshold::outcome)
                .startsWith(Threshold.Outcome.OVERTAKEN, Threshold.Outcome.OVERTAKEN, Threshold.Outcome.ANNOUNCED);
        assertThat(scene.escalations(caseId)).containsExactly("Task_AcknowledgeEscalation");
        assertThat(timer().getRetries()).isEqualTo(1);
        assertThat(timer().getDuedate()).isAfter(breach.plusSeconds(60));
        scene.awaitSent();
        assertThat(notifications.clocks(caseId, "triage")).hasSize(1);
    }

    @Test
    void startsTheWatchAnewIfItIsGone() {
        management.deleteJob(timer().getId());
        scene.resetTimeTo(breach.plusSeconds(60));

        selfCheck();

        assertThat(timer().getDuedate()).isAfter(breach.plusSeconds(60));
        scene.awaitSent();
        assertThat(notifications.clocks(caseId, "triage")).hasSize(1);
    }

    @Test
    void leavesAloneWhatIsOnRecord() {
        scene.timeIs(breach.plusSeconds(60));

        selfCheck();

        scene.awaitSent();
        assertThat(notifications.clocks(caseId, "triage")).hasSize(1);
    }

    private void announcingFails() {
        jdbc.sql(
                        """
                        create or replace function refuse_announcements() returns trigger language plpgsql as $$
                        begin
                          if new.what = 'ANNOUNCED' then raise exception 'announcing is refused'; end if;
                          return new;
                        end $$
                        """)
                .update();
        jdbc.sql(
                        """
                        create trigger refuse_announcements before insert on sla_clock_change
                        for each row execute function refuse_announcements()
                        """)
                .update();
    }

    private Job timer() {
        String instance = jdbc.sql(
                        """
                        select e.id_ from act_ru_execution e join act_re_procdef d on d.id_ = e.proc_def_id_
                        where e.business_key_ = ? and d.key_ = 'sla-watch'
                        """)
                .param(caseId.value())
                .query(String.class)
                .single();
        return management.createJobQuery().processInstanceId(instance).singleResult();
    }

    private void selfCheck() {
        loops.getScheduledTasks().stream()
                .filter(loop -> loop.toString().contains("SelfCheck"))
                .forEach(loop -> loop.getTask().getRunnable().run());
    }
}
