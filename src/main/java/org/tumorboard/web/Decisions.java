package org.tumorboard.web;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Clock;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import org.springframework.stereotype.Component;
import org.springframework.web.util.UriUtils;
import org.tumorboard.event.Department;
import org.tumorboard.event.EventType;
import org.tumorboard.event.Reading;

/** Publishes what a person decides on the case page as an event of the coordination, in that person's name. */
@Component
final class Decisions {

    private static final EventType STEP_COMPLETED = new EventType(Department.COORDINATION, "step-completed");

    private final EventDesk desk;
    private final Clock clock;

    Decisions(EventDesk desk, Clock clock) {
        this.desk = desk;
        this.clock = clock;
    }

    /**
     * @param step by which it is reported
     * @param said the data of the step
     * @throws RefusedFormException if the event is not valid
     */
    void publish(CaseView view, String step, Map<String, String> said, String user) {
        ObjectNode data = JsonNodeFactory.instance.objectNode();
        data.put("patientRef", view.patientRef()).put("step", step);
        ObjectNode found = data.putObject("data");
        said.forEach(found::put);
        Map<String, String> headers = Map.of(
                "ce_specversion", "1.0",
                "ce_id", UUID.randomUUID().toString(),
                "ce_source", "user:" + UriUtils.encodePathSegment(user, UTF_8),
                "ce_type", STEP_COMPLETED.wireType(),
                "ce_time", clock.instant().toString(),
                "ce_subject", view.caseId().value(),
                "content-type", "application/json");
        Map<String, byte[]> bytes = new HashMap<>();
        headers.forEach((name, value) -> bytes.put(name, value.getBytes(UTF_8)));
        Reading reading =
                desk.publish(Department.COORDINATION, bytes, data.toString().getBytes(UTF_8));
        if (reading instanceof Reading.Refused refused) {
            throw RefusedFormException.unfit(refused.reason());
        }
    }
}
