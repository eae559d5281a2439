package org.tumorboard.pathway;

import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.tumorboard.sla.Policies;

/** When a step must be done: the limit of its clock, counted from the start of the clock's present run. */
@Component
class Deadlines {

    private final Policies policies;

    Deadlines(Policies policies) {
        this.policies = policies;
    }

    /** Null for a step without a clock; from now on where the clock has not started. */
    @Nullable
    Instant of(Element element, CaseFile file, Instant now) {
        return element.clock() == null
                ? null
                : policies.current().deadline(element.clock(), file.urgency(), file.ledger(), now);
    }
}
