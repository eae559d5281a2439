package org.tumorboard.event;

/** What a person does that is put on record. Names are kept in the record for ever: none may change its meaning. */
public enum Deed {
    SIGNED_IN,
    SIGN_IN_REFUSED,
    SIGNED_OUT,
    READ_CASE,
    CLAIMED_STEP,
    RELEASED_STEP,
    COMPLETED_STEP,
    /** Completed the second of two steps on which two people must agree. */
    AGREED_AS_SECOND_PERSON,
    WAIVED_CLOCK,
    PAUSED_CLOCK,
    RESUMED_CLOCK,
    SENT_EVENT,
    CORRECTED_EVENT,
    RETRACTED_EVENT,
    REDROVE_EVENT,
    ERASED_PATIENT;

    /** Whether pages do it again and again by themselves: then once a minute is enough on record. */
    public boolean repeatsItself() {
        return this == READ_CASE;
    }
}
