package org.tumorboard.pathway;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.camunda.bpm.engine.RepositoryService;
import org.camunda.bpm.engine.repository.DeploymentBuilder;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.tumorboard.EngineTest;
import org.tumorboard.embedded.SyntheticEvent;
import org.tumorboard.event.CaseId;
import org.tumorboard.flow.Scene;

/** Cases that run when a start brings new models go on under them, wherever they stand, and come to their end. */
@EngineTest
class CaseMigrationTest {

    private static final Instant DETECTED = Instant.parse("2025-08-01T08:00:00Z");
    private static final Path BEFORE = Path.of("src/test/resources/models-1.1.0");
    private static final Path NOW = Path.of("bpmn");

    /** The events before which a case stands still until the new models are there. */
    private static final List<String> PLACES = List.of(
            "neurosurgery.triage-completed",
            "radiology.imaging-reported",
            "coordination.attendance-recorded",
            "coordination.decision-signed",
            "operating-room.slot-confirmed",
            "medical-physics.daily-qa-passed",
            "gamma-knife.plan-submitted",
            "medical-physics.plan-qa-passed",
            "gamma-knife.delivery-completed",
            "ward.neuro-status-recorded",
            "operating-room.surgery-completed",
            "pathology.report-finalised",
            "follow-up-clinic.appointment-booked");

    /** A slot that waits in its window, and reservations under way, have moved to where no token can follow. */
    private static final Set<String> MAY_STAY = Set.of("treatment-coordination");

    @Autowired
    Scene scene;

    @Autowired
    RepositoryService repository;

    @Autowired
    CaseMigration migration;

    @Autowired
    JdbcClient jdbc;

    @Test
    void casesOfThePreviousModelsFinishUnderTheNewOnes() throws IOException {
        scene.resetTimeTo(DETECTED.plus(Duration.ofDays(120)));
        Map<String, List<SyntheticEvent>> stories = new LinkedHashMap<>();
        Map<String, List<SyntheticEvent>> rest = new LinkedHashMap<>();
        deploy(BEFORE);
        List<SyntheticEvent> told = new ArrayList<>();
        for (String place : PLACES) {
            List<SyntheticEvent> story = scene.urgentCase(DETECTED).throughFollowUp(1, "STABLE").stream()
                    .sorted(Comparator.comparing(SyntheticEvent::time))
                    .toList();
            int stop = indexOf(story, place);
            told.addAll(story.subList(0, stop));
            stories.put(place, story);
            rest.put(place, story.subList(stop, story.size()));
        }
        scene.hasHappened(told);
        assertThat(versionsOf(stories)).containsOnly("1.1.0", "1.0.0");

        deploy(NOW);
        migration.runOnce();

        assertThat(outdated(stories))
                .as("what has no place in the new models finishes as it began")
                .allMatch(model -> MAY_STAY.contains(model));
        scene.hasHappened(rest.values().stream().flatMap(List::stream).toList());
        Map<String, String> standing = new LinkedHashMap<>();
        stories.forEach((place, story) -> {
            CaseId caseId = Scene.caseOf(story);
            standing.put(place, scene.status(caseId) + " " + scene.openTasks(caseId));
        });
        assertThat(standing.values())
                .as("where the cases stand that stood before %s", standing)
                .containsOnly("FOLLOW_UP [Task_BookAppointment]");
    }

    private void deploy(Path folder) throws IOException {
        DeploymentBuilder deployment = repository.createDeployment();
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file :
                    files.filter(path -> path.toString().endsWith(".bpmn")).toList()) {
                deployment.addString(file.getFileName().toString(), Files.readString(file));
            }
        }
        deployment.deploy();
    }

    private static int indexOf(List<SyntheticEvent> story, String shortType) {
        for (int i = 0; i < story.size(); i++) {
            if (story.get(i).type().shortName().equals(shortType)) {
                return i;
            }
        }
        throw new IllegalArgumentException("expected an event " + shortType);
    }

    private List<String> versionsOf(Map<String, List<SyntheticEvent>> stories) {
        return jdbc.sql(
                        """
                        select distinct d.version_tag_ from act_ru_execution e join act_re_procdef d on d.id_ = e.proc_def_id_
                        where e.business_key_ = any(?)
                        """)
                .param(caseIds(stories))
                .query(String.class)
                .list();
    }

    private List<String> outdated(Map<String, List<SyntheticEvent>> stories) {
        return jdbc.sql(
                        """
                        select d.key_ from act_ru_execution e join act_re_procdef d on d.id_ = e.proc_def_id_
                        where e.parent_id_ is null and e.business_key_ = any(?) and d.version_ < (
                          select max(n.version_) from act_re_procdef n where n.key_ = d.key_)
                        """)
                .param(caseIds(stories))
                .query(String.class)
                .list();
    }

    private static String[] caseIds(Map<String, List<SyntheticEvent>> stories) {
        return stories.values().stream()
                .map(story -> Scene.caseOf(story).value())
                .toArray(String[]::new);
    }
}
