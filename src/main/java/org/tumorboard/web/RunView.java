package org.tumorboard.web;

import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.tumorboard.sla.OpenClock;

/**
 * A run of a clock as pages draw it.
 *
 * @param phase process id of the phase that its case is in
 */
record RunView(String caseId, String patientRef, String phase, ClockView clock, Bar bar) {

    static RunView of(OpenClock open, Instant now) {
        ClockView clock = ClockView.of(open.clock(), List.of(), now);
        return new RunView(open.clock().caseId().value(), open.patientRef(), open.phase(), clock, Bar.of(clock, now));
    }

    /** The runs of one case: first what runs, by its limit, then what is over, the newest first. */
    static List<RunView> of(CaseView view, Instant now) {
        Stream<ClockView> open =
                view.clocks().stream().filter(ClockView::isOpen).sorted(Comparator.comparing(ClockView::latestAt));
        Stream<ClockView> over = view.clocks().stream()
                .filter(clock -> !clock.isOpen())
                .sorted(Comparator.comparing(ClockView::startedAt).reversed());
        return Stream.concat(open, over)
                .map(clock ->
                        new RunView(view.caseId().value(), view.patientRef(), view.phase(), clock, Bar.of(clock, now)))
                .toList();
    }

    /** What tells it from others on the page. */
    public String key() {
        return "run-" + Integer.toHexString((caseId + clock.clock() + clock.anchor()).hashCode());
    }
}
