package org.tumorboard.sla;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * When a run of a clock stood still.
 *
 * @param over the pauses that ended, by time
 * @param openSince when the pause began that has not ended
 * @param reason of the open pause
 */
record Pauses(List<Pause> over, @Nullable Instant openSince, @Nullable String reason) {

    static final Pauses NONE = new Pauses(List.of(), null, null);

    record Pause(Instant from, Instant to) {}

    /** From the ledger: the pauses that lie within the span. */
    static Pauses of(String clock, Span span, Ledger ledger) {
        List<Milestone> resumptions = ledger.adjustments(clock, Adjustment.RESUMED);
        List<Pause> over = new ArrayList<>();
        Instant free = span.since();
        for (Milestone paused : ledger.adjustments(clock, Adjustment.PAUSED)) {
            boolean isWithin = !paused.at().isBefore(free)
                    && (span.over() == null || paused.at().isBefore(span.over()));
            if (!isWithin) {
                continue;
            }
            Optional<Instant> resumed = resumptions.stream()
                    .map(Milestone::at)
                    .filter(at -> !at.isBefore(paused.at()))
                    .findFirst();
            if (resumed.isEmpty()) {
                return new Pauses(over, paused.at(), paused.reason());
            }
            over.add(new Pause(paused.at(), resumed.get()));
            free = resumed.get();
        }
        return new Pauses(over, null, null);
    }

    /** An instant of the run, later by the pauses that began before it. */
    Instant shift(Instant at) {
        Instant shifted = at;
        for (Pause pause : over) {
            if (pause.from().isBefore(shifted)) {
                shifted = shifted.plus(Duration.between(pause.from(), pause.to()));
            }
        }
        return shifted;
    }
}
