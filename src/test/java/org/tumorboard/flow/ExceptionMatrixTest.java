package org.tumorboard.flow;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import org.camunda.bpm.engine.ManagementService;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.tumorboard.EngineTest;
import org.tumorboard.embedded.SyntheticCase;
import org.tumorboard.embedded.SyntheticEvent;
import org.tumorboard.event.CaseId;
import org.tumorboard.event.EventSchemas;

/**
 * Holds every cell of the table of exceptions: cases are driven into each phase all at once, then all triggers come at
 * once, then each a second time; for each trigger one case learns of it only a day later.
 */
@EngineTest
@Tag("walk")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ExceptionMatrixTest {

    private static final Logger LOG = LoggerFactory.getLogger(ExceptionMatrixTest.class);

    private static final int AT_ONCE = 1000;

    private static final Path OBSERVED = Path.of("target/exception-matrix-observed.csv");

    /** Before all other tests' cases, whose timers are not to fire. */
    private static final Instant NOW = Instant.parse("2020-06-15T12:00:00Z");

    private static final Duration LATE = Duration.ofHours(30);

    @Autowired
    Scene scene;

    @Autowired
    JdbcClient jdbc;

    @Autowired
    ManagementService management;

    @Autowired
    EventSchemas schemas;

    private final ExceptionMatrix matrix = ExceptionMatrix.read();
    private final List<Trial> trials = new ArrayList<>();
    private CasesWaiting waiting;
    private DueTimers timers;

    /** One trigger told of one case. */
    private static final class Trial {

        final ExceptionMatrix.Row row;
        final Phase phase;
        final boolean isLate;
        final CaseId caseId;
        final Wording wording;
        SyntheticEvent trigger;
        SyntheticEvent again;
        Standing before;
        Standing after;
        Standing afterwards;

        Trial(ExceptionMatrix.Row row, Phase phase, boolean isLate, CaseId caseId, Wording wording) {
            this.row = row;
            this.phase = phase;
            this.isLate = isLate;
            this.caseId = caseId;
            this.wording = wording;
        }

        /** Another trigger told of the same case. */
        Trial with(ExceptionMatrix.Row other) {
            return new Trial(other, phase, isLate, caseId, wording);
        }

        ExceptionMatrix.Cell cell() {
            return row.cells().get(phase);
        }

        Set<String> opened() {
            List<String> opened = new ArrayList<>(after.steps());
            before.steps().forEach(opened::remove);
            return new TreeSet<>(opened);
        }

        @Override
        public String toString() {
            return "%s %s, %s%s (%s)".formatted(row.path(), row.name(), phase.title(), isLate ? ", late" : "", caseId);
        }
    }

    /** @param steps ids of the open steps, without those by which somebody takes over a clock */
    private record Standing(String status, List<String> steps) {}

    @BeforeAll
    void allOfItHappens() {
        waiting = new CasesWaiting(jdbc);
        timers = new DueTimers(jdbc, management, "MATRIX-%");
        scene.resetTimeTo(NOW);
        List<List<SyntheticEvent>> driving = new ArrayList<>();
        for (Phase phase : Phase.values()) {
            Trial untouched = null;
            for (ExceptionMatrix.Row row : matrix.rows()) {
                ExceptionMatrix.Cell cell = row.cells().get(phase);
                if (cell.movesNothing()) {
                    untouched = untouched == null ? driven(row, phase, false, driving) : untouched.with(row);
                    trials.add(untouched);
                    continue;
                }
                trials.add(driven(row, phase, false, driving));
                if (isTriedLate(row, phase)) {
                    trials.add(driven(row, phase, true, driving));
                }
            }
        }
        drive(driving);
        timers.fire(NOW);
        look((trial, standing) -> trial.before = standing);

        say(trials.stream().filter(trial -> !trial.isLate).toList(), NOW);
        look((trial, standing) -> trial.after = standing);
        again(trials.stream().filter(trial -> !trial.isLate).toList(), NOW);
        look((trial, standing) -> trial.afterwards = standing);

        Instant late = NOW.plus(LATE);
        scene.resetTimeTo(late);
        timers.fire(late);
        List<Trial> told = trials.stream().filter(trial -> trial.isLate).toList();
        Map<CaseId, Standing> standings = standings(told);
        told.forEach(trial -> trial.before = standings.get(trial.caseId));
        say(told, NOW);
        Map<CaseId, Standing> then = standings(told);
        told.forEach(trial -> trial.after = then.get(trial.caseId));
        again(told, NOW);
        Map<CaseId, Standing> finallyThen = standings(told);
        told.forEach(trial -> trial.afterwards = finallyThen.get(trial.caseId));
    }

    /** Each trigger in one of the phases in which it moves the case, another phase for the next trigger. */
    private boolean isTriedLate(ExceptionMatrix.Row row, Phase phase) {
        List<Phase> moving = row.moving();
        return !moving.isEmpty() && moving.get(matrix.rows().indexOf(row) % moving.size()) == phase;
    }

    /** All cases side by side, step by step: the inbox takes an event each of many cases faster than many of one. */
    private void drive(List<List<SyntheticEvent>> cases) {
        List<SyntheticEvent> events = new ArrayList<>();
        int longest = cases.stream().mapToInt(List::size).max().orElse(0);
        for (int step = 0; step < longest; step++) {
            for (List<SyntheticEvent> said : cases) {
                if (step < said.size()) {
                    events.add(said.get(step));
                }
            }
        }
        LOG.info("{} trials, {} events bring {} cases into their phases", trials.size(), events.size(), cases.size());
        for (int from = 0; from < events.size(); from += AT_ONCE) {
            scene.say(events.subList(from, Math.min(from + AT_ONCE, events.size())));
            scene.awaitQuiet();
        }
    }

    private Trial driven(ExceptionMatrix.Row row, Phase phase, boolean isLate, List<List<SyntheticEvent>> driving) {
        int number = Scene.nextNumber();
        CaseId caseId = new CaseId("MATRIX-" + number);
        SyntheticCase patient = Phase.patient(number, phase.detected(NOW)).named(caseId.value());
        List<SyntheticEvent> events = phase.said(patient).stream()
                .map(event -> onUnit("GK-M" + number, event))
                .toList();
        driving.add(events);
        Chronicle chronicle = Chronicle.of(events);
        return new Trial(
                row,
                phase,
                isLate,
                caseId,
                new Wording(patient.patientRef(), number, "GK-M" + number, schemas, chronicle, new Random(number)));
    }

    /** Each case has a unit of its own, so that news of one does not reach another. */
    private static SyntheticEvent onUnit(String unit, SyntheticEvent event) {
        if (!event.data().has("unit")) {
            return event;
        }
        ObjectNode data = event.data().deepCopy();
        data.put("unit", unit);
        String key = data.has("patientRef") ? event.key() : unit;
        String id = data.has("patientRef") ? event.id() : "qa-" + unit;
        return new SyntheticEvent(event.type(), id, key, event.subject(), event.time(), data);
    }

    private void say(List<Trial> chosen, Instant at) {
        List<SyntheticEvent> triggers = new ArrayList<>();
        for (Trial trial : chosen) {
            if (trial.wording.canSay(trial.row.facts())) {
                trial.trigger =
                        event(trial, "trigger", trial.wording.event(trial.row.event(), trial.row.facts(), at), at);
                triggers.add(trial.trigger);
            }
        }
        scene.say(triggers);
        scene.awaitQuiet();
    }

    /** The same is reported once more, by an event of its own. */
    private void again(List<Trial> chosen, Instant at) {
        List<SyntheticEvent> triggers = new ArrayList<>();
        for (Trial trial : chosen) {
            if (trial.trigger != null) {
                trial.again = event(trial, "again", trial.trigger.data(), at);
                triggers.add(trial.again);
            }
        }
        scene.say(triggers);
        scene.awaitQuiet();
    }

    private static SyntheticEvent event(Trial trial, String kind, JsonNode data, Instant at) {
        boolean isUnitWide = !data.has("patientRef");
        return new SyntheticEvent(
                trial.row.event(),
                "%s-%s-%s"
                        .formatted(trial.caseId.value(), kind, trial.row.name().replaceAll("[^A-Za-z0-9]+", "-")),
                isUnitWide
                        ? data.path("unit").asText()
                        : data.path("patientRef").asText(),
                isUnitWide ? null : trial.caseId.value(),
                at,
                data);
    }

    private void look(java.util.function.BiConsumer<Trial, Standing> into) {
        List<Trial> chosen = trials.stream().filter(trial -> !trial.isLate).toList();
        Map<CaseId, Standing> standings = standings(chosen);
        chosen.forEach(trial -> into.accept(trial, standings.get(trial.caseId)));
    }

    private record Row(String caseId, String status) {}

    private Map<CaseId, Standing> standings(Collection<Trial> chosen) {
        List<CaseId> ids = chosen.stream().map(trial -> trial.caseId).distinct().toList();
        Map<CaseId, List<Waiting>> waits = waiting.of(ids);
        Map<CaseId, Standing> standings = new HashMap<>();
        jdbc.sql("select case_id, status from tumor_case where case_id = any(?)")
                .param(ids.stream().map(CaseId::value).toArray(String[]::new))
                .query(Row.class)
                .list()
                .forEach(row -> standings.put(
                        new CaseId(row.caseId()),
                        new Standing(
                                row.status(),
                                waits.getOrDefault(new CaseId(row.caseId()), List.of()).stream()
                                        .filter(Waiting::isTask)
                                        .filter(Waiting::isProgress)
                                        .map(Waiting::elementId)
                                        .toList())));
        return standings;
    }

    @Test
    void everyCellHolds() throws IOException {
        Map<String, String> differing = new LinkedHashMap<>();
        for (Trial trial : trials) {
            if (trial.isLate || trial.trigger == null) {
                continue;
            }
            ExceptionMatrix.Cell cell = trial.cell();
            String outcome = scene.outcome(trial.trigger);
            if (cell.isImpossible()) {
                if (outcome.equals("FAILED") || !trial.before.equals(trial.after)) {
                    differing.put(trial + ": " + cell.text(), observed(trial));
                }
            } else if (cell.isFilled() && !observed(trial).equals(cell.normal())) {
                differing.put(trial + ": " + cell.text(), observed(trial) + " " + scene.reason(trial.trigger));
            }
        }
        write();

        assertThat(matrix.open()).as("cells that say nothing; see %s", OBSERVED).isEmpty();
        assertThat(differing).as("cells that are otherwise").isEmpty();
    }

    @Test
    void aSecondReportChangesNothing() {
        assertThat(trials.stream()
                        .filter(trial -> trial.again != null && trial.cell().isFilled())
                        .filter(trial -> !trial.after.equals(trial.afterwards)
                                || scene.outcome(trial.again).equals("FAILED"))
                        .map(trial -> "%s: first %s, then %s, %s %s"
                                .formatted(
                                        trial,
                                        trial.after,
                                        trial.afterwards,
                                        scene.outcome(trial.again),
                                        scene.reason(trial.again)))
                        .toList())
                .isEmpty();
    }

    @Test
    void whatIsReportedLateLeadsToTheSameSteps() {
        assertThat(trials.stream()
                        .filter(trial -> trial.isLate && trial.trigger != null)
                        .filter(trial -> !scene.outcome(trial.trigger)
                                        .equals(trial.cell().outcome())
                                || !trial.opened().containsAll(trial.cell().opens()))
                        .map(trial -> "%s: %s, but %s %s from %s"
                                .formatted(
                                        trial,
                                        trial.cell().text(),
                                        observed(trial),
                                        scene.reason(trial.trigger),
                                        trial.before))
                        .toList())
                .isEmpty();
    }

    private String observed(Trial trial) {
        return "%s %s %s"
                .formatted(scene.outcome(trial.trigger), trial.after.status(), String.join(" ", trial.opened()))
                .trim();
    }

    /** What became of the triggers, in the form of the table. */
    private void write() throws IOException {
        Map<String, Map<Phase, String>> seen = new HashMap<>();
        trials.stream().filter(trial -> !trial.isLate && trial.trigger != null).forEach(trial -> seen.computeIfAbsent(
                        trial.row.name(), name -> new HashMap<>())
                .put(trial.phase, observed(trial)));
        List<String> lines = new ArrayList<>();
        for (ExceptionMatrix.Row row : matrix.rows()) {
            for (Phase phase : Phase.values()) {
                lines.add("%s,%s,%s,%s,%s"
                        .formatted(
                                row.path(),
                                row.name(),
                                phase.title(),
                                row.cells().get(phase).text(),
                                seen.getOrDefault(row.name(), Map.of()).getOrDefault(phase, "")));
            }
        }
        Files.write(OBSERVED, lines);
    }
}
