package org.tumorboard.web;

import static java.util.stream.Collectors.groupingBy;

import com.fasterxml.jackson.annotation.JsonIgnore;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.tumorboard.event.Urgency;
import org.tumorboard.sla.ClockChange;
import org.tumorboard.sla.ClockState;
import org.tumorboard.sla.SlaClock;
import org.tumorboard.sla.Standing;
import org.tumorboard.sla.Threshold;

/**
 * One run of a clock with its life, as page and API show it.
 *
 * @param standing null once it is over
 * @param startedBy name of the milestone that started it
 * @param stoppedBy name, source and id of the milestone that met it
 * @param history what happened to it, in the order in which it became known
 */
record ClockView(
        String clock,
        ClockState state,
        @Nullable Standing standing,
        Urgency urgency,
        String department,
        Instant startedAt,
        String startedBy,
        Instant recordedAt,
        @Nullable Instant earliestAt,
        boolean earliestWaived,
        Instant latestAt,
        @Nullable Instant outOfProtocolAt,
        List<ThresholdView> thresholds,
        @Nullable Instant stoppedAt,
        @Nullable String stoppedBy,
        @Nullable Instant endedAt,
        @Nullable Instant pausedAt,
        @Nullable Instant waivedAt,
        @Nullable String reason,
        int policyVersion,
        String anchor,
        List<ChangeView> history) {

    /** @param outcome null while nothing is on record */
    record ThresholdView(
            String name,
            Instant at,
            int level,
            @Nullable Instant announcedAt,
            boolean late,
            Threshold.@Nullable Outcome outcome) {

        static ThresholdView of(Threshold threshold) {
            return new ThresholdView(
                    threshold.name(),
                    threshold.at(),
                    threshold.level(),
                    threshold.announcedAt(),
                    threshold.late(),
                    threshold.outcome());
        }
    }

    /** @param state the old one where the run was moved or an announcement taken back, else the new one */
    record ChangeView(
            Instant recordedAt,
            ClockChange.What what,
            ClockState state,
            Instant startedAt,
            Instant latestAt,
            @Nullable String threshold,
            @Nullable String reason,
            @Nullable String source,
            @Nullable String eventId) {

        static ChangeView of(ClockChange change) {
            return new ChangeView(
                    change.recordedAt(),
                    change.what(),
                    change.state(),
                    change.startedAt(),
                    change.latestAt(),
                    change.threshold(),
                    change.reason(),
                    change.source(),
                    change.eventId());
        }

        /** Whether it tells how the run stood before. */
        @JsonIgnore
        public boolean isOldVerdict() {
            return what == ClockChange.What.MOVED || what == ClockChange.What.WITHDRAWN;
        }
    }

    /** The runs in the order in which they started, each with its own life. */
    static List<ClockView> of(List<SlaClock> runs, List<ClockChange> changes, Instant now) {
        Map<SlaClock.Key, List<ClockChange>> lives = changes.stream().collect(groupingBy(ClockChange::key));
        return runs.stream()
                .map(run -> of(run, lives.getOrDefault(run.key(), List.of()), now))
                .toList();
    }

    static ClockView of(SlaClock run, List<ClockChange> life, Instant now) {
        return new ClockView(
                run.clock(),
                run.state(now),
                run.standing(now).orElse(null),
                run.urgency(),
                run.department(),
                run.startedAt(),
                run.startedBy(),
                run.recordedAt(),
                run.earliestAt(),
                run.earliestWaived(),
                run.latestAt(),
                run.outOfProtocolAt(),
                run.thresholds().stream().map(ThresholdView::of).toList(),
                run.stoppedAt(),
                run.stoppedBy(),
                run.endedAt(),
                run.pausedAt(),
                run.waivedAt(),
                run.reason(),
                run.policyVersion(),
                run.anchor(),
                life.stream().map(ChangeView::of).toList());
    }

    @JsonIgnore
    public boolean isOpen() {
        return standing != null;
    }

    /** From the start to the stop. */
    public @Nullable Duration elapsed() {
        return stoppedAt == null ? null : Duration.between(startedAt, stoppedAt);
    }
}
