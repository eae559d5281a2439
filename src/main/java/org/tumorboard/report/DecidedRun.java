package org.tumorboard.report;

import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.tumorboard.sla.ClockState;
import org.tumorboard.sla.SlaClock;

/**
 * A run whose verdict is certain. It counts from one instant on: from its stop if that came by the limit, else from the
 * limit, as soon as that is behind – an open run past its limit is a breach already, and stopping it late changes nothing.
 * Cancelled, waived and paused runs are not decided.
 *
 * @param decidedAt the instant by which a period selects it
 */
public record DecidedRun(SlaClock run, ClockState state, Instant decidedAt) {

    /** What a decided run counts as. */
    public enum Verdict {
        MET,
        /** Stopped before the window opened. */
        EARLY,
        /** Stopped late, or past its limit without having been stopped. */
        BREACHED
    }

    static Optional<DecidedRun> of(SlaClock run, Instant now) {
        ClockState state = run.state(now);
        Instant at = decidedAt(run, state);
        return at == null ? Optional.empty() : Optional.of(new DecidedRun(run, state, at));
    }

    private static @Nullable Instant decidedAt(SlaClock run, ClockState state) {
        return switch (state) {
            case MET, MET_EARLY -> run.stoppedAt();
            case MET_LATE, BREACHED -> run.latestAt();
            case RUNNING, WARNED, PAUSED, WAIVED, CANCELLED -> null;
        };
    }

    public Verdict verdict() {
        return switch (state) {
            case MET -> Verdict.MET;
            case MET_EARLY -> Verdict.EARLY;
            default -> Verdict.BREACHED;
        };
    }

    boolean is(Verdict wanted) {
        return verdict() == wanted;
    }
}
