package org.tumorboard.inbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.tumorboard.EngineTest;
import org.tumorboard.embedded.SyntheticCase;
import org.tumorboard.embedded.SyntheticEvent;
import org.tumorboard.event.EventType;
import org.tumorboard.flow.Notifications;
import org.tumorboard.flow.Scene;

/** What is sent of one patient, however much it is, delays others by a turn and no more. */
@EngineTest
class FairShareTest {

    private static final Instant DETECTED = Instant.parse("2026-05-04T08:00:00Z");
    private static final int MANY = 200;

    @Autowired
    Scene scene;

    @Autowired
    Notifications notifications;

    @Autowired
    JdbcClient jdbc;

    private SyntheticCase patient;
    private SyntheticEvent opening;
    private SyntheticEvent triage;

    @BeforeEach
    void aPatient() {
        scene.resetTimeTo(DETECTED.plus(Duration.ofDays(10)));
        patient = scene.urgentCase(DETECTED);
        List<SyntheticEvent> events = patient.throughTreatment();
        opening = events.get(0);
        triage = events.get(1);
    }

    @Test
    void manyWaitingEventsAreReleasedInSlicesInTheirClinicalOrder() {
        List<SyntheticEvent> waiting = neuroChecks(MANY);
        scene.said(waiting);
        assertThat(waiting).extracting(scene::outcome).containsOnly("PARKED");

        scene.said(opening);

        awaitTaken(waiting);
        assertThat(mostOfOneTransaction()).isLessThanOrEqualTo(PatientQueue.MOVES_OF_A_TURN);
        assertThat(idsInTheOrderOfTransactions())
                .isEqualTo(waiting.stream().map(SyntheticEvent::id).toList());
    }

    @Test
    void manyEventsOfAnOpenCaseAreTakenInSlicesAndOthersBetweenThem() {
        List<SyntheticEvent> others = scene.urgentCase(DETECTED).throughTreatment();
        scene.said(opening, others.get(0));
        List<SyntheticEvent> many = neuroChecks(3 * MANY);

        scene.say(many);
        scene.said(others.get(1));

        assertThat(scene.outcome(others.get(1))).isEqualTo("APPLIED");
        awaitTaken(many);
        assertThat(mostOfOneTransaction()).isLessThanOrEqualTo(PatientQueue.MOVES_OF_A_TURN);
    }

    @Test
    void whatComesWhileTheSlicesAreTakenTakesItsPlaceBehindThem() {
        List<SyntheticEvent> waiting = neuroChecks(2 * MANY);
        scene.said(waiting);

        scene.say(List.of(opening));
        scene.said(triage);

        awaitTaken(waiting);
        await().atMost(Duration.ofMinutes(1))
                .untilAsserted(() -> assertThat(scene.outcome(triage)).isEqualTo("APPLIED"));
        assertThat(stillUntried()).isZero();
    }

    @Test
    void moreThanCanBeLookedAtAtOnceAreAllTriedOnceTheCaseMoves() {
        List<SyntheticEvent> waiting = new ArrayList<>(papers(120));
        waiting.addAll(neuroChecks(450));
        scene.said(waiting);

        scene.said(opening);

        awaitTaken(neuroChecks(450));
        await().atMost(Duration.ofMinutes(1)).until(() -> stillUntried() == 0);
        assertThat(papers(120)).extracting(scene::outcome).containsOnly("PARKED");
        assertThat(papers(120)).extracting(scene::reason).noneMatch(reason -> reason.contains("in its turn"));
    }

    @Test
    void aStopIsHeardAtOnceThoughThousandsWaitBeforeIt() {
        SyntheticEvent stop =
                event("operating-room.slot-lost", "stop", 3 * MANY + 10, data -> data.put("slotRef", "OR-1"));
        scene.said(opening);
        List<SyntheticEvent> many = new ArrayList<>(neuroChecks(3 * MANY));
        many.add(stop);

        scene.say(many);

        awaitTaken(neuroChecks(3 * MANY));
        scene.awaitDecided(List.of(stop));
        assertThat(transaction("id like '%-stop'")).isLessThan(transaction("type = 'ward.neuro-status-recorded'"));
    }

    @Test
    void whatNamesAnEndedCaseWhileOthersTakeTheirTurnsIsToldSo() {
        scene.said(opening);
        SyntheticEvent death = event(
                "patient-administration.patient-deceased",
                "death",
                3 * MANY + 10,
                data -> data.put(
                        "at", DETECTED.plus(Duration.ofMinutes(3 * MANY + 10)).toString()));
        SyntheticEvent naming = new SyntheticEvent(
                triage.type(),
                triage.id(),
                triage.key(),
                Scene.caseOf(List.of(opening)).value(),
                triage.time(),
                triage.data());

        scene.say(neuroChecks(3 * MANY));
        scene.said(death);
        scene.say(List.of(naming));
        await().atMost(Duration.ofMinutes(1)).until(() -> stillUntried() == 0);
        scene.awaitQuiet();

        assertThat(scene.outcome(naming)).isIn("APPLIED", "ALREADY_DONE");
    }

