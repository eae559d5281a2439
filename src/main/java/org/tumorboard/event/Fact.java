package org.tumorboard.event;

import java.util.Locale;

/**
 * What kind of fact an event states: whether it may wait for its turn, and whether it may be turned away when too much of a
 * patient waits already. Each schema says it of its events ({@code x-fact}).
 */
public enum Fact {
    /** The patient was treated: beam, frame, incision, specimen. It has happened, wherever the process stands. */
    TREATMENT,
    /** Something was seen of the patient or of what was taken from him. It has happened, in whatever order it is told. */
    OBSERVATION,
    /** Something that must not go on: a consent taken back, a unit down, a slot lost, a check failed. */
    STOP,
    /** An earlier event is corrected or taken back. */
    AMENDMENT,
    /** All else; it may wait for its step. */
    PAPER;

    /** Whether it may wait for its step, and be turned away where too many do. */
    public boolean mayWait() {
        return this == PAPER;
    }

    static Fact of(String keyword) {
        return valueOf(keyword.toUpperCase(Locale.ROOT));
    }
}
