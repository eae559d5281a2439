package org.tumorboard.web;

import java.time.Clock;
import org.springframework.stereotype.Component;
import org.tumorboard.inbox.ListenerWatch;
import org.tumorboard.operations.OperationsReader;
import org.tumorboard.pathway.RecentLateness;

/** How the engine runs, for page and API alike. */
@Component
final class OperationsFinder {

    private final OperationsReader reader;
    private final DepartmentFinder departments;
    private final ListenerWatch listener;
    private final RecentLateness lateness;
    private final Words words;
    private final Clock clock;

    OperationsFinder(
            OperationsReader reader,
            DepartmentFinder departments,
            ListenerWatch listener,
            RecentLateness lateness,
            Words words,
            Clock clock) {
        this.reader = reader;
        this.departments = departments;
        this.listener = listener;
        this.lateness = lateness;
        this.words = words;
        this.clock = clock;
    }

    OperationsView now() {
        OperationsReader.Answer answer = reader.read();
        return OperationsView.of(
                answer, departments.all(), listener.isRunning(), lateness.read().orElse(null), words, clock.instant());
    }
}
