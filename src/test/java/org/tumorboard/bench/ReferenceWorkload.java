package org.tumorboard.bench;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.function.Consumer;
import org.tumorboard.embedded.SyntheticEvent;
import org.tumorboard.event.CaseStatus;
import org.tumorboard.event.Department;
import org.tumorboard.event.EventType;

/** The small case on which other engines were measured: opened, reviewed, planned, irradiated, resected. */
final class ReferenceWorkload implements Workload {

    private final Instant detectedAt = Instant.now().minus(Duration.ofHours(1));

    @Override
    public String title() {
        return "reference workload";
    }

    @Override
    public CaseStatus reached() {
        return CaseStatus.COMPLETED;
    }

    @Override
    public BenchCase benchCase(int number) {
        String plan = "PLAN-" + number;
        return new BenchCase(List.of(
                event(number, 0, Department.RADIOLOGY, "recurrence-suspected", data -> {
                    data.put("studyRef", "ST-" + number)
                            .put("reportRef", "REP-" + number)
                            .put("reportVerifiedAt", detectedAt.toString())
                            .put("priorSrsCourses", 1)
                            .put("maxDiameterMm", 18);
                    data.putArray("lesionRefs").add("LES-" + number + "-1");
                }),
                event(number, 1, Department.COORDINATION, "case-discussed", data -> data.put(
                                "meetingRef", "MTG-" + number)
                        .put("result", "DECIDED")),
                event(number, 2, Department.RADIATION_ONCOLOGY, "plan-approved", data -> data.put("planRef", plan)
                        .put("version", 1)),
                event(number, 3, Department.GAMMA_KNIFE, "delivery-completed", data -> data.put("planRef", plan)
                        .put("version", 1)
                        .put("endAt", at(3).toString())
                        .put("marginalDoseGy", 17)
                        .put("fractions", 1)),
                event(number, 4, Department.OPERATING_ROOM, "surgery-completed", data -> data.put(
                                "endedAt", at(4).toString())
                        .put("extent", "GTR"))));
    }

    private SyntheticEvent event(
            int number, int minutes, Department department, String name, Consumer<ObjectNode> fields) {
        String patient = "SYN-" + uuid("patient " + number);
        ObjectNode data = JsonNodeFactory.instance.objectNode().put("patientRef", patient);
        fields.accept(data);
        return new SyntheticEvent(
                new EventType(department, name), uuid(patient + name), patient, null, at(minutes), data);
    }

    /** Pseudonyms and ids as long as real ones are: records come to about 600 bytes. */
    private static String uuid(String text) {
        return UUID.nameUUIDFromBytes(text.getBytes(UTF_8)).toString();
    }

    private Instant at(int minutes) {
        return detectedAt.plus(Duration.ofMinutes(minutes));
    }
}
