package org.tumorboard.pathway;

import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.tumorboard.event.CaseId;
import org.tumorboard.event.Department;
import org.tumorboard.event.EventIdentity;
import org.tumorboard.event.InboundEvent;

/**
 * A slot or bed that a department holds, or held, for a case.
 *
 * @param kind {@code gamma-knife-slot}, {@code or-slot} or {@code icu-bed}; a case holds at most one of each
 * @param ref the department's own reference
 * @param department whose slot or bed it is, and who is told when it is given up
 * @param unit the Gamma Knife unit; null for others
 * @param bookedAt clinical time of the booking
 * @param changedAt clinical time since which the state holds
 * @param reason code: why it was lost or released; null otherwise
 * @param source with {@code eventId} the identity of the booking event
 */
public record Booking(
        CaseId caseId,
        String kind,
        String ref,
        Department department,
        @Nullable String unit,
        Instant startsAt,
        Instant endsAt,
        State state,
        Instant bookedAt,
        Instant changedAt,
        @Nullable String reason,
        String source,
        String eventId) {

    /** What became of it. */
    public enum State {
        HELD,
        /** The department took it back. */
        LOST,
        /** A later booking of the same kind took its place. */
        REPLACED,
        /** The case gave it up, and the department was told. */
        RELEASED
    }

    /** What a booking event says: the reference and the times, called differently for slots and beds. */
    static Booking told(CaseId caseId, String kind, InboundEvent event) {
        String slot = event.text("slotRef");
        return new Booking(
                caseId,
                kind,
                slot == null ? String.valueOf(event.text("bedRef")) : slot,
                event.type().department(),
                event.text("unit"),
                instant(event, "startAt", "from"),
                instant(event, "endAt", "to"),
                State.HELD,
                event.time(),
                event.time(),
                null,
                event.identity().source(),
                event.identity().id());
    }

    private static Instant instant(InboundEvent event, String field, String otherwise) {
        String text = event.text(field);
        return Times.instant(String.valueOf(text == null ? event.text(otherwise) : text));
    }

    boolean isHeld() {
        return state == State.HELD;
    }

    boolean isOf(EventIdentity event) {
        return source.equals(event.source()) && eventId.equals(event.id());
    }

    Booking as(State next, Instant at, @Nullable String why) {
        return new Booking(
                caseId, kind, ref, department, unit, startsAt, endsAt, next, bookedAt, at, why, source, eventId);
    }

    /** The same booking as a corrected event tells it. */
    Booking corrected(InboundEvent event) {
        Booking anew = told(caseId, kind, event);
        return new Booking(
                caseId,
                kind,
                anew.ref,
                department,
                anew.unit,
                anew.startsAt,
                anew.endsAt,
                state,
                anew.bookedAt,
                changedAt,
                reason,
                source,
                eventId);
    }
}
