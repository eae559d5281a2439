package org.tumorboard.pathway;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.tumorboard.EngineTest;
import org.tumorboard.SettableClock;
import org.tumorboard.embedded.SyntheticEvent;
import org.tumorboard.event.CaseId;
import org.tumorboard.event.Department;
import org.tumorboard.flow.Scene;
import org.tumorboard.outbox.AcknowledgementTimes;
import org.tumorboard.outbox.Acknowledgements;
import org.tumorboard.outbox.DepartmentNotifications;
import org.tumorboard.outbox.Told;

/** What nobody of a department acknowledges in its urgency's time goes one level up, and again, until somebody does. */
@EngineTest
class AcknowledgementTest {

    /** DMN {@code acknowledgement}: a request for work of a case that is taken for standard until its triage. */
    private static final Duration WITHIN = Duration.ofHours(8);

    private static final Instant DETECTED = Instant.parse("2025-07-14T08:00:00Z");

    @Autowired
    Scene scene;

    @Autowired
    SettableClock clock;

    @Autowired
    OverdueAcknowledgements overdue;

    @Autowired
    Acknowledgements acknowledgements;

    @Autowired
    DepartmentNotifications notifications;

    @Autowired
    AcknowledgementTimes times;

    @Autowired
    JdbcClient jdbc;

    private List<SyntheticEvent> story;
    private CaseId caseId;

    @BeforeEach
    void neurosurgeryIsAskedForTriage() {
        scene.resetTimeTo(DETECTED);
        jdbc.sql("update outbox_message set escalate_at = null").update(); // of other tests' cases
        story = scene.urgentCase(DETECTED).throughTreatment();
        caseId = Scene.caseOf(story);
        scene.said(story.get(0));
    }

    @Test
    void goesUpLevelByLevelUntilSomebodyAcknowledges() {
        clock.advance(WITHIN.minusSeconds(1));
        overdue.runOnce();
        assertThat(told()).isEmpty();

        clock.advance(Duration.ofSeconds(1));
        overdue.runOnce();
        overdue.runOnce();
        assertThat(told()).containsExactly("neurosurgery 1 [\"neurosurgery\"]");

        clock.advance(WITHIN);
        overdue.runOnce();
        assertThat(told().subList(1, told().size()))
                .containsExactlyInAnyOrder(
                        "neurosurgery 2 [\"neurosurgery\", \"coordination\", \"board-chair\"]",
                        "coordination 2 [\"neurosurgery\", \"coordination\", \"board-chair\"]");

        clock.advance(WITHIN);
        overdue.runOnce();
        clock.advance(WITHIN);
        overdue.runOnce();
        assertThat(told())
                .hasSize(5)
                .filteredOn(each -> each.contains("medical-direction"))
                .hasSize(2);

        assertThat(acknowledgements.acknowledge(
                        Department.NEUROSURGERY, request().seq(), "anna"))
                .isTrue();
        assertThat(notifications.unacknowledged(Department.NEUROSURGERY, 1000))
                .noneMatch(told -> told.caseId().equals(caseId));
    }

    @Test
    void isQuietOnceSomebodyHas() {
        Told request = request();
        assertThat(request.acknowledgeBy()).isEqualTo(DETECTED.plus(WITHIN));
        assertThat(acknowledgements.acknowledge(Department.RADIOLOGY, request.seq(), "anna"))
                .as("another department's")
                .isFalse();
        assertThat(acknowledgements.acknowledge(Department.NEUROSURGERY, request.seq(), "anna"))
                .isTrue();
        assertThat(acknowledgements.acknowledge(Department.NEUROSURGERY, request.seq(), "ben"))
                .as("twice")
                .isFalse();

        clock.advance(WITHIN.multipliedBy(4));
        overdue.runOnce();

        assertThat(told()).isEmpty();
        Told seen = notifications.newest(Department.NEUROSURGERY, 1000).stream()
                .filter(told -> told.seq() == request.seq())
                .findFirst()
                .orElseThrow();
        assertThat(seen.acknowledgedBy()).isEqualTo("anna");
        assertThat(seen.acknowledgedAt()).isEqualTo(DETECTED);
        assertThat(times.of(DETECTED, DETECTED.plusSeconds(1)))
                .filteredOn(row -> row.department().equals("neurosurgery"))
                .first()
                .satisfies(row -> assertThat(row.inTime()).isPositive());
    }

    @Test
    void isQuietOnceTheWorkIsDone() {
        SyntheticEvent triage = story.stream()
                .filter(event -> event.type().name().equals("triage-completed"))
                .findFirst()
                .orElseThrow();
        scene.happens(triage);
        long request = request().seq();

        clock.advance(WITHIN);
        overdue.runOnce();

        assertThat(told()).isEmpty();
        assertThat(jdbc.sql("select escalated_level from outbox_message where seq = ? and escalate_at is null")
                        .param(request)
                        .query(Integer.class)
                        .list())
                .containsExactly(0);
    }

    /** The first notification that neurosurgery must acknowledge of this case. */
    private Told request() {
        return notifications.newest(Department.NEUROSURGERY, 1000).stream()
                .filter(told -> told.caseId().equals(caseId)
                        && told.name().equals("work-requested")
                        && told.about().equals("complete-triage"))
                .findFirst()
                .orElseThrow();
    }

    /** To whom it was told that triage of the case is not acknowledged: topic, level, groups. */
    private List<String> told() {
        return jdbc.sql(
                        """
                        select replace(topic, 'tumorboard.notifications.', '') || ' ' || (payload ->> 'level') || ' '
                          || (payload -> 'groups')
                        from outbox_message where key = ? and payload ->> 'step' = 'complete-triage'
                          and type = 'org.tumorboard.notification.acknowledgement-overdue.v1' order by seq
                        """)
                .param(caseId.value())
                .query(String.class)
                .list();
    }
}
