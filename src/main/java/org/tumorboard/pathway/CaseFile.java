package org.tumorboard.pathway;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.tumorboard.event.CaseId;
import org.tumorboard.event.CaseStatus;
import org.tumorboard.event.Urgency;
import org.tumorboard.outbox.OutboundMessage;
import org.tumorboard.sla.Milestone;

/**
 * One case while a transaction works on it: what is known, and what this transaction adds. It is locked for others
 * from its first reading to the commit, and written once, just before the commit.
 */
final class CaseFile {

    private final CaseRow opened;
    private final Map<String, Instant> milestones = new HashMap<>();
    private final List<Milestone> newMilestones = new ArrayList<>();
    private final List<StepClosing> newClosings = new ArrayList<>();
    private final List<OutboundMessage> newMessages = new ArrayList<>();
    private final Map<String, UUID> unsentRequests = new HashMap<>();
    private CaseStatus status;
    private Urgency urgency;
    private String phase;
    private @Nullable Instant closedAt;
    private boolean isChanged;

    CaseFile(CaseRow row, boolean isNew) {
        this.opened = row;
        this.status = row.status();
        this.urgency = row.urgency();
        this.phase = row.phase();
        this.closedAt = row.closedAt();
        this.isChanged = isNew;
    }

    CaseId id() {
        return opened.caseId();
    }

    CaseRow row() {
        return new CaseRow(
                opened.caseId(),
                opened.patientRef(),
                opened.lesionRefs(),
                status,
                urgency,
                phase,
                opened.openedAt(),
                closedAt,
                opened.previousCaseId(),
                opened.priorSrsCourses());
    }

    CaseStatus status() {
        return status;
    }

    Urgency urgency() {
        return urgency;
    }

    boolean isChanged() {
        return isChanged;
    }

    void moveTo(CaseStatus next, Instant now) {
        status = next;
        closedAt = next.isClosed() ? now : null;
        isChanged = true;
    }

    void enter(String nextPhase) {
        isChanged |= !nextPhase.equals(phase);
        phase = nextPhase;
    }

    void becomes(Urgency next) {
        isChanged |= next != urgency;
        urgency = next;
    }

    void know(Milestone milestone) {
        milestones.put(milestone.name(), milestone.at());
    }

    /** What one event says is recorded once, though several elements take it. */
    void earn(Milestone milestone) {
        know(milestone);
        if (newMilestones.stream().noneMatch(milestone::saysTheSame)) {
            newMilestones.add(milestone);
        }
    }

    /** Clinical time of the newest milestone of that name. */
    @Nullable
    Instant milestone(String name) {
        return milestones.get(name);
    }

    void close(StepClosing closing) {
        newClosings.add(closing);
    }

    void tell(OutboundMessage message) {
        newMessages.add(message);
    }

    /** Work that is asked for; if the step ends before anybody was told, nobody is. */
    void askFor(String taskId, OutboundMessage request) {
        unsentRequests.put(taskId, request.messageId());
        tell(request);
    }

    /** Takes back the request for a step's work if nobody was told yet. */
    boolean forgetRequest(String taskId) {
        UUID request = unsentRequests.remove(taskId);
        return request != null
                && newMessages.removeIf(message -> message.messageId().equals(request));
    }

    List<Milestone> newMilestones() {
        return newMilestones;
    }

    List<StepClosing> newClosings() {
        return newClosings;
    }

    List<OutboundMessage> newMessages() {
        return newMessages;
    }

    /** A message about this case. */
    static OutboundMessage message(String topic, CaseId caseId, String type, CurrentEvent cause, JsonNode payload) {
        var event = cause.get();
        return new OutboundMessage(
                UUID.randomUUID(),
                topic,
                caseId.value(),
                type,
                cause.time(),
                event == null ? null : event.correlationId(),
                event == null ? null : event.identity().id(),
                event == null ? null : event.traceParent(),
                payload);
    }
}
