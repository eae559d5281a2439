package org.tumorboard.event;

import org.jspecify.annotations.Nullable;

/**
 * Where it is told that a person did something. Inside a transaction the deed is put on record with what it changes, or
 * neither is; outside one it is on record when this returns. What cannot be recorded must not happen: callers let the
 * exception through.
 */
public interface PersonalDeeds {

    /**
     * @param who does it
     * @param caseId the case it is about; null if it is about none
     * @param subject what it is about, in codes of ours: a step, an event, a path; no free text, name or contents
     */
    void did(Actor who, Deed deed, @Nullable CaseId caseId, @Nullable String subject);

    /** The same, of the person whose request this thread works on. */
    default void did(Deed deed, @Nullable CaseId caseId, @Nullable String subject) {
        did(Actor.currentOr(() -> Actor.APPLICATION), deed, caseId, subject);
    }
}
