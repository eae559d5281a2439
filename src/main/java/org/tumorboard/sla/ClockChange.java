package org.tumorboard.sla;

import com.fasterxml.jackson.annotation.JsonIgnore;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.tumorboard.event.CaseId;

/**
 * An entry in the life of a clock's run, added when it became known and never changed.
 *
 * @param anchor with the clock's name, which run it is about
 * @param recordedAt when the engine learned of it
 * @param state before a {@link What#MOVED} or {@link What#WITHDRAWN}: the old verdict; after everything else
 * @param startedAt the run's start, before a {@link What#MOVED}, after everything else
 * @param latestAt the run's limit, before a {@link What#MOVED}, after everything else
 * @param threshold name of the threshold that was announced, overtaken, acknowledged or withdrawn
 * @param reason code of a correction, retraction, pause, waiver or acknowledgement
 * @param source source of the event that caused it, or {@code user:<name>}; null where time alone did
 * @param eventId id of that event
 */
public record ClockChange(
        CaseId caseId,
        String clock,
        String anchor,
        Instant recordedAt,
        What what,
        ClockState state,
        Instant startedAt,
        Instant latestAt,
        @Nullable String threshold,
        @Nullable String reason,
        @Nullable String source,
        @Nullable String eventId) {

    /** What happened to the run. */
    public enum What {
        STARTED,
        /** A correction, a change of urgency or the end of a pause moved its start or limits. */
        MOVED,
        STOPPED,
        /** What had stopped or ended it was taken back. */
        REOPENED,
        ANNOUNCED,
        OVERTAKEN,
        /** An announced threshold no longer holds, or the run itself lost its start. */
        WITHDRAWN,
        PAUSED,
        RESUMED,
        WAIVED,
        ACKNOWLEDGED,
        CANCELLED
    }

    @JsonIgnore
    public SlaClock.Key key() {
        return new SlaClock.Key(clock, anchor);
    }
}
