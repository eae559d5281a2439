package org.tumorboard.faults;

import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.tumorboard.embedded.SyntheticEvent;

/** What people enter instead of what their department's system would have said, with the same values and time. */
final class ByHand {

    private ByHand() {}

    static Optional<Hand> insteadOf(String caseId, SyntheticEvent event) {
        String step = event.data().path("step").asText();
        return switch (event.type().shortName() + " " + step) {
            case "neurosurgery.triage-completed " -> hand(
                    caseId,
                    "neurosurgery",
                    "Task_CompleteTriage",
                    event,
                    Map.of(
                            "accepted", event.data().get("accepted").asBoolean(),
                            "urgency", event.data().get("urgency").asText()));
            case "neurosurgery.resectability-assessed " -> hand(
                    caseId,
                    "neurosurgery",
                    "Task_AssessResectability",
                    event,
                    Map.of("resectable", event.data().get("resectable").asBoolean()));
            case "ward.step-completed patient-preference" -> hand(
                    caseId, "admin", "Task_AskPatientPreference", event, Map.of("wishesTreatment", true));
            case "coordination.step-completed case-summary" -> hand(
                    caseId, "coordination", "Task_WriteCaseSummary", event, Map.of("complete", true));
            case "coordination.step-completed patient-informed" -> hand(
                    caseId,
                    "coordination",
                    "Task_InformPatient",
                    event,
                    Map.of("patientTold", true, "referrerTold", true));
            default -> Optional.empty();
        };
    }

    private static Optional<Hand> hand(
            String caseId, String person, String element, SyntheticEvent event, Map<String, Object> found) {
        Map<String, Object> fields = new TreeMap<>(found);
        fields.put("occurredAt", event.time().toString());
        return Optional.of(new Hand(caseId, person, element, fields));
    }
}
