package org.tumorboard.bench;

/**
 * One run of one variant.
 *
 * @param round counted from 0
 * @param eventsPerSecond from the first poll to the last commit
 * @param perEvent what an event cost, until the outbox was empty
 * @param secondsToSent from the last commit to the empty outbox
 * @param parkedShare of the events that came before their step was open, and were written down as parked
 */
record Measurement(
        Variant variant, int round, double eventsPerSecond, Costs perEvent, double secondsToSent, double parkedShare) {}
