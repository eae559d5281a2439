package org.tumorboard.pathway;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.springframework.stereotype.Component;
import org.tumorboard.event.CaseId;
import org.tumorboard.event.Department;
import org.tumorboard.event.EventIdentity;
import org.tumorboard.event.EventType;
import org.tumorboard.event.InboundEvent;

/** Opens the next case of a patient whose tumour came back at follow-up, linked to the one that ends. */
@Component("linkedCase")
public final class LinkedCase {

    private final CaseFiles files;
    private final CaseOpening opening;
    private final CurrentEvent current;
    private final ObjectMapper json;

    LinkedCase(CaseFiles files, CaseOpening opening, CurrentEvent current, ObjectMapper json) {
        this.files = files;
        this.opening = opening;
        this.current = current;
        this.json = json;
    }

    /** The linked case starts as radiology would have opened it: same lesions, one more course of radiosurgery. */
    public void open(DelegateExecution execution) {
        CaseRow ending = files.of(new CaseId(execution.getProcessBusinessKey())).row();
        InboundEvent cause = current.get();
        ObjectNode data = json.createObjectNode()
                .put("patientRef", ending.patientRef())
                .put("reportVerifiedAt", current.time().toString())
                .put("priorSrsCourses", ending.priorSrsCourses() + 1);
        ArrayNode lesions = data.putArray("lesionRefs");
        ending.lesionRefs().forEach(lesions::add);
        CaseId next = ending.caseId().next();
        EventIdentity identity = current.identity();
        InboundEvent reopening = new InboundEvent(
                identity,
                new EventType(Department.RADIOLOGY, "recurrence-suspected"),
                next,
                ending.patientRef(),
                current.time(),
                data,
                cause == null ? null : cause.correlationId(),
                cause == null ? null : cause.traceParent());
        current.doing(reopening, () -> {
            opening.open(next, reopening, ending.caseId());
            return null;
        });
    }
}
