package org.tumorboard.inbox;

import io.micrometer.core.instrument.MeterRegistry;
import org.springframework.stereotype.Component;
import org.tumorboard.event.Outcome;

/** Counts what became of events, by outcome and department, and how many were duplicates. */
@Component
class InboxMeter {

    private final MeterRegistry registry;

    InboxMeter(MeterRegistry registry) {
        this.registry = registry;
    }

    void count(Outcome outcome, String department) {
        registry.counter("tumorboard.inbox.events", "outcome", outcome.name(), "department", department)
                .increment();
    }

    void countDuplicates(int duplicates) {
        registry.counter("tumorboard.inbox.duplicates").increment(duplicates);
    }
}
