package org.tumorboard.event;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class FactTest {

    /** The table of pathway.md, section 11; what is not in it is paper. */
    private static final Map<Fact, Set<String>> KINDS = Map.of(
            Fact.TREATMENT,
            Set.of(
                    "gamma-knife.delivery-started",
                    "gamma-knife.delivery-completed",
                    "gamma-knife.delivery-interrupted",
                    "gamma-knife.immobilisation-applied",
                    "operating-room.surgery-started",
                    "operating-room.surgery-completed",
                    "operating-room.surgery-aborted",
                    "operating-room.specimen-collected"),
            Fact.OBSERVATION,
            Set.of(
                    "gamma-knife.immobilisation-removed",
                    "pathology.specimen-received",
                    "pathology.specimen-problem",
                    "pathology.frozen-reported",
                    "radiology.imaging-acquired",
                    "ward.neuro-status-recorded",
                    "patient-administration.patient-admitted",
                    "patient-administration.patient-discharged",
                    "patient-administration.patient-deceased"),
            Fact.STOP,
            Set.of(
                    "coordination.consent-refused",
                    "coordination.consent-withdrawn",
                    "gamma-knife.machine-down",
                    "medical-physics.daily-qa-failed",
                    "gamma-knife.slot-lost",
                    "operating-room.slot-lost",
                    "intensive-care.bed-lost",
                    "medical-physics.plan-qa-failed",
                    "medical-physics.second-check-failed"),
            Fact.AMENDMENT,
            Set.of("any.event-corrected", "any.event-retracted"));

    private final EventSchemas schemas = new EventSchemas();

    @Test
    void everySchemaSaysWhatKindOfFactItsEventsState() {
        Map<Fact, Set<String>> told = new TreeMap<>();
        for (String name : schemas.eventNames()) {
            EventType type =
                    EventType.ofShortName(name.replace("any.", "ward.")).orElseThrow();
            told.computeIfAbsent(schemas.fact(type, afterIncision(true)), fact -> new TreeSet<>())
                    .add(name);
        }

        assertThat(told.remove(Fact.PAPER)).hasSizeGreaterThan(20);
        assertThat(told).isEqualTo(KINDS);
    }

    @Test
    void surgeryGivenUpBeforeTheIncisionIsPaper() {
        EventType aborted =
                EventType.ofShortName("operating-room.surgery-aborted").orElseThrow();

        assertThat(schemas.fact(aborted, afterIncision(false))).isEqualTo(Fact.PAPER);
        assertThat(schemas.fact(aborted, JsonNodeFactory.instance.objectNode())).isEqualTo(Fact.TREATMENT);
        assertThat(schemas.fact(aborted, JsonNodeFactory.instance.objectNode().put("afterIncision", "yes")))
                .isEqualTo(Fact.TREATMENT);
    }

    private static ObjectNode afterIncision(boolean is) {
        return JsonNodeFactory.instance.objectNode().put("afterIncision", is);
    }
}
