package org.tumorboard.web;

import java.time.Clock;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import org.springframework.stereotype.Component;
import org.tumorboard.event.Department;
import org.tumorboard.inbox.DepartmentWatch;
import org.tumorboard.pathway.AwaitedWork;

/** How the departments are heard and what waits for them, for pages and API alike. */
@Component
final class DepartmentFinder {

    private final DepartmentWatch watch;
    private final AwaitedWork work;
    private final Clock clock;

    DepartmentFinder(DepartmentWatch watch, AwaitedWork work, Clock clock) {
        this.watch = watch;
        this.work = work;
        this.clock = clock;
    }

    /** Those at risk first, else in the order of the departments. */
    List<DepartmentRow> all() {
        Instant now = clock.instant();
        return watch.last().stream()
                .map(pulse -> DepartmentRow.of(pulse, now))
                .sorted(Comparator.comparing(
                        row -> row.standing().isRisk() ? row.standing().ordinal() : Integer.MAX_VALUE))
                .toList();
    }

    List<AwaitedWork.Step> steps(String department) {
        return work.of(known(department));
    }

    static Department known(String department) {
        return Department.of(department)
                .orElseThrow(() -> new NotFoundException("there is no department " + department));
    }
}
