package org.tumorboard.faults;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.tumorboard.embedded.SyntheticEvent;
import org.tumorboard.event.EventType;

/** What a department says to put right what it said. */
final class Correction {

    private Correction() {}

    /** The last beam came ten minutes before what was told first. */
    static Optional<SyntheticEvent> ofLastBeam(List<SyntheticEvent> events, Instant base) {
        return events.stream()
                .filter(event -> event.type().shortName().equals("gamma-knife.delivery-completed"))
                .findFirst()
                .map(event -> {
                    String right = event.time().minusSeconds(600).toString();
                    ObjectNode data = JsonNodeFactory.instance
                            .objectNode()
                            .put("patientRef", event.data().get("patientRef").asText())
                            .put("reason", "CLOCK_WRONG")
                            .put("occurredAt", right);
                    data.putObject("corrects").put("source", event.source()).put("id", event.id());
                    data.putObject("data").put("endAt", right);
                    EventType type = new EventType(event.type().department(), "event-corrected");
                    return new SyntheticEvent(
                            type, event.id() + "-corrected", event.key(), null, base.minusSeconds(60), data);
                });
    }
}
