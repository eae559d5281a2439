package org.tumorboard.pathway;

import java.util.function.Function;
import org.camunda.bpm.engine.BadUserRequestException;
import org.camunda.bpm.engine.delegate.DelegateTask;
import org.camunda.bpm.engine.impl.identity.Authentication;
import org.jspecify.annotations.Nullable;

/**
 * Whose hand a step needs. What two people must agree on is two steps in a row, of which the second may not be completed
 * by whoever completed the first.
 *
 * @param isRequired whether only a signed-in person may complete the step, and no event
 * @param firstStep the step that another person must have completed; null if anybody of the group may
 */
record Signature(boolean isRequired, @Nullable String firstStep) {

    static final Signature NOT_NEEDED = new Signature(false, null);

    /** Reads {@code by=person} and {@code otherThan=step}. */
    static Signature parse(@Nullable String by, @Nullable String otherThan) {
        return new Signature(otherThan != null || "person".equals(by), otherThan);
    }

    /** Whether this is the second of two steps, and that the first. */
    boolean follows(@Nullable String step) {
        return firstStep != null && firstStep.equals(step);
    }

    /**
     * Holds the person who completes the step to it.
     *
     * @param lastBy who completed the step of that name last, as the record of closed steps says
     * @throws BadUserRequestException if nobody is signed in, or the same person completed the first step
     */
    void check(DelegateTask task, Function<String, @Nullable String> lastBy) {
        if (!isRequired) {
            return;
        }
        Authentication signedIn =
                task.getProcessEngineServices().getIdentityService().getCurrentAuthentication();
        if (signedIn == null || signedIn.getUserId() == null) {
            throw new BadUserRequestException(
                    "'%s' must be completed by a person who is signed in".formatted(task.getName()));
        }
        if (firstStep != null && source(signedIn.getUserId()).equals(lastBy.apply(firstStep))) {
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
