package org.tumorboard.models;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.camunda.bpm.model.bpmn.instance.FlowNode;
import org.junit.jupiter.api.Test;
import org.tumorboard.event.EventSchemas;
import org.tumorboard.event.EventType;

/** An instant of the data that a model takes for a milestone's is one that the edge holds to the bounds of the past. */
class PastMarksTest {

    private static final Pattern FIELD = Pattern.compile("\\$\\{event\\.(\\w+)}");

    private final EventSchemas schemas = new EventSchemas();

    @Test
    void whatEarnsAMilestoneHasBeen() {
        Set<String> taken = new TreeSet<>();
        Models.all().values().forEach(model -> Models.nodes(model).forEach(node -> collect(node, taken)));

        assertThat(taken).hasSizeGreaterThan(5).allSatisfy(field -> assertThat(isMarked(field))
                .as(field + " is marked with x-past in its schema")
                .isTrue());
    }

    @Test
    void whatIsPlannedMayLieAhead() {
        assertThat(isMarked("gamma-knife.slot-confirmed startAt")).isFalse();
        assertThat(isMarked("coordination.meeting-scheduled startAt")).isFalse();
        assertThat(isMarked("anaesthesia.assessment-completed validUntil")).isFalse();
        assertThat(isMarked("gamma-knife.machine-down etaAt")).isFalse();
        assertThat(isMarked("ward.steroid-plan-recorded taperEndAt")).isFalse();
    }

    /** Marks are read at the top of the data, and only where there are instants. */
    @Test
    void onlyInstantsAreMarked() {
        for (String name : schemas.eventNames()) {
            EventType type =
                    EventType.ofShortName(name.replace("any.", "ward.")).orElseThrow();
            schemas.fields(type).properties().forEach(field -> {
                if (field.getValue().has("x-past")) {
                    assertThat(field.getValue().path("format").asText())
                            .as(name + " " + field.getKey())
                            .isEqualTo("date-time");
                }
                assertThat(field.getValue().findParents("x-past").stream().filter(found -> found != field.getValue()))
                        .as("marks below " + name + " " + field.getKey())
                        .isEmpty();
            });
        }
    }

    private static void collect(FlowNode node, Set<String> taken) {
        Matcher at = FIELD.matcher(Models.property(node, "milestoneAt").orElse(""));
        if (at.matches() && !at.group(1).equals("time")) {
            Models.event(node).ifPresent(event -> taken.add(event + " " + at.group(1)));
        }
    }

    private boolean isMarked(String eventAndField) {
        String[] parts = eventAndField.split(" ");
        JsonNode fields = schemas.fields(
                EventType.ofShortName(parts[0].replace("any.", "ward.")).orElseThrow());
        return fields.path(parts[1]).path("x-past").asBoolean();
    }
}