    @Test
    void aCorrectionThatWaitsKeepsNobodyBusyForEver() {
        List<SyntheticEvent> waiting = new ArrayList<>(papers(500));
        waiting.add(event("ward.event-corrected", "correction", 2, data -> {
            data.put("reason", "CLOCK_WRONG").put("occurredAt", DETECTED.toString());
            data.putObject("corrects").put("source", "//hospital.example/ward").put("id", "never-sent");
        }));
        waiting.add(event("ward.neuro-status-recorded", "one", 3, data -> data.put("gcs", 15)
                .put("kps", 90)
                .put("flag", "STABLE")));
        scene.said(waiting);

        scene.said(opening);

        await().atMost(Duration.ofMinutes(1)).until(() -> stillUntried() == 0);
        assertThat(waiting)
                .filteredOn(event -> scene.outcome(event).equals("APPLIED"))
                .hasSize(1);
    }

    @Test
    void paperBeyondTheBoundIsRefusedAndWhatHasHappenedNever() {
        List<SyntheticEvent> papers = papers(510);
        List<SyntheticEvent> facts = List.of(
                event("gamma-knife.immobilisation-applied", "frame", 60, data -> data.put("kind", "FRAME")),
                event("coordination.consent-withdrawn", "stop", 61, data -> data.put("scope", "SRS")));
        SyntheticEvent othersPaper = event("oncology.systemic-status-recorded", "other", 62, data -> data.put("kps", 80)
                .put("lifeExpectancyMonths", 12));

        scene.said(papers);
        scene.said(facts);
        scene.said(othersPaper);

        assertThat(papers.stream().filter(paper -> scene.outcome(paper).equals("PARKED")))
                .hasSize(500);
        List<SyntheticEvent> refused = papers.stream()
                .filter(paper -> scene.outcome(paper).equals("REFUSED"))
                .toList();
        assertThat(refused).hasSize(10).allSatisfy(paper -> assertThat(scene.reason(paper))
                .contains("at most 500 events of neurosurgery"));
        assertThat(facts).extracting(scene::outcome).containsOnly("PARKED");
        assertThat(scene.outcome(othersPaper)).isEqualTo("PARKED");
        scene.awaitSent();
        assertThat(notifications.deadLetters())
                .filteredOn(letter -> letter.path("key").asText().equals(patient.patientRef()))
                .hasSize(10);
    }

    @Test
    void aRefusedPaperIsTakenWhenItIsSentAgainLater() {
        List<SyntheticEvent> papers = papers(501);
        scene.said(papers);
        SyntheticEvent turnedAway = papers.stream()
                .filter(paper -> scene.outcome(paper).equals("REFUSED"))
                .findFirst()
                .orElseThrow();
        jdbc.sql("delete from inbox_event where patient_ref = ? and outcome = 'PARKED' and id like '%-paper-1__'")
                .param(patient.patientRef())
                .update();

        scene.say(List.of(turnedAway));
        scene.awaitQuiet();

        assertThat(scene.outcome(turnedAway)).isEqualTo("PARKED");
    }

    private List<SyntheticEvent> neuroChecks(int many) {
        return IntStream.range(0, many)
                .mapToObj(number -> event(
                        "ward.neuro-status-recorded",
                        "neuro-%04d".formatted(number),
                        number + 5,
                        data -> data.put("gcs", 15).put("kps", 90).put("flag", "STABLE")))
                .toList();
    }

    /** Nobody has asked for them yet. */
    private List<SyntheticEvent> papers(int many) {
        return IntStream.range(0, many)
                .mapToObj(number ->
                        event("neurosurgery.step-completed", "paper-%03d".formatted(number), number, data -> data.put(
                                        "step", "preoperative-checklist")
                                .set("data", JsonNodeFactory.instance.objectNode())))
                .toList();
    }

    private SyntheticEvent event(String type, String id, int minute, Consumer<ObjectNode> fields) {
        ObjectNode data = JsonNodeFactory.instance.objectNode().put("patientRef", patient.patientRef());
        fields.accept(data);
        return new SyntheticEvent(
                EventType.ofShortName(type).orElseThrow(),
                patient.patientRef() + "-" + id,
                patient.patientRef(),
                null,
                DETECTED.plus(Duration.ofMinutes(minute)),
                data);
    }

    private void awaitTaken(List<SyntheticEvent> events) {
        String[] ids = events.stream().map(SyntheticEvent::id).toArray(String[]::new);
        await().atMost(Duration.ofMinutes(2))
                .pollInterval(Duration.ofMillis(50))
                .until(() -> jdbc.sql("select count(*) from inbox_event where id = any(?) and outcome = 'APPLIED'")
                                .param(ids)
                                .query(Long.class)
                                .single()
                        == ids.length);
    }

    private long stillUntried() {
        return jdbc.sql("select count(*) from inbox_event where patient_ref = ? and outcome = 'PARKED' and awaits_turn")
                .param(patient.patientRef())
                .query(Long.class)
                .single();
    }

    /** A row remembers the transaction that wrote it last. */
    private int mostOfOneTransaction() {
        return jdbc.sql(
                        """
                        select max(events) from (select count(*) as events from inbox_event
                          where patient_ref = ? and outcome = 'APPLIED' group by xmin::text) as transactions
                        """)
                .param(patient.patientRef())
                .query(Integer.class)
                .single();
    }

    /** The last one that wrote any of the patient's such rows. */
    private long transaction(String which) {
        return jdbc.sql("select max(xmin::text::bigint) from inbox_event where patient_ref = ? and " + which)
                .param(patient.patientRef())
                .query(Long.class)
                .single();
    }

    private List<String> idsInTheOrderOfTransactions() {
        return jdbc.sql(
                        """
                        select id from inbox_event where patient_ref = ? and type = 'ward.neuro-status-recorded'
                        order by xmin::text::bigint, clinical_at
                        """)
                .param(patient.patientRef())
                .query(String.class)
                .list();
    }
}
