package org.tumorboard.report;

import org.springframework.stereotype.Component;
import org.tumorboard.event.Urgency;
import org.tumorboard.sla.Policies;

/** The targets of the policy in force; the table gives the same for every urgency. */
@Component
final class PolicyTargets implements Targets {

    private final Policies policies;

    PolicyTargets(Policies policies) {
        this.policies = policies;
    }

    @Override
    public double of(String clock) {
        return policies.current().row(clock, Urgency.STANDARD, false).target() / 100;
    }
}
