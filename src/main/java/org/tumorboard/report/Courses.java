package org.tumorboard.report;

import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.springframework.stereotype.Component;
import org.tumorboard.event.CaseId;
import org.tumorboard.sla.Ledger;
import org.tumorboard.sla.Milestones;

/** Tells when cases first reached the milestones of their way, as they stand in their ledgers. */
@Component
final class Courses {

    private final Milestones milestones;

    Courses(Milestones milestones) {
        this.milestones = milestones;
    }

    /** Of the named cases, and of those that may have reached a milestone of the way in a period. */
    Map<CaseId, Course> of(Collection<CaseId> named, RunFilter period) {
        Map<CaseId, Course> courses = new HashMap<>();
        milestones
                .reaching(Course.WAY, period.from(), period.to(), named, period.urgency())
                .forEach((caseId, recorded) -> courses.put(caseId, new Course(caseId, firsts(Ledger.of(recorded)))));
        return courses;
    }

    private static Map<String, Instant> firsts(Ledger ledger) {
        Map<String, Instant> firsts = new HashMap<>();
        for (String name : Course.WAY) {
            List<Ledger.Entry> entries = ledger.named(name);
            if (!entries.isEmpty()) {
                firsts.put(name, entries.get(0).at());
            }
        }
        return firsts;
    }
}
