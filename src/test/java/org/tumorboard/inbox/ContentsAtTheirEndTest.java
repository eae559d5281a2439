package org.tumorboard.inbox;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.camunda.bpm.engine.HistoryService;
import org.camunda.bpm.engine.RepositoryService;
import org.camunda.bpm.engine.history.CleanableHistoricProcessInstanceReportResult;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.tumorboard.EngineTest;
import org.tumorboard.embedded.SyntheticEvent;
import org.tumorboard.event.CaseId;
import org.tumorboard.event.Department;
import org.tumorboard.event.EventType;
import org.tumorboard.flow.Scene;

/** Contents go when their time is over; what is needed to know a duplicate, and whatever is unsettled, stays. */
@EngineTest
class ContentsAtTheirEndTest {

    /** Long before all other tests, whose cases are none of ours. */
    private static final Instant DETECTED = Instant.parse("2014-03-03T08:00:00Z");

    private static final Duration KEPT = Duration.ofDays(4380);

    @Autowired
    Scene scene;

    @Autowired
    ContentsAtTheirEnd contents;

    @Autowired
    RepositoryService repository;

    @Autowired
    HistoryService history;

    @Autowired
    JdbcClient jdbc;

    private List<SyntheticEvent> ended;
    private List<SyntheticEvent> open;
    private SyntheticEvent parked;
    private CaseId endedCase;
    private Instant end;

    @BeforeEach
    void aCaseThatEndedAndOneThatHasNot() {
        scene.resetTimeTo(DETECTED);
        ended = scene.urgentCase(DETECTED).notAccepted();
        open = scene.urgentCase(DETECTED).throughTreatment().subList(0, 1);
        parked = died(scene.urgentCase(DETECTED).notAccepted().get(0).key());
        endedCase = Scene.caseOf(ended);
        scene.hasHappened(ended);
        scene.said(open);
        scene.said(parked);
        scene.awaitSent();
        end = jdbc.sql("select closed_at from tumor_case where case_id = ?")
                .param(endedCase.value())
                .query((row, number) -> row.getTimestamp(1).toInstant())
                .single();
    }

    @Test
    void contentsOfAnEndedCaseGoAndNothingElse() {
        scene.resetTimeTo(end.plus(KEPT));
        contents.runOnce();
        assertThat(cleared(ended)).as("on the last day").isZero();

        scene.resetTimeTo(end.plus(KEPT).plusSeconds(1));
        contents.runOnce();

        assertThat(cleared(ended)).isEqualTo(ended.size());
        assertThat(count(
                        "inbox_event where data::text like '%'||?||'%'",
                        ended.get(0).key()))
                .isZero();
        assertThat(count("outbox_message where key = ? and payload <> '{}'", endedCase.value()))
                .isZero();
        assertThat(count("step_closing where case_id = ? and facts <> '{}'", endedCase.value()))
                .isZero();
        assertThat(cleared(open)).isZero();
        assertThat(cleared(List.of(parked))).isZero();
        assertThat(scene.outcome(parked)).isEqualTo("PARKED");
        assertThat(scene.caseFromApi(endedCase).path("milestones")).isNotEmpty();
        assertThat(scene.eventsFromApi(endedCase)).hasSize(ended.size());
    }

    @Test
    void aDuplicateIsStillOneAfterIt() {
        scene.resetTimeTo(end.plus(KEPT).plusSeconds(1));
        contents.runOnce();
        String before = everything();

        scene.say(ended);
        scene.awaitQuiet();

        assertThat(everything()).isEqualTo(before);
    }

    @Test
    void theEnginesHistoryOfTheCaseIsRemovedSoLongAfterItsEnd() {
        Instant ended = jdbc.sql(
                        """
                        select end_time_ from act_hi_procinst where business_key_ = ? and end_time_ is not null
                          and proc_def_key_ = 'recurrence-pathway'
                        """)
                .param(endedCase.value())
                .query(Timestamp.class)
                .single()
                .toInstant();

        assertThat(repository.createProcessDefinitionQuery().list())
                .isNotEmpty()
                .allSatisfy(model -> assertThat(model.getHistoryTimeToLive()).isEqualTo(3650));
        assertThat(removable(ended.plus(Duration.ofDays(3650)).minusSeconds(1)))
                .isLessThan(removable(ended.plus(Duration.ofDays(3650)).plusSeconds(1)));
    }

    /** How many ended cases' pathways the engine would remove at that instant. */
    private long removable(Instant at) {
        scene.resetTimeTo(at);
        return history
                .createCleanableHistoricProcessInstanceReport()
                .processDefinitionKeyIn("recurrence-pathway")
                .list()
                .stream()
                .mapToLong(CleanableHistoricProcessInstanceReportResult::getCleanableProcessInstanceCount)
                .sum();
    }

    private static SyntheticEvent died(String patient) {
        return new SyntheticEvent(
                new EventType(Department.PATIENT_ADMINISTRATION, "patient-deceased"),
                "death-of-nobody-" + Scene.nextNumber(),
                patient,
                null,
                DETECTED,
                JsonNodeFactory.instance.objectNode().put("patientRef", patient).put("at", DETECTED.toString()));
    }

    private long cleared(List<SyntheticEvent> events) {
        return events.stream()
                .filter(event -> jdbc.sql(
                                "select contents_cleared_at is not null from inbox_event where source = ? and id = ?")
                        .params(event.source(), event.id())
                        .query(Boolean.class)
                        .single())
                .count();
    }

    private long count(String what, String value) {
        return jdbc.sql("select count(*) from " + what)
                .param(value)
                .query(Long.class)
                .single();
    }

    private String everything() {
        return jdbc.sql(
                        """
                        select (select count(*) from inbox_event) || ' ' || (select count(*) from tumor_case) || ' '
                          || (select count(*) from milestone) || ' ' || (select count(*) from outbox_message)
                        """)
                .query(String.class)
                .single();
    }
}
