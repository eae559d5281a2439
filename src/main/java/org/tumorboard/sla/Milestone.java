package org.tumorboard.sla;

import com.fasterxml.jackson.annotation.JsonIgnore;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.tumorboard.event.CaseId;

/**
 * An entry of a case's ledger: a named clinical instant, or what somebody decided about one of its clocks. Entries are
 * only ever added; a correction or retraction is a further entry with the key of the one it amends.
 *
 * @param name as in the pathway, e.g. {@code srs-delivered}; of an adjustment e.g. {@code clock-paused}
 * @param at when it clinically happened
 * @param recordedAt when the engine learned of it
 * @param source the causing event's source, or {@code user:<name>}
 * @param eventId the causing event's id, or the completed task's
 * @param joined the entries whose latest instant this one is; empty if an event tells it itself
 * @param clock the clock that an adjustment is about; null for a clinical instant
 * @param reason code given for an adjustment, correction or retraction
 * @param amendment null for what was said first
 */
public record Milestone(
        CaseId caseId,
        String name,
        Instant at,
        Instant recordedAt,
        String source,
        String eventId,
        List<Key> joined,
        @Nullable String clock,
        @Nullable String reason,
        @Nullable Amendment amendment) {

    /** The amendment that was made last counts; of two made at once, the one that was recorded last. */
    public static final Comparator<Milestone> BY_AMENDMENT = Comparator.comparing(
            Milestone::amendment,
            Comparator.nullsFirst(Comparator.comparing(Amendment::at).thenComparing(Amendment::eventId)));

    /** What an entry is known by, also after a correction. */
    public record Key(String name, String source, String eventId) {}

    /**
     * The correction or retraction that made an entry.
     *
     * @param at when it was made; of several of one key the newest counts, in whichever order they arrived
     * @param retracts whether the entry no longer holds
     */
    public record Amendment(Instant at, String source, String eventId, boolean retracts) {}

    /** What an event tells. */
    public static Milestone told(
            CaseId caseId, String name, Instant at, Instant recordedAt, String source, String eventId) {
        return new Milestone(caseId, name, at, recordedAt, source, eventId, List.of(), null, null, null);
    }

    /** The same entry, joined from others. */
    public Milestone joining(List<Key> keys) {
        return new Milestone(caseId, name, at, recordedAt, source, eventId, keys, clock, reason, amendment);
    }

    /** The same entry, as a decision about a clock. */
    public Milestone about(String adjustedClock, @Nullable String why) {
        return new Milestone(caseId, name, at, recordedAt, source, eventId, joined, adjustedClock, why, amendment);
    }

    /** The same entry, as a correction or retraction tells it. */
    public Milestone amended(Instant correctedAt, Instant learnedAt, @Nullable String why, Amendment by) {
        return new Milestone(caseId, name, correctedAt, learnedAt, source, eventId, joined, clock, why, by);
    }

    @JsonIgnore
    public Key key() {
        return new Key(name, source, eventId);
    }

    @JsonIgnore
    public boolean isRetracted() {
        return amendment != null && amendment.retracts();
    }

    /** Whether it is a clinical instant and not a decision about a clock. */
    @JsonIgnore
    public boolean isClinical() {
        return clock == null;
    }

    /** Whether the same event says of the same case that the same happened at the same instant. */
    public boolean saysTheSame(Milestone other) {
        return caseId.equals(other.caseId) && key().equals(other.key()) && at.equals(other.at);
    }
}
