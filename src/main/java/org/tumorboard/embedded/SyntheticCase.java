package org.tumorboard.embedded;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.function.Consumer;
import org.tumorboard.event.Department;
import org.tumorboard.event.Urgency;

/**
 * The events of one invented patient on the main path, department by department, at the times of the urgent reference
 * timeline: triage after 2 h, ready after 14 h, decided after 20 h, resources after 28 h, last beam after 56 h,
 * incision 30 h later, or 8 h later in an emergency. A pace stretches it up to the last beam. No patient, figure or course here is taken from a real case.
 */
public final class SyntheticCase extends SyntheticRecord {

    private static final int[] FOLLOW_UP_MONTHS = {2, 5, 8, 11, 14, 17, 20, 24, 30, 36, 42, 48, 54, 60};

    private final Urgency urgency;

    private SyntheticCase(int number, Instant detectedAt, Urgency urgency, double pace) {
        super(number, detectedAt, pace);
        this.urgency = urgency;
    }

    /**
     * @param number tells patients, references and event ids apart
     * @param pace 1 is the urgent reference timeline; 2 takes twice as long up to the last beam
     */
    public static SyntheticCase of(int number, Instant detectedAt, Urgency urgency, double pace) {
        return new SyntheticCase(number, detectedAt, urgency, pace);
    }

    /** The urgent reference timeline. */
    public static SyntheticCase urgent(int number, Instant detectedAt) {
        return of(number, detectedAt, Urgency.URGENT, 1);
    }

    /** Names the case in each event instead of leaving it to the patient's only open case. */
    public SyntheticCase named(String caseId) {
        subject = caseId;
        return this;
    }

    public String unit() {
        return "GK-" + (1 + number % 2);
    }

    /** Clinical time of the last beam, T0. */
    public Instant lastBeam() {
        return hours(56);
    }

    public Instant incision() {
        return lastBeam().plus(Duration.ofHours(hoursToIncision()));
    }

    private int hoursToIncision() {
        return urgency == Urgency.EMERGENCY ? 8 : 30;
    }

    /** Everything from the suspicion to the decision about the next treatment, in clinical order. */
    public List<SyntheticEvent> throughTreatment() {
        throughBoard("PREOP_SRS_RESECTION");
        coordination();
        gammaKnife();
        resection();
        results();
        return inOrder();
    }

    /** Everything up to the hand-over to another treatment. */
    public List<SyntheticEvent> decidedFor(String recommendation) {
        throughBoard(recommendation);
        step(26, Department.COORDINATION, "hand-over", data -> data.put("handedOver", true));
        return inOrder();
    }

    /** Irradiated, and the resection does not come. */
    public List<SyntheticEvent> withoutSurgery() {
        throughBoard("PREOP_SRS_RESECTION");
        coordination();
        gammaKnife();
        return inOrder();
    }

    /** Neurosurgery does not take the case. */
    public List<SyntheticEvent> notAccepted() {
        suspicion();
        triage(false);
        return inOrder();
    }

    /** The whole course with follow-up visits, the last of which is classified so. */
    public List<SyntheticEvent> throughFollowUp(int visits, String lastClassification) {
        throughTreatment();
        for (int visit = 0; visit < Math.min(visits, FOLLOW_UP_MONTHS.length); visit++) {
            followUp(visit, visit == visits - 1 ? lastClassification : "STABLE");
        }
        return inOrder();
    }

    private void throughBoard(String recommendation) {
        suspicion();
        triage(true);
        preparation();
        board(recommendation);
    }

    private void suspicion() {
        say(0, Department.RADIOLOGY, "recurrence-suspected", data -> {
            data.put("studyRef", "ST-" + number)
                    .put("reportRef", "REP-" + number)
                    .put("reportVerifiedAt", detectedAt.toString())
                    .put("priorSrsCourses", 1)
                    .put("maxDiameterMm", 14 + number % 12);
            data.putArray("lesionRefs").add("LES-" + number + "-1");
            if (urgency == Urgency.EMERGENCY) {
                data.put("critical", true);
            }
        });
    }

    private void triage(boolean accepted) {
        say(2, Department.NEUROSURGERY, "triage-completed", data -> data.put("accepted", accepted)
                .put("urgency", urgency.name()));
    }

