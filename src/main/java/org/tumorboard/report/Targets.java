package org.tumorboard.report;

/** Which share of a clock's runs is to be on time, as the policy says. */
@FunctionalInterface
public interface Targets {

    /**
     * @param clock name of a clock of the policy
     * @return from 0 to 1
     */
    double of(String clock);
}
