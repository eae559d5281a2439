package org.tumorboard.web;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.tumorboard.pathway.PersonalDecision;
import org.tumorboard.pathway.StepClosing;

/**
 * What people decided, as page and API show it.
 *
 * @param name of the step
 * @param awaitsSecond it does not count yet: a second person has still to say the same
 * @param second null if nobody has
 */
record DecisionView(String name, String step, Hand first, boolean awaitsSecond, @Nullable Hand second) {

    /**
     * What one person said.
     *
     * @param by {@code user:<name>}, or the source of the event that reported it
     * @param at when it was decided
     * @param recordedAt when the engine took it
     * @param said codes and values by name, without the reason
     */
    record Hand(String by, Instant at, Instant recordedAt, Map<String, String> said, @Nullable String reason) {

        static Hand of(StepClosing closing) {
            JsonNode facts =
                    closing.facts().path("data").isObject() ? closing.facts().path("data") : closing.facts();
            Map<String, String> said = new LinkedHashMap<>();
            facts.properties().stream()
                    .filter(value ->
                            value.getValue().isValueNode() && !value.getKey().equals("patientRef"))
                    .forEach(value -> said.put(value.getKey(), value.getValue().asText()));
            String reason = said.remove("reason");
            return new Hand(
                    closing.source(),
                    closing.clinicalAt() == null ? closing.closedAt() : closing.clinicalAt(),
                    closing.closedAt(),
                    said,
                    reason);
        }
    }

    static DecisionView of(PersonalDecision decision) {
        return new DecisionView(
                decision.name(),
                decision.first().step(),
                Hand.of(decision.first()),
                decision.awaitsSecond(),
                decision.second() == null ? null : Hand.of(decision.second()));
    }
}