    private void preparation() {
        say(4, Department.RADIOLOGY, "imaging-acquired", imaging("DIAGNOSTIC"));
        say(5, Department.RADIOLOGY, "imaging-reported", imaging("DIAGNOSTIC").andThen(concluding("RECURRENCE")));
        if (urgency != Urgency.EMERGENCY) {
            say(7, Department.RADIOLOGY, "imaging-acquired", imaging("PERFUSION"));
            say(
                    9,
                    Department.RADIOLOGY,
                    "imaging-reported",
                    imaging("PERFUSION").andThen(concluding("RECURRENCE")));
            say(8, Department.ONCOLOGY, "systemic-status-recorded", systemicStatus());
        }
        say(6, Department.RADIATION_ONCOLOGY, "prior-radiotherapy-retrieved", data -> data.put("courses", 1)
                .put("complete", true));
        say(10, Department.NEUROSURGERY, "resectability-assessed", data -> data.put("resectable", true));
        step(11, Department.WARD, "patient-preference", data -> data.put("wishesTreatment", true));
        step(14, Department.COORDINATION, "case-summary", data -> data.put("complete", true));
    }

    private void board(String recommendation) {
        String meeting = "MTG-" + number;
        String kind = urgency == Urgency.EMERGENCY ? "MINI" : urgency == Urgency.URGENT ? "URGENT" : "REGULAR";
        say(14.5, Department.COORDINATION, "meeting-scheduled", data -> data.put("meetingRef", meeting)
                .put("startAt", hours(18).toString())
                .put("kind", kind));
        say(18, Department.COORDINATION, "attendance-recorded", data -> {
            data.put("meetingRef", meeting);
            var disciplines = data.putArray("disciplines");
            List.of("neurosurgery", "radiation-oncology", "radiology", "oncology", "pathology")
                    .forEach(disciplines::add);
        });
        say(19, Department.COORDINATION, "case-discussed", data -> data.put("meetingRef", meeting)
                .put("result", "DECIDED"));
        step(19.25, Department.RADIATION_ONCOLOGY, "eligibility", data -> data.put("eligible", true));
        step(19.5, Department.NEUROSURGERY, "eligibility", data -> data.put("eligible", true));
        decision(20, 1, recommendation);
        if (urgency != Urgency.STANDARD) {
            step(24, Department.COORDINATION, "ratification", data -> data.put("ratified", true));
        }
    }

    private void coordination() {
        step(21, Department.COORDINATION, "patient-informed", data -> data.put("patientTold", true));
        for (String scope : List.of("SRS", "SURGERY", "ANAESTHESIA")) {
            say(22 + scope.length() / 10.0, Department.COORDINATION, "consent-given", data -> data.put("scope", scope));
        }
        say(24, Department.ANAESTHESIA, "assessment-completed", data -> data.put("outcome", "FIT")
                .put("asa", 2)
                .put("validUntil", detectedAt.plus(Duration.ofDays(60)).toString()));
        say(25, Department.GAMMA_KNIFE, "slot-confirmed", data -> data.put("slotRef", "GKS-" + number)
                .put("unit", unit())
                .put("startAt", hours(48).toString())
                .put("endAt", hours(56).toString()));
        say(26, Department.OPERATING_ROOM, "slot-confirmed", data -> data.put("slotRef", "ORS-" + number)
                .put("startAt", incision().toString())
                .put("endAt", incision().plus(Duration.ofHours(5)).toString()));
        say(27, Department.INTENSIVE_CARE, "bed-reserved", data -> data.put("bedRef", "BED-" + number)
                .put("from", incision().plus(Duration.ofHours(4)).toString())
                .put("to", incision().plus(Duration.ofHours(52)).toString()));
        say(28, Department.WARD, "steroid-plan-recorded", data -> data.put("doseClass", "MODERATE")
                .put("taperEndAt", hours(400).toString()));
        events.add(new SyntheticEvent(
                type(Department.MEDICAL_PHYSICS, "daily-qa-passed"),
                "qa-%s-%d".formatted(unit(), number),
                unit(),
                null,
                hours(46),
                JsonNodeFactory.instance
                        .objectNode()
                        .put("unit", unit())
                        .put(
                                "date",
                                hours(48).atOffset(ZoneOffset.UTC).toLocalDate().toString())));
    }

    private void gammaKnife() {
        String plan = "PLAN-" + number;
        step(48, Department.GAMMA_KNIFE, "identity-check", data -> data.put("confirmed", true));
        say(48.5, Department.GAMMA_KNIFE, "immobilisation-applied", data -> data.put("kind", "FRAME"));
        say(49, Department.RADIOLOGY, "imaging-acquired", imaging("STEREOTACTIC"));
        say(50, Department.RADIATION_ONCOLOGY, "contours-approved", data -> data.put("targetVolumeCc", 3.1));
        say(51, Department.GAMMA_KNIFE, "plan-submitted", version(plan).andThen(data -> data.put("marginalDoseGy", 17)
                .put("isodosePct", 50)
                .put("v12Cc", 6.4)
                .put("constraintStatus", "PASS")));
        say(52, Department.RADIATION_ONCOLOGY, "plan-approved", version(plan));
        say(52.5, Department.MEDICAL_PHYSICS, "plan-qa-passed", version(plan));
        say(52.75, Department.MEDICAL_PHYSICS, "second-check-passed", version(plan));
        say(
                54,
                Department.GAMMA_KNIFE,
                "delivery-started",
                version(plan).andThen(data -> data.put("startAt", hours(54).toString())));
        say(56, Department.GAMMA_KNIFE, "delivery-completed", version(plan).andThen(data -> data.put(
                        "endAt", lastBeam().toString())
                .put("marginalDoseGy", 17)
                .put("fractions", 1)));
        say(56.25, Department.GAMMA_KNIFE, "immobilisation-removed", data -> data.put("kind", "FRAME"));
    }

