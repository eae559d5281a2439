package org.tumorboard.sla;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.tumorboard.event.Urgency;

/** A policy that cannot be used says where and why. */
class SlaPolicyTest {

    private static final List<String> MILESTONES = List.of("detected", "triaged");

    @Test
    void acceptsATableThatCanBeUsed() {
        assertThat(complaintsAbout(Map.of())).isEmpty();
    }

    @Test
    void namesAWarningAfterTheLimit() {
        assertThat(complaintsAbout(Map.of("steps", "warn PT5H level 0; breach level 2")))
                .contains(
                        "clock triage for URGENT: steps: expected every warning before the limit PT4H, but warn-5h is not");
    }

    @Test
    void namesAnUnknownMilestone() {
        assertThat(complaintsAbout(Map.of("to", "triagd")))
                .contains("clock triage for URGENT: expected a milestone that a model earns, but got 'triagd'");
    }

    @Test
    void namesALadderWithoutABreachOrOutOfOrder() {
        assertThat(complaintsAbout(Map.of("steps", "warn 50% level 0")))
                .contains("clock triage for URGENT: steps: expected exactly one breach");
        assertThat(complaintsAbout(Map.of("steps", "warn 80% level 1; warn 50% level 0; breach level 2")))
                .contains("clock triage for URGENT: steps: expected them in the order of time");
    }

    @Test
    void namesBoundsThatCross() {
        assertThat(complaintsAbout(Map.of("earliest", "PT5H")))
                .contains("clock triage for URGENT: earliest: expected it by latest PT4H, but it is PT5H");
    }

    @Test
    void refusesWhatItCannotRead() {
        assertThatThrownBy(() -> row(Map.of("latest", "4 hours"))).hasMessageContaining("latest: expected a duration");
        assertThatThrownBy(() -> row(Map.of("mode", "twice"))).hasMessageContaining("mode: expected each, strict");
        assertThatThrownBy(() -> row(Map.of("owner", "surgery"))).hasMessageContaining("owner: expected a group");
        assertThatThrownBy(() -> row(Map.of("steps", "tell somebody"))).hasMessageContaining("steps: expected e.g.");
        assertThatThrownBy(() -> row(Map.of("from", ""))).hasMessageContaining("from: expected a value");
        assertThatThrownBy(() -> row(Map.of("target", 120.0))).hasMessageContaining("target: expected per cent");
    }

    private static List<String> complaintsAbout(Map<String, Object> changed) {
        SlaPolicy policy = new SlaPolicy(1);
        for (Urgency urgency : Urgency.values()) {
            Map<String, Object> row = urgency == Urgency.URGENT ? changed : Map.of();
            policy.add(false, ClockPolicy.read("triage", urgency, table(row)));
            policy.add(true, ClockPolicy.read("triage", urgency, table(row)));
        }
        return policy.complaints(MILESTONES);
    }

    private static ClockPolicy row(Map<String, Object> changed) {
        return ClockPolicy.read("triage", Urgency.URGENT, table(changed));
    }

    private static Map<String, Object> table(Map<String, Object> changed) {
        Map<String, Object> row = new HashMap<>(Map.of(
                "from", "detected",
                "to", "triaged",
                "mode", "each",
                "latest", "PT4H",
                "steps", "warn 50% level 0; warn 80% level 1; breach level 2; escalate 150% level 3",
                "owner", "neurosurgery",
                "lead", "neurosurgery",
                "mayPause", false,
                "target", 90.0));
        row.putAll(changed);
        return row;
    }
}
