package org.tumorboard.pathway;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.camunda.bpm.engine.RuntimeService;
import org.jspecify.annotations.Nullable;
import org.springframework.context.annotation.Lazy;
import org.springframework.stereotype.Component;
import org.tumorboard.event.CaseId;
import org.tumorboard.event.CaseStatus;
import org.tumorboard.event.InboundEvent;
import org.tumorboard.event.Urgency;

/** Opens cases: puts them on file and starts the model whose message start event has the event's name. */
@Component
class CaseOpening {

    private final CaseFiles files;
    private final RuntimeService runtime;

    CaseOpening(CaseFiles files, @Lazy RuntimeService runtime) {
        this.files = files;
        this.runtime = runtime;
    }

    void open(CaseId caseId, InboundEvent event) {
        open(caseId, event, null);
    }

    void open(CaseId caseId, InboundEvent event, @Nullable CaseId previous) {
        files.openCase(new CaseRow(
                caseId,
                event.patientRef(),
                lesionRefs(event),
                CaseStatus.RECEIVED,
                Urgency.STANDARD,
                "recurrence-pathway",
                detectedAt(event),
                null,
                previous,
                event.data().path("priorSrsCourses").asInt()));
        OnBehalfOfTheEngine.doing(
                () -> runtime.createMessageCorrelation(event.type().shortName())
                        .processInstanceBusinessKey(caseId.value())
                        .setVariable("caseId", caseId.value())
                        .correlateStartMessage());
    }

    static List<String> lesionRefs(InboundEvent event) {
        List<String> lesions = new ArrayList<>();
        for (JsonNode lesion : event.data().path("lesionRefs")) {
            lesions.add(lesion.asText());
        }
        return lesions;
    }

    static Instant detectedAt(InboundEvent event) {
        String verified = event.text("reportVerifiedAt");
        return verified == null ? event.time() : Times.instant(verified);
    }
}