    private void resection() {
        for (int hour = 4; hour < hoursToIncision(); hour += 4) {
            after(lastBeam(), hour, Department.WARD, "neuro-status-recorded", data -> data.put("gcs", 15)
                    .put("kps", 80)
                    .put("flag", "STABLE"));
        }
        afterStep(
                incision(), -2, Department.NEUROSURGERY, "preoperative-checklist", data -> data.put("complete", true));
        after(incision(), 0, Department.OPERATING_ROOM, "surgery-started", data -> data.put("slotRef", "ORS-" + number)
                .put("incisionAt", incision().toString()));
        after(incision(), 2, Department.OPERATING_ROOM, "specimen-collected", data -> data.put(
                        "specimenRef", "SPEC-" + number)
                .put("frozenRequested", true));
        after(
                incision(),
                2.2,
                Department.PATHOLOGY,
                "specimen-received",
                data -> data.put("specimenRef", "SPEC-" + number));
        after(incision(), 2.4, Department.PATHOLOGY, "frozen-reported", data -> data.put("result", "TUMOUR"));
        after(incision(), 4, Department.OPERATING_ROOM, "surgery-completed", data -> data.put(
                        "endedAt", surgeryEnd().toString())
                .put("extent", "GTR"));
    }

    private void results() {
        after(surgeryEnd(), 40, Department.RADIOLOGY, "imaging-acquired", imaging("POSTOPERATIVE"));
        after(
                surgeryEnd(),
                44,
                Department.RADIOLOGY,
                "imaging-reported",
                imaging("POSTOPERATIVE").andThen(concluding("NO_EVIDENCE")));
        after(surgeryEnd(), 72, Department.PATHOLOGY, "report-finalised", data -> data.put(
                        "reportRef", "HIST-" + number)
                .put("outcome", "VIABLE_TUMOUR"));
        if (urgency == Urgency.EMERGENCY) {
            after(surgeryEnd(), 80, Department.ONCOLOGY, "systemic-status-recorded", systemicStatus());
        }
        after(
                surgeryEnd(),
                100,
                Department.COORDINATION,
                "decision-signed",
                decisionData(2, "OBSERVE", surgeryEnd().plus(Duration.ofHours(100))));
        afterStep(surgeryEnd(), 102, Department.COORDINATION, "outcome-told", data -> data.put("patientTold", true));
    }

    private void followUp(int visit, String classification) {
        Instant due = surgeryEnd()
                .atOffset(ZoneOffset.UTC)
                .plusMonths(FOLLOW_UP_MONTHS[visit])
                .toInstant();
        String order = "FU-%d-%d".formatted(number, visit + 1);
        after(due, -21 * 24, Department.FOLLOW_UP_CLINIC, "appointment-booked", data -> data.put("orderRef", order)
                .put("startAt", due.toString()));
        after(due, 0, Department.RADIOLOGY, "imaging-acquired", ordered(order, "FOLLOW_UP"));
        after(
                due,
                20,
                Department.RADIOLOGY,
                "imaging-reported",
                ordered(order, "FOLLOW_UP")
                        .andThen(concluding(classification.equals("RECURRENCE") ? "RECURRENCE" : "NO_EVIDENCE")));
        afterStep(
                due,
                44,
                Department.RADIATION_ONCOLOGY,
                "follow-up-classified",
                data -> data.put("classification", classification));
    }

    private void decision(double hour, int version, String recommendation) {
        say(hour, Department.COORDINATION, "decision-signed", decisionData(version, recommendation, hours(hour)));
    }

    private Consumer<ObjectNode> decisionData(int version, String recommendation, Instant signedAt) {
        return data -> data.put("decisionRef", "DEC-" + number)
                .put("version", version)
                .put("recommendation", recommendation)
                .put("earlySurgeryAllowed", urgency == Urgency.EMERGENCY)
                .put("signedAt", signedAt.toString());
    }

    private Instant surgeryEnd() {
        return incision().plus(Duration.ofHours(4));
    }
}
