package org.tumorboard.sla;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.tumorboard.event.CaseId;
import org.tumorboard.sla.ClockChange.What;

/**
 * The clocks of one case while a transaction works on it: kept in step with the ledger, and announced when thresholds
 * are passed. What it changes, and what of that others must be told, is taken from it when the transaction ends.
 */
public final class CaseClocks {

    private final CaseId caseId;
    private final Policies policies;
    private final Map<SlaClock.Key, SlaClock> clocks = new LinkedHashMap<>();
    private final Set<SlaClock.Key> changed = new LinkedHashSet<>();
    private final List<ClockChange> life = new ArrayList<>();
    private final List<Announcement> resolutions = new ArrayList<>();
    private final List<Withdrawal> withdrawals = new ArrayList<>();
    private final Set<SlaClock.Key> moved = new LinkedHashSet<>();

    /** An announced threshold that no longer holds: an escalation that came of it is needless. */
    public record Withdrawal(SlaClock clock, int level) {}

    /** What moved the ledger: the event, and the reason it gave. */
    public record Cause(@Nullable String source, @Nullable String eventId, @Nullable String reason) {

        public static final Cause TIME = new Cause(null, null, null);
    }

    public CaseClocks(CaseId caseId, Policies policies, Collection<SlaClock> stored) {
        this.caseId = caseId;
        this.policies = policies;
        stored.forEach(clock -> clocks.put(clock.key(), clock));
    }

    /** Brings the runs in step with the ledger; doing it again changes nothing. */
    public void follow(Ledger ledger, Instant now, Cause cause) {
        Map<SlaClock.Key, SlaClock> before = Map.copyOf(clocks);
        Map<SlaClock.Key, SlaClock> told = new LinkedHashMap<>();
        new ClockFunction(policies).runs(caseId, ledger, before, now).forEach(run -> told.put(run.key(), run));
        before.forEach((key, run) -> {
            if (!told.containsKey(key)) {
                told.put(key, run.withoutStart());
            }
        });
        told.forEach((key, run) ->
                take(new Reconciliation(before.get(key), run, acknowledged(run, ledger), now), now, cause));
    }

    private void take(Reconciliation news, Instant now, Cause cause) {
        if (!news.isChange()) {
            return;
        }
        put(news.after());
        news.notes().forEach(noted -> note(noted.as(), noted.what(), now, noted.threshold(), cause));
        if (news.isMove()) {
            moved.add(news.after().key());
        }
        news.undone().forEach(threshold -> withdrawals.add(new Withdrawal(news.after(), threshold.level())));
        news.toResolve().ifPresent(highest -> resolutions.add(resolution(news.after(), highest, now)));
    }

    /**
     * Puts on record what is passed and not on record yet, of each run the furthest announced and those before it as
     * overtaken, in the order of time over all runs.
     *
     * @param lateAfter how long after being passed an announcement counts as late
     */
    public List<Announcement> announce(Instant now, Duration lateAfter) {
        List<Announcement> announcements = new ArrayList<>();
        clocks.values().stream()
                .filter(clock -> !clock.due(now).isEmpty())
                .sorted(Comparator.comparing(clock -> clock.due(now).get(0).at()))
                .toList()
                .forEach(clock -> announcements.addAll(announce(clock, now, lateAfter)));
        return announcements;
    }

    private List<Announcement> announce(SlaClock clock, Instant now, Duration lateAfter) {
        List<Threshold> due = clock.due(now);
        Threshold furthest = due.get(due.size() - 1);
        List<Threshold> recorded = clock.thresholds().stream()
                .map(threshold -> !due.contains(threshold)
                        ? threshold
                        : threshold.recorded(
                                threshold == furthest ? Threshold.Outcome.ANNOUNCED : Threshold.Outcome.OVERTAKEN,
                                now,
                                threshold.at().plus(lateAfter).isBefore(now)))
                .toList();
        SlaClock announced = clock.with(recorded);
        put(announced);
        due.forEach(threshold -> note(
                announced, threshold == furthest ? What.ANNOUNCED : What.OVERTAKEN, now, threshold.name(), Cause.TIME));
        List<Announcement> told = new ArrayList<>();
        Announcement.What what =
                furthest.kind() == Threshold.Kind.WARNING ? Announcement.What.WARNING : Announcement.What.BREACHED;
        told.add(new Announcement(
                what,
                announced,
                furthest.name(),
                furthest.level(),
                row(clock).groups(furthest.level()),
                furthest.at(),
                furthest.at().plus(lateAfter).isBefore(now)));
        if (!announced.isOpen()) {
            told.add(resolution(announced, now));
        }
        return told;
    }

