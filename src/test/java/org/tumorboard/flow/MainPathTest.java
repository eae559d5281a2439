package org.tumorboard.flow;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.tumorboard.EngineTest;
import org.tumorboard.embedded.SyntheticCase;
import org.tumorboard.embedded.SyntheticEvent;
import org.tumorboard.event.CaseId;

/** Reference timeline A1: an urgent case on the main path, event by event, through Kafka, seen through the API. */
@EngineTest
class MainPathTest {

    private static final Instant DETECTED = Instant.parse("2026-03-02T08:00:00Z");

    @Autowired
    Scene scene;

    @Autowired
    Notifications notifications;

    @BeforeEach
    void time() {
        scene.resetTimeTo(DETECTED);
    }

    @Test
    void carriesAnUrgentCaseFromSuspicionToFollowUp() {
        SyntheticCase patient = scene.urgentCase(DETECTED);
        List<SyntheticEvent> events = patient.throughTreatment();
        CaseId caseId = Scene.caseOf(events);

        scene.happens(events);

        JsonNode seen = scene.caseFromApi(caseId);
        assertThat(seen.path("status").asText()).isEqualTo("FOLLOW_UP");
        assertThat(seen.path("urgency").asText()).isEqualTo("URGENT");
        assertThat(milestones(seen)).containsAllEntriesOf(expectedMilestones(patient));
        assertThat(Duration.between(patient.lastBeam(), milestones(seen).get("incision")))
                .isEqualTo(Duration.ofHours(30));
        assertThat(scene.eventsFromApi(caseId))
                .allSatisfy(event -> assertThat(event.path("outcome").asText())
                        .as(event.toString())
                        .isEqualTo("APPLIED"));
        assertThat(scene.openTasks(caseId)).containsExactly("Task_BookAppointment");
    }

    @Test
    void tellsEveryRecipientOnceAndInOrder() {
        SyntheticCase patient = scene.urgentCase(DETECTED);
        List<SyntheticEvent> events = patient.throughTreatment();
        CaseId caseId = Scene.caseOf(events);

        scene.happens(events);
        scene.awaitSent();

        List<Notifications.Received> received = notifications.about(caseId);
        assertThat(received).extracting(Notifications.Received::id).doesNotHaveDuplicates();
        assertThat(count(received, "case-opened"))
                .containsExactlyInAnyOrderEntriesOf(
                        Map.of("coordination", 1, "neurosurgery", 1, "radiation-oncology", 1));
        assertThat(count(received, "window-set"))
                .containsExactlyInAnyOrderEntriesOf(Map.of(
                        "neurosurgery", 1, "operating-room", 1, "anaesthesia", 1, "intensive-care", 1, "ward", 1));
        assertThat(received).filteredOn(one -> one.name().equals("window-set")).allSatisfy(one -> {
            assertThat(one.payload().path("windowOpensAt").asText())
                    .isEqualTo(patient.lastBeam().plus(Duration.ofHours(24)).toString());
            assertThat(one.payload().path("windowClosesAt").asText())
                    .isEqualTo(patient.lastBeam().plus(Duration.ofHours(48)).toString());
        });
        assertThat(count(received, "readiness-changed")).containsOnlyKeys("gamma-knife", "coordination");
        assertThat(count(received, "decision-signed").values()).allMatch(times -> times == 2);
        assertThat(count(received, "result-available").values()).allMatch(times -> times == 2);
        assertThat(notifications.statuses(caseId))
                .containsExactly(
                        "RECEIVED",
                        "TRIAGED",
                        "PREPARING",
                        "BOARD_SCHEDULED",
                        "DECIDED",
                        "COORDINATING",
                        "READY_FOR_SRS",
                        "SRS_PLANNING",
                        "SRS_DELIVERED",
                        "WINDOW_OPEN",
                        "IN_SURGERY",
                        "POSTOPERATIVE",
                        "RESULT_REVIEW",
                        "FOLLOW_UP");
        assertThat(received)
                .filteredOn(one -> one.name().equals("work-withdrawn"))
                .extracting(one -> one.payload().path("step").asText())
                .as("the waiver that nobody needed, and the neuro check after the last")
                .containsExactlyInAnyOrder("case-waiver", "check-neuro-status");
    }

    private static Map<String, Integer> count(List<Notifications.Received> received, String name) {
        Map<String, Integer> counts = new LinkedHashMap<>();
        received.stream()
                .filter(one -> one.name().equals(name))
                .forEach(one -> counts.merge(one.department(), 1, Integer::sum));
        return counts;
    }

    private static Map<String, Instant> milestones(JsonNode seen) {
        Map<String, Instant> milestones = new LinkedHashMap<>();
        List<String> all = new ArrayList<>();
        seen.path("milestones").forEach(milestone -> {
            milestones.put(
                    milestone.path("name").asText(),
                    Instant.parse(milestone.path("at").asText()));
            all.add(milestone.path("name").asText());
        });
        assertThat(all)
                .filteredOn(name -> !name.equals("neuro-status") && !name.equals("board-decided"))
                .doesNotHaveDuplicates();
        return milestones;
    }

    private static Map<String, Instant> expectedMilestones(SyntheticCase patient) {
        Map<String, Instant> expected = new LinkedHashMap<>();
        expected.put("detected", DETECTED);
        expected.put("triaged", at(2));
        expected.put("case-ready", at(14));
        expected.put("board-discussed", at(19));
        expected.put("board-decided", at(20));
        expected.put("patient-informed", at(21));
        expected.put("consented", at(23).plus(Duration.ofMinutes(6)));
        expected.put("anaesthesia-cleared", at(24));
        expected.put("resources-reserved", at(27));
        expected.put("immobilised", DETECTED.plus(Duration.ofMinutes(48 * 60 + 30)));
        expected.put("stereotactic-imaged", at(49));
        expected.put("plan-approved", at(52));
        expected.put("plan-checked", DETECTED.plus(Duration.ofMinutes(52 * 60 + 45)));
        expected.put("srs-delivered", at(56));
        expected.put("released", DETECTED.plus(Duration.ofMinutes(56 * 60 + 15)));
        expected.put("neuro-status", at(56 + 28));
        expected.put("incision", at(86));
        expected.put("specimen-collected", at(88));
        expected.put("specimen-received", DETECTED.plus(Duration.ofMinutes(88 * 60 + 12)));
        expected.put("frozen-reported", DETECTED.plus(Duration.ofMinutes(88 * 60 + 24)));
        expected.put("surgery-ended", at(90));
        expected.put("postop-imaged", at(130));
        expected.put("histology-final", at(162));
        expected.put("result-reviewed", at(190));
        return expected;
    }

    private static Instant at(int hour) {
        return DETECTED.plus(Duration.ofHours(hour));
    }
}
