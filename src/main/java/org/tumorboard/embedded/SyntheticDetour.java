package org.tumorboard.embedded;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import org.tumorboard.event.Department;

/**
 * An invented case that leaves the main path: what its departments say there, with some of it left out, told otherwise,
 * or added.
 */
final class SyntheticDetour extends SyntheticRecord {

    private static final String GAMMA_KNIFE_SLOT = "gamma-knife.slot-confirmed";
    private static final String OR_SLOT = "operating-room.slot-confirmed";

    private final SyntheticCase patient;
    private final Set<SyntheticEvent> unsaid = new HashSet<>();

    private SyntheticDetour(SyntheticCase patient, List<SyntheticEvent> course) {
        super(patient.number, patient.detectedAt, patient.pace);
        this.patient = patient;
        events.addAll(course);
    }

    /** the first plan fails its quality assurance, the second is delivered. */
    static List<SyntheticEvent> planQaFails(SyntheticCase patient) {
        SyntheticDetour detour = new SyntheticDetour(patient, patient.throughTreatment());
        Consumer<ObjectNode> second = data -> data.put("version", 2);
        detour.say(
                52.25,
                Department.MEDICAL_PHYSICS,
                "plan-qa-failed",
                version("PLAN-" + patient.number).andThen(data -> data.put("reason", "DOSE_DEVIATION")));
        detour.again("gamma-knife.plan-submitted", detour.hours(52.75), second);
        detour.again("radiation-oncology.plan-approved", detour.hours(53), second);
        detour.retell("medical-physics.plan-qa-passed", detour.hours(53.25), second);
        detour.retell("medical-physics.second-check-passed", detour.hours(53.5), second);
        detour.retell("gamma-knife.delivery-started", detour.hours(54), second);
        detour.retell("gamma-knife.delivery-completed", detour.hours(56), second);
        return detour.inOrder();
    }

    /** the case is booked on a unit of which {@link #outage} tells. */
    static List<SyntheticEvent> onUnit(String unit, SyntheticCase patient) {
        SyntheticDetour detour = new SyntheticDetour(patient, patient.throughTreatment());
        detour.retell(GAMMA_KNIFE_SLOT, slot -> slot.put("unit", unit));
        SyntheticEvent check = detour.first("medical-physics.daily-qa-passed");
        detour.unsaid.add(check);
        ObjectNode passed = check.data().deepCopy();
        detour.events.add(ofUnit(unit, check.type().department(), "daily-qa-passed", check.time(), passed));
        return detour.inOrder();
    }

    /** The unit is down, expected back after four hours, and back after three. */
    static List<SyntheticEvent> outage(String unit, Instant from) {
        return List.of(
                ofUnit(
                        unit,
                        Department.GAMMA_KNIFE,
                        "machine-down",
                        from,
                        object().put("etaAt", from.plus(Duration.ofHours(4)).toString())),
                ofUnit(unit, Department.GAMMA_KNIFE, "machine-restored", from.plus(Duration.ofHours(3)), object()));
    }

    /** the first theatre slot lies before the window and is moved into it. */
    static List<SyntheticEvent> slotBeforeWindow(SyntheticCase patient) {
        SyntheticDetour detour = new SyntheticDetour(patient, patient.throughTreatment());
        Instant tooEarly = patient.lastBeam().plus(Duration.ofHours(10));
        detour.again(OR_SLOT, detour.hours(27.5), slot -> {});
        detour.retell(OR_SLOT, slot -> slot.put("slotRef", "ORS-EARLY-" + patient.number)
                .put("startAt", tooEarly.toString())
                .put("endAt", tooEarly.plus(Duration.ofHours(5)).toString()));
        return detour.inOrder();
    }

    /** the theatre slot is lost inside the window, and there is no other. */
    static List<SyntheticEvent> windowMissed(SyntheticCase patient) {
        SyntheticDetour detour = new SyntheticDetour(patient, patient.withoutSurgery());
        JsonNode slot = detour.first(OR_SLOT).data();
        detour.after(
                patient.lastBeam(), 20, Department.OPERATING_ROOM, "slot-lost", data -> data.setAll((ObjectNode) slot));
        return detour.inOrder();
    }

    /** consent is withdrawn after the radiosurgery, and the patient keeps to it. */
    static List<SyntheticEvent> irradiatedNotOperated(SyntheticCase patient) {
        SyntheticDetour detour = new SyntheticDetour(patient, patient.withoutSurgery());
        detour.after(
                patient.lastBeam(),
                10,
                Department.COORDINATION,
                "consent-withdrawn",
                data -> data.put("scope", "SURGERY"));
        detour.afterStep(patient.lastBeam(), 12, Department.NEUROSURGERY, "withdrawal-talk", found -> found.put(
                        "choice", "UPHELD")
                .put("reason", "PATIENT_WISH"));
        return detour.inOrder();
    }

    /** the patient dies after the operation. */
    static List<SyntheticEvent> deceased(SyntheticCase patient, Duration afterIncision) {
        SyntheticDetour detour = new SyntheticDetour(patient, patient.throughTreatment());
        Instant death = patient.incision().plus(afterIncision);
        detour.events.stream().filter(event -> event.time().isAfter(death)).forEach(detour.unsaid::add);
        detour.add(
                death, Department.PATIENT_ADMINISTRATION, "patient-deceased", data -> data.put("at", death.toString()));
        return detour.inOrder();
    }

    /** the specimen shows necrosis and no tumour. */
    static List<SyntheticEvent> necrosisOnly(SyntheticCase patient) {
        SyntheticDetour detour = new SyntheticDetour(patient, patient.throughFollowUp(1, "STABLE"));
        detour.retell("pathology.report-finalised", report -> report.put("outcome", "NECROSIS_ONLY"));
        return detour.inOrder();
    }

    @Override
    List<SyntheticEvent> inOrder() {
        return super.inOrder().stream().filter(event -> !unsaid.contains(event)).toList();
    }

    private void retell(String type, Consumer<ObjectNode> facts) {
        retell(type, first(type).time(), facts);
    }

    /** Says it otherwise, or at another time, in its place. */
    private void retell(String type, Instant time, Consumer<ObjectNode> facts) {
        unsaid.add(first(type));
        again(type, time, facts);
    }

    /** Says it once more, otherwise. */
    private void again(String type, Instant time, Consumer<ObjectNode> facts) {
        SyntheticEvent event = first(type);
        add(time, event.type().department(), event.type().name(), data -> {
            data.setAll((ObjectNode) event.data());
            facts.accept(data);
        });
    }

    private SyntheticEvent first(String type) {
        return events.stream()
                .filter(event -> event.type().shortName().equals(type))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(
                        "%s: expected an event %s on the main path".formatted(patient.patientRef(), type)));
    }

    private static SyntheticEvent ofUnit(
            String unit, Department department, String name, Instant time, ObjectNode data) {
        return new SyntheticEvent(
                type(department, name),
                "%s-%s-%d".formatted(unit, name, time.getEpochSecond()),
                unit,
                null,
                time,
                data.put("unit", unit));
    }

    private static ObjectNode object() {
        return JsonNodeFactory.instance.objectNode();
    }
}
