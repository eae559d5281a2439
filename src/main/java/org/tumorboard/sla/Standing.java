package org.tumorboard.sla;

/** How an open clock looks to whoever must keep it, the most pressing first. */
public enum Standing {
    OVERDUE,
    AT_RISK,
    /** Before the earliest moment of a window: it must not be stopped yet. */
    TOO_EARLY,
    ON_TRACK,
    PAUSED
}
