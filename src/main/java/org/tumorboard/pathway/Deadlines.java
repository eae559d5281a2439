package org.tumorboard.pathway;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** When a step must be done: the limit of its clock, counted from the clock's first milestone. */
@Component
class Deadlines {

    private final SlaFigures figures;

    Deadlines(SlaFigures figures) {
        this.figures = figures;
    }

    /** Null for a step without a clock, or whose clock has no limit for this urgency. */
    @Nullable
    Instant of(Element element, CaseFile file, Instant now) {
        if (element.clock() == null) {
            return null;
        }
        SlaFigures.Figures clock =
                figures.figures(element.clock(), file.urgency().name(), false);
        Duration deadline = clock.deadline();
        if (deadline == null) {
            return null;
        }
        Instant from = file.milestone(clock.from());
        return (from == null ? now : from).plus(deadline);
    }
}
