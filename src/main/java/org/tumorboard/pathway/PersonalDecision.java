package org.tumorboard.pathway;

import org.jspecify.annotations.Nullable;

/**
 * What people decided about a case and answer for: with a reason, or because only a person may.
 *
 * @param name of the step, as its model says
 * @param first how the step was completed
 * @param awaitsSecond it does not count yet: a second person has still to say the same
 * @param second how the second person completed the step after it; null if nobody has
 */
public record PersonalDecision(String name, StepClosing first, boolean awaitsSecond, @Nullable StepClosing second) {

    PersonalDecision awaiting() {
        return new PersonalDecision(name, first, true, null);
    }

    PersonalDecision confirmedBy(StepClosing other) {
        return new PersonalDecision(name, first, false, other);
    }
}
