package org.tumorboard.sla;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.tumorboard.event.CaseId;
import org.tumorboard.event.Urgency;

/**
 * Turns a case's ledger and the policy into the runs of its clocks. It is pure: neither the order in which events
 * arrived nor a timer has any part in it.
 */
final class ClockFunction {

    private final Policies policies;

    ClockFunction(Policies policies) {
        this.policies = policies;
    }

    /**
     * The runs, none of their thresholds on record.
     *
     * @param known the runs that are known already: they keep the version of the policy they started under
     * @param now when a run that is new became known
     */
    List<SlaClock> runs(CaseId caseId, Ledger ledger, Map<SlaClock.Key, SlaClock> known, Instant now) {
        SlaPolicy current = policies.current();
        List<SlaClock> runs = new ArrayList<>();
        for (String clock : current.clocks()) {
            for (Span span : Span.of(current.shape(clock), ledger)) {
                SlaClock earlier =
                        known.get(new SlaClock.Key(clock, span.start().anchor()));
                SlaPolicy policy = earlier == null ? current : policies.version(earlier.policyVersion());
                Urgency urgency = ledger.urgencyAt(span.over());
                ClockPolicy row = policy.row(clock, urgency, ledger.allowsEarlySurgery());
                runs.add(
                        run(caseId, span, row, policy.version(), ledger, earlier == null ? now : earlier.recordedAt()));
            }
        }
        return runs;
    }

    private static SlaClock run(
            CaseId caseId, Span span, ClockPolicy row, int version, Ledger ledger, Instant recordedAt) {
        Pauses pauses = row.mayPause() ? Pauses.of(row.clock(), span, ledger) : Pauses.NONE;
        Optional<Milestone> waiver = within(span, ledger.adjustments(row.clock(), Adjustment.WAIVED));
        Optional<Milestone> lowerWaiver = within(span, ledger.adjustments(row.clock(), Adjustment.EARLIEST_WAIVED));
        return new SlaClock(
                caseId,
                row.clock(),
                span.start().anchor(),
                row.urgency(),
                version,
                row.owner(),
                span.from(),
                span.start().key().name(),
                recordedAt,
                row.earliest() == null || row.earliest().isZero()
                        ? null
                        : span.from().plus(row.earliest()),
                pauses.shift(span.from().plus(row.latest())),
                row.outOfProtocol() == null ? null : pauses.shift(span.from().plus(row.outOfProtocol())),
                thresholds(span, row, pauses, ledger),
                span.stop() == null ? null : span.stop().at(),
                span.stop() == null ? null : words(span.stop().key()),
                span.endedAt(),
                pauses.openSince(),
                waiver.map(Milestone::at).orElse(null),
                lowerWaiver.isPresent(),
                waiver.or(() -> lowerWaiver).map(Milestone::reason).orElse(pauses.reason()));
    }

    private static List<Threshold> thresholds(Span span, ClockPolicy row, Pauses pauses, Ledger ledger) {
        return row.steps().stream()
                .map(step -> threshold(step, pauses.shift(span.from().plus(step.offset()))))
                .filter(threshold -> !isNeedless(threshold, span, row, ledger))
                .sorted(Comparator.comparing(Threshold::at))
                .toList();
    }

    private static Threshold threshold(PolicyStep step, Instant at) {
        return new Threshold(step.name(), step.kind(), at, step.level(), null, null, false);
    }

    private static boolean isNeedless(Threshold threshold, Span span, ClockPolicy row, Ledger ledger) {
        return row.steps().stream()
                .filter(step -> step.name().equals(threshold.name()) && step.unless() != null)
                .flatMap(step -> ledger.named(step.unless()).stream())
                .anyMatch(entry ->
                        !entry.at().isBefore(span.since()) && entry.at().isBefore(threshold.at()));
    }

    /** The first decision about the clock that was made while this run was the one at hand. */
    private static Optional<Milestone> within(Span span, List<Milestone> adjustments) {
        return adjustments.stream()
                .filter(adjustment -> !adjustment.at().isBefore(span.since()) && isBefore(adjustment.at(), span.over()))
                .findFirst();
    }

    private static boolean isBefore(Instant at, @Nullable Instant end) {
        return end == null || at.isBefore(end);
    }

    private static String words(Milestone.Key key) {
        return "%s %s %s".formatted(key.name(), key.source(), key.eventId());
    }
}
