package org.tumorboard.event;

/** What became of an event in the inbox. */
public enum Outcome {
    /** It moved its case, or opened one. */
    APPLIED,
    /** Nobody waits for it yet; the case's own progress will release it. */
    PARKED,
    /** What it reports had already been done, by hand or by another event. */
    ALREADY_DONE,
    /** Invalid, from the wrong department, or from the future; also on the dead-letter topic. */
    REFUSED,
    /** Applying it failed again and again; it can be re-driven. */
    FAILED
}
