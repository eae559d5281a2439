package org.tumorboard.models;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.mapping;
import static java.util.stream.Collectors.toList;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.camunda.bpm.model.dmn.Dmn;
import org.camunda.bpm.model.dmn.DmnModelInstance;
import org.camunda.bpm.model.dmn.instance.InputEntry;
import org.camunda.bpm.model.dmn.instance.Output;
import org.camunda.bpm.model.dmn.instance.OutputEntry;
import org.camunda.bpm.model.dmn.instance.Rule;
import org.junit.jupiter.api.Test;
import org.tumorboard.event.Urgency;

/** {@code sla-policy} and the models speak of the same clocks, milestones and groups. */
class PolicyRulesTest {

    private static final Pattern STEPS = Pattern.compile("(%1$s(; %1$s)*)"
            .formatted("((warn|critical|escalate) (\\d+%|-?P[0-9DTHM]+)|breach|out-of-protocol) level [0-3]"
                    + "( unless [a-z-]+)?"));

    private final List<Map<String, String>> rows = rows();

    @Test
    void everyClockHasARowForEveryUrgency() {
        Map<String, List<String>> urgencies = rows.stream()
                .filter(row -> !row.get("earlySurgery").equals("true"))
                .collect(groupingBy(row -> row.get("clock"), mapping(row -> row.get("urgency"), toList())));

        assertThat(urgencies).hasSize(32).allSatisfy((clock, ofClock) -> assertThat(ofClock)
                .as(clock)
                .containsExactlyInAnyOrder(Urgency.EMERGENCY.name(), Urgency.URGENT.name(), Urgency.STANDARD.name()));
    }

    @Test
    void clocksRunBetweenMilestonesThatAModelEarns() {
        Set<String> earned = Models.milestones();

        assertThat(rows).allSatisfy(row -> {
            assertThat(earned).as(row.toString()).contains(row.get("from").split("[ |]"));
            assertThat(earned).as(row.toString()).contains(row.get("to").split("[|]"));
            if (!row.get("until").isEmpty()) {
                assertThat(earned)
                        .as(row.toString())
                        .containsAll(List.of(row.get("until").split(" ")));
            }
            for (String step : row.get("steps").split("; ")) {
                if (step.contains(" unless ")) {
                    assertThat(earned).contains(step.substring(step.indexOf(" unless ") + 8));
                }
            }
        });
    }

    @Test
    void theClocksOfTheModelsAreThoseOfThePolicy() {
        Set<String> clocks = new TreeSet<>();
        rows.forEach(row -> clocks.add(row.get("clock")));
        Set<String> inModels = new TreeSet<>();
        Models.all().values().forEach(model -> Models.nodes(model)
                .forEach(node -> Models.property(node, "clock").ifPresent(inModels::add)));

        assertThat(clocks).containsAll(inModels);
    }

    @Test
    void stepsCanBeReadAndAreToldToKnownGroups() {
        assertThat(rows).allSatisfy(row -> {
            assertThat(row.get("steps")).as(row.toString()).matches(STEPS);
            assertThat(row.get("mode")).isIn("each", "strict", "again", "due");
            assertThat(ModelRulesTest.groups()).contains(row.get("owner"));
            assertThat(ModelRulesTest.groups()).contains(row.get("lead").split(","));
        });
    }

    @Test
    void onlyThreeClocksPauseAndOnlyForStandardCases() {
        assertThat(rows.stream()
                        .filter(row -> row.get("mayPause").equals("true"))
                        .map(row -> row.get("clock") + " " + row.get("urgency")))
                .containsExactlyInAnyOrder("case-ready STANDARD", "consents STANDARD", "follow-up-imaging STANDARD");
    }

    @Test
    void theReadmeListsEveryClock() throws Exception {
        String readme = Files.readString(Models.FOLDER.resolve("README.md"));
        Set<String> clocks = new HashSet<>();
        rows.forEach(row -> clocks.add("| `%s` | `%s` |"
                .formatted(
                        row.get("clock"),
                        row.get("from").replace(" ", "` and `").replace("|", "` or `"))));

        assertThat(clocks).allSatisfy(clock -> assertThat(readme).contains(clock));
    }

    private static List<Map<String, String>> rows() {
        DmnModelInstance policy =
                Dmn.readModelFromFile(Models.FOLDER.resolve("sla-policy.dmn").toFile());
        List<String> columns = new ArrayList<>(List.of("clock", "urgency", "earlySurgery"));
        policy.getModelElementsByType(Output.class).forEach(output -> columns.add(output.getName()));
        List<Map<String, String>> rows = new ArrayList<>();
        policy.getModelElementsByType(Rule.class).forEach(rule -> {
            List<String> cells = new ArrayList<>();
            rule.getInputEntries().stream().map(InputEntry::getTextContent).forEach(cells::add);
            rule.getOutputEntries().stream().map(OutputEntry::getTextContent).forEach(cells::add);
            Map<String, String> row = new LinkedHashMap<>();
            for (int i = 0; i < columns.size(); i++) {
                row.put(columns.get(i), cells.get(i).trim().replace("\"", ""));
            }
            rows.add(row);
        });
        return rows;
    }
}
