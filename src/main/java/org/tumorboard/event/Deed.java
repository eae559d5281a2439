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
    /** Completed the second of two steps on which two people must agree, or confirmed what another person entered. */
    AGREED_AS_SECOND_PERSON,
    /** Entered by hand what a second person must confirm before it counts. */
    ENTERED_EVENT,
    /** Took such an entry back, or said that it is wrong. */
    REJECTED_ENTRY,
    WAIVED_CLOCK,
    PAUSED_CLOCK,
    RESUMED_CLOCK,
    ACKNOWLEDGED,
    SENT_EVENT,
    CORRECTED_EVENT,
    RETRACTED_EVENT,
    REDROVE_EVENT;

    /** Whether pages do it again and again by themselves: then once a minute is enough on record. */
    public boolean repeatsItself() {
        return this == READ_CASE;
    }
}
