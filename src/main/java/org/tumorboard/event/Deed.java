package org.tumorboard.event;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** What a person does that is put on record. Names are kept in the record for ever: none may change its meaning. */
public enum Deed {
    SIGNED_IN,
    /** Showed name and password with a request, as systems do, and got no session. */
    SIGNED_IN_PER_REQUEST,
    SIGN_IN_REFUSED,
    /** Tried again too early after refusals; nothing was compared. */
    SIGN_IN_THROTTLED,
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
    LOWERED_URGENCY,
    ACKNOWLEDGED,
    SENT_EVENT,
    CORRECTED_EVENT,
    RETRACTED_EVENT,
    REDROVE_EVENT,
    /** Had work of the engine tried again that had failed on every try. */
    RETRIED_WORK,
    /** Looked at what a refused record held. */
    READ_LETTER,
    /** Looked at the trail, or had its chain checked. */
    READ_AUDIT,
    /** Took a list away as a file. */
    EXPORTED,
    /** Changed users, groups or grants in Camunda Admin. */
    CHANGED_ACCESS,
    /** Changed in Cockpit or over the engine's REST what a process does: variables, tries, suspensions, models. */
    CHANGED_PROCESS,
    /** Started with other settings, models or tables than the start before. */
    CHANGED_CONFIGURATION,
    /** Had a patient's pseudonym erased. */
    ERASED_PATIENT;

    /** Within which once is enough on record: what pages and programs do again and again by themselves; else null. */
    public @Nullable Duration onceIn() {
        return switch (this) {
            case READ_CASE, READ_AUDIT, SIGN_IN_THROTTLED -> Duration.ofMinutes(1);
            case SIGNED_IN_PER_REQUEST -> Duration.ofHours(1);
            default -> null;
        };
    }
}
