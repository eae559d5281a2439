package org.tumorboard.pathway;

import org.camunda.bpm.engine.BadUserRequestException;
import org.camunda.bpm.engine.delegate.DelegateTask;
import org.camunda.bpm.engine.impl.identity.Authentication;
import org.jspecify.annotations.Nullable;

/**
 * Whose hand a step needs. What two people must agree on is two steps in a row, of which the second may not be completed
 * by whoever completed the first.
 *
 * @param isRequired whether only a signed-in person may complete the step, and no event
 * @param firstPerson the variable that holds who completed the first step; null if anybody of the group may
 * @param keptAs the variable in which the step keeps who completed it, for the second one
 */
record Signature(boolean isRequired, @Nullable String firstPerson, @Nullable String keptAs) {

    static final Signature NOT_NEEDED = new Signature(false, null, null);

    /** Reads {@code by=person} and {@code otherThan=${variable}}. */
    static Signature parse(@Nullable String by, @Nullable String otherThan, @Nullable String keptAs) {
        return otherThan == null
                ? new Signature("person".equals(by), null, keptAs)
                : new Signature(true, otherThan.replaceAll("[${}\\s]", ""), keptAs);
    }

    /** Whether this is the second of two steps, and the other the first. */
    boolean follows(Signature first) {
        return firstPerson != null && firstPerson.equals(first.keptAs);
    }

    /**
     * Holds the person who completes the step to it.
     *
     * @throws BadUserRequestException if nobody is signed in, or the same person completed the first step
     */
    void check(DelegateTask task) {
        if (!isRequired) {
            return;
        }
        Authentication signedIn =
                task.getProcessEngineServices().getIdentityService().getCurrentAuthentication();
        if (signedIn == null || signedIn.getUserId() == null) {
            throw new BadUserRequestException(
                    "'%s' must be completed by a person who is signed in".formatted(task.getName()));
        }
        if (firstPerson != null && source(signedIn.getUserId()).equals(task.getVariable(firstPerson))) {
            throw new BadUserRequestException(
                    "'%s' must be completed by a second person: %s completed the step before it"
                            .formatted(task.getName(), signedIn.getUserId()));
        }
    }

    /** How a person stands in the record. */
    static String source(String user) {
        return "user:" + user;
    }
}