    /** Puts into a run's life that somebody took over; the ladder itself follows from the ledger. */
    public void acknowledged(SlaClock run, Instant now, Cause cause) {
        note(run, What.ACKNOWLEDGED, now, null, cause);
    }

    /** The nearest threshold of all runs that is not on record; empty if none will be passed unless something happens. */
    public Optional<Instant> nearest() {
        return clocks.values().stream()
                .flatMap(clock -> clock.nextToAnnounce().stream())
                .map(Threshold::at)
                .min(Comparator.naturalOrder());
    }

    public Collection<SlaClock> all() {
        return List.copyOf(clocks.values());
    }

    public Optional<SlaClock> run(String clock, String anchor) {
        return Optional.ofNullable(clocks.get(new SlaClock.Key(clock, anchor)));
    }

    /** The open run of a clock, if it has one. */
    public Optional<SlaClock> open(String clock) {
        return clocks.values().stream()
                .filter(run -> run.clock().equals(clock) && run.isOpen())
                .findFirst();
    }

    /** The runs that are to be saved. */
    public List<SlaClock> changed() {
        return changed.stream().map(clocks::get).toList();
    }

    /** Names of the clocks whose limits moved while a run was known. */
    public Set<String> moved() {
        Set<String> names = new LinkedHashSet<>();
        moved.forEach(key -> names.add(key.clock()));
        return names;
    }

    public List<ClockChange> life() {
        return life;
    }

    /** What those must be told who were warned of a clock that is over or whose warning no longer holds; only once. */
    public List<Announcement> takeResolutions() {
        List<Announcement> taken = List.copyOf(resolutions);
        resolutions.clear();
        return taken;
    }

    /** The announcements that no longer hold; only once. */
    public List<Withdrawal> takeWithdrawals() {
        List<Withdrawal> taken = List.copyOf(withdrawals);
        withdrawals.clear();
        return taken;
    }

    private static @Nullable Instant acknowledged(SlaClock run, Ledger ledger) {
        return ledger.adjustments(run.clock(), Adjustment.ACKNOWLEDGED).stream()
                .map(Milestone::at)
                .filter(at -> !at.isBefore(run.startedAt()) && (run.isOpen() || !run.isOver(at)))
                .findFirst()
                .orElse(null);
    }

    private Announcement resolution(SlaClock clock, Instant at) {
        Threshold highest = clock.thresholds().stream()
                .filter(threshold -> threshold.outcome() == Threshold.Outcome.ANNOUNCED)
                .max(Comparator.comparing(Threshold::level).thenComparing(Threshold::at))
                .orElseThrow(() ->
                        new IllegalStateException("case %s, clock %s: expected something announced, but nothing is"
                                .formatted(caseId, clock.clock())));
        return resolution(clock, highest, at);
    }

    private Announcement resolution(SlaClock clock, Threshold highest, Instant at) {
        Instant happened = clock.stoppedAt() == null ? at : clock.stoppedAt();
        return new Announcement(
                Announcement.What.RESOLVED,
                clock,
                highest.name(),
                highest.level(),
                row(clock).groups(highest.level()),
                happened,
                false);
    }

    private ClockPolicy row(SlaClock clock) {
        return policies.version(clock.policyVersion()).row(clock.clock(), clock.urgency(), false);
    }

    private void put(SlaClock clock) {
        clocks.put(clock.key(), clock);
        changed.add(clock.key());
    }

    private void note(SlaClock as, What what, Instant now, @Nullable String threshold, Cause cause) {
        life.add(new ClockChange(
                caseId,
                as.clock(),
                as.anchor(),
                now,
                what,
                as.state(now),
                as.startedAt(),
                as.latestAt(),
                threshold,
                cause.reason(),
                cause.source(),
                cause.eventId()));
    }
}
