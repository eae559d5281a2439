package org.tumorboard.pathway;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.tumorboard.event.CaseId;
import org.tumorboard.event.CaseStatus;
import org.tumorboard.event.Urgency;
import org.tumorboard.outbox.OutboundMessage;
import org.tumorboard.sla.Announcement;
import org.tumorboard.sla.CaseClocks;
import org.tumorboard.sla.Ledger;
import org.tumorboard.sla.Milestone;

/**
 * One case while a transaction works on it: what is known, and what this transaction adds. It is locked for others
 * from its first reading to the commit, and written once, just before the commit.
 */
final class CaseFile {

    private final CaseRow opened;
    private final boolean isNew;
    private final List<Milestone> recorded = new ArrayList<>();
    private final List<Milestone> newMilestones = new ArrayList<>();
    private final List<StepClosing> newClosings = new ArrayList<>();
    private final List<OutboundMessage> newMessages = new ArrayList<>();
    private final List<Announcement> escalations = new ArrayList<>();
    private final List<Move> entered = new ArrayList<>();
    private final Map<String, UUID> unsentRequests = new HashMap<>();
    private CaseStatus status;
    private Urgency urgency;
    private String phase;
    private @Nullable Instant closedAt;
    private String patientRef;
    private boolean isChanged;
    private boolean isReclassified;
    private @Nullable Ledger ledger;
    private @Nullable CaseClocks clocks;
    private @Nullable CaseBookings bookings;

    CaseFile(CaseRow row, boolean isNew) {
        this.opened = row;
        this.status = row.status();
        this.urgency = row.urgency();
        this.phase = row.phase();
        this.closedAt = row.closedAt();
        this.patientRef = row.patientRef();
        this.isChanged = isNew;
        this.isNew = isNew;
    }

    CaseId id() {
        return opened.caseId();
    }

    CaseRow row() {
        return new CaseRow(
                opened.caseId(),
                patientRef,
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

    /** The patient goes by another pseudonym from now on. */
    void rekey(String survivingRef) {
        patientRef = survivingRef;
        isChanged = true;
    }

    void becomes(Urgency next) {
        isReclassified |= next != urgency;
        isChanged |= next != urgency;
        urgency = next;
    }

    /** Takes in what earlier transactions recorded. */
    void know(List<Milestone> milestones) {
        recorded.addAll(milestones);
        ledger = null;
    }

    /** What one event says is recorded once, though several elements take it. */
    void earn(Milestone milestone) {
        if (newMilestones.stream().noneMatch(milestone::saysTheSame)) {
            newMilestones.add(milestone);
            recorded.add(milestone);
            ledger = null;
        }
    }

    /** Adds what a correction or retraction says of an entry. */
    void amend(Milestone amended) {
        newMilestones.add(amended);
        recorded.add(amended);
        ledger = null;
    }

    /** What stands of all that was recorded, up to this moment of the transaction. */
    Ledger ledger() {
        if (ledger == null) {
            ledger = Ledger.of(recorded);
        }
        return ledger;
    }

    /** The case's clocks, once this transaction works on them. */
    Optional<CaseClocks> clocks() {
        return Optional.ofNullable(clocks);
    }

    CaseClocks workOn(CaseClocks caseClocks) {
        clocks = caseClocks;
        return caseClocks;
    }

    /** The case's bookings; those of earlier transactions are only read if somebody asks. */
    CaseBookings bookings(Supplier<List<Booking>> stored) {
        if (bookings == null) {
            bookings = new CaseBookings(isNew ? List.of() : stored.get());
        }
        return bookings;
    }

    List<Booking> changedBookings() {
        return bookings == null ? List.of() : bookings.changed();
    }

    /** Whether its clocks may be others now. */
    boolean hasNewsForClocks() {
        return !newMilestones.isEmpty() || clocks != null;
    }

    /** Whether its urgency class changed in this transaction. */
    boolean isReclassified() {
        return isReclassified;
    }

    boolean isNew() {
        return isNew;
    }

    /** What was announced and needs somebody to take over. */
    void escalate(List<Announcement> announcements) {
        escalations.addAll(announcements);
    }

    List<Announcement> escalations() {
        return escalations;
    }

    /** The escalations to open; only once. */
    List<Announcement> takeEscalations() {
        List<Announcement> taken = List.copyOf(escalations);
        escalations.clear();
        return taken;
    }

    /** What a person entered for a step, and who else waits for it. */
    void enter(Move move) {
        entered.add(move);
    }

    /** What was entered and is to be heard; only once. */
    List<Move> takeEntered() {
        List<Move> taken = List.copyOf(entered);
        entered.clear();
        return taken;
    }

    void close(StepClosing closing) {
        newClosings.add(closing);
    }

    /** What an event says on two ways in the same words is said once. */
    void tell(OutboundMessage message) {
        if (newMessages.stream().noneMatch(told -> told.messageId().equals(message.messageId()))) {
            newMessages.add(message);
        }
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

    /**
     * A message about this case.
     *
     * @param acknowledgeBy when a person must have acknowledged it; null if nobody need do so
     */
    static OutboundMessage message(
            String topic,
            CaseId caseId,
            String type,
            CurrentEvent cause,
            JsonNode payload,
            @Nullable Instant acknowledgeBy) {
        var event = cause.get();
        return new OutboundMessage(
                cause.messageId(topic, caseId.value(), type, payload.toString()),
                topic,
                caseId.value(),
                type,
                cause.time(),
                event == null ? null : event.correlationId(),
                event == null ? null : event.identity().id(),
                event == null ? null : event.traceParent(),
                payload,
                acknowledgeBy);
    }
}
