package org.tumorboard.sla;

/** State of a clock's run; all but the first three and {@link #PAUSED} are final unless a correction changes them. */
public enum ClockState {
    RUNNING,
    /** A warning step is behind. */
    WARNED,
    /** The limit is behind: not met yet, or ended without being met. */
    BREACHED,
    MET,
    /** Stopped before the earliest moment. */
    MET_EARLY,
    MET_LATE,
    PAUSED,
    WAIVED,
    /** Ended before its limit without being met: started anew, no longer asked for, case closed. */
    CANCELLED
}
