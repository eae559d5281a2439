package org.tumorboard.sla;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.tumorboard.sla.ClockChange.What;

/** One run of a clock as it was and as it is told now: what of the record stays, and what has to be noted. */
final class Reconciliation {

    private static final Comparator<Threshold> BY_RANK =
            Comparator.comparing(Threshold::level).thenComparing(Threshold::at);

    private final @Nullable SlaClock before;
    private final SlaClock after;
    private final List<Threshold> withdrawn = new ArrayList<>();

    /**
     * An entry for the run's life.
     *
     * @param as how the run stood: before a change of an old verdict, after everything else
     */
    record Noted(SlaClock as, What what, @Nullable String threshold) {}

    /**
     * @param before null for a run that is new
     * @param told as the ledger tells it, nothing on record
     * @param acknowledgedAt when somebody took over; null if nobody did
     */
    Reconciliation(@Nullable SlaClock before, SlaClock told, @Nullable Instant acknowledgedAt, Instant now) {
        this.before = before;
        List<Threshold> thresholds = told.thresholds().stream()
                .map(threshold -> keepRecord(threshold, told, acknowledgedAt, now))
                .toList();
        this.after = overtakenByTheStop(told.with(thresholds), now);
        recorded().stream()
                .filter(earlier -> told.thresholds().stream()
                        .noneMatch(threshold -> threshold.name().equals(earlier.name())))
                .forEach(withdrawn::add);
    }

    SlaClock after() {
        return after;
    }

    boolean isChange() {
        return !after.equals(before);
    }

    /** Whether the start or the limit of a known run is another now. */
    boolean isMove() {
        return before != null
                && (!before.startedAt().equals(after.startedAt())
                        || !before.latestAt().equals(after.latestAt()));
    }

    /** What is to be put into the run's life, in order. */
    List<Noted> notes() {
        List<Noted> notes = new ArrayList<>();
        if (before == null) {
            notes.add(new Noted(after.asStarted(), What.STARTED, null));
            ending().ifPresent(what -> notes.add(new Noted(after, what, null)));
            return notes;
        }
        if (isMove()) {
            notes.add(new Noted(before, What.MOVED, null));
        }
        withdrawn.forEach(threshold -> notes.add(new Noted(before, What.WITHDRAWN, threshold.name())));
        if (before.pausedAt() == null && after.pausedAt() != null) {
            notes.add(new Noted(after, What.PAUSED, null));
        } else if (before.pausedAt() != null && after.pausedAt() == null && after.isOpen()) {
            notes.add(new Noted(after, What.RESUMED, null));
        }
        if (before.isOpen() != after.isOpen() || !Objects.equals(before.stoppedAt(), after.stoppedAt())) {
            notes.add(
                    after.isOpen()
                            ? new Noted(before, What.REOPENED, null)
                            : new Noted(after, ending().orElseThrow(), null));
        }
        return notes;
    }

    /** What was announced and no longer holds. */
    List<Threshold> undone() {
        return announced(withdrawn);
    }

    /** The highest of what was announced, if those who were told must hear that it is over or does not hold. */
    Optional<Threshold> toResolve() {
        if (before == null) {
            return Optional.empty();
        }
        boolean isOver = before.isOpen() && !after.isOpen();
        return (isOver ? announced(before.thresholds()) : undone()).stream().max(BY_RANK);
    }

    private Optional<What> ending() {
        if (after.waivedAt() != null) {
            return Optional.of(What.WAIVED);
        }
        if (after.stoppedAt() != null) {
            return Optional.of(What.STOPPED);
        }
        return after.endedAt() == null ? Optional.empty() : Optional.of(What.CANCELLED);
    }

    /** What is on record of a threshold stays, as long as it is still passed. */
    private Threshold keepRecord(Threshold threshold, SlaClock told, @Nullable Instant acknowledgedAt, Instant now) {
        boolean isSpared = threshold.kind() == Threshold.Kind.ESCALATION
                && acknowledgedAt != null
                && threshold.at().isAfter(acknowledgedAt);
        Optional<Threshold> earlier = recorded().stream()
                .filter(one -> one.name().equals(threshold.name()))
                .findFirst();
        if (earlier.isPresent()) {
            boolean wasSpared = earlier.get().outcome() == Threshold.Outcome.ACKNOWLEDGED;
            if (wasSpared ? isSpared : told.isPassed(threshold.at(), now)) {
                return threshold.like(earlier.get());
            }
            if (!wasSpared) {
                withdrawn.add(earlier.get());
            }
        }
        return isSpared ? threshold.recorded(Threshold.Outcome.ACKNOWLEDGED, now, false) : threshold;
    }

    /** Nobody needs a warning of what is met by now; a breach is told all the same. */
    private static SlaClock overtakenByTheStop(SlaClock told, Instant now) {
        List<Threshold> due = told.due(now);
        if (told.isOpen() || due.stream().anyMatch(threshold -> threshold.kind() != Threshold.Kind.WARNING)) {
            return told;
        }
        return told.with(told.thresholds().stream()
                .map(threshold -> due.contains(threshold)
                        ? threshold.recorded(Threshold.Outcome.OVERTAKEN, now, true)
                        : threshold)
                .toList());
    }

    private List<Threshold> recorded() {
        return before == null
                ? List.of()
                : before.thresholds().stream().filter(Threshold::isOnRecord).toList();
    }

    private static List<Threshold> announced(List<Threshold> thresholds) {
        return thresholds.stream()
                .filter(threshold -> threshold.outcome() == Threshold.Outcome.ANNOUNCED)
                .toList();
    }
}
