package org.tumorboard.report;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.tumorboard.event.CaseId;

/**
 * When a case first reached the milestones of its way from detection to incision.
 *
 * @param reached first standing instant of each, corrections applied
 */
public record Course(CaseId caseId, Map<String, Instant> reached) {

    /** The way from detection to incision, in the pathway's order. */
    static final List<String> WAY = List.of(
            "detected",
            "triaged",
            "case-ready",
            "board-decided",
            "resources-reserved",
            "stereotactic-imaged",
            "plan-checked",
            "srs-delivered",
            "incision");

    /** From one milestone to a later one; empty unless the case reached both. */
    Optional<Duration> between(String start, String end) {
        Instant started = reached.get(start);
        Instant ended = reached.get(end);
        return started == null || ended == null ? Optional.empty() : Optional.of(Duration.between(started, ended));
    }

    /**
     * What a hand-over added to the way: from the latest of everything before it to its own end. Nothing where the work was
     * done ahead, so that the hand-overs of a case add up to its way and none is counted twice.
     */
    Optional<Duration> added(String start, String end) {
        if (!reached.containsKey(start) || !reached.containsKey(end)) {
            return Optional.empty();
        }
        Instant before = WAY.subList(0, WAY.indexOf(end)).stream()
                .filter(reached::containsKey)
                .map(reached::get)
                .max(Instant::compareTo)
                .orElseThrow();
        Duration added = Duration.between(before, reached.get(end));
        return Optional.of(added.isNegative() ? Duration.ZERO : added);
    }
}
