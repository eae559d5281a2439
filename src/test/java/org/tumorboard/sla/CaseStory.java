package org.tumorboard.sla;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.tumorboard.event.CaseId;
import org.tumorboard.event.Urgency;
import org.tumorboard.sla.CaseClocks.Cause;

/** A case's ledger as a test tells it, and its clocks as the engine would keep them. */
final class CaseStory {

    static final Instant DETECTED = Instant.parse("2026-03-02T08:00:00Z");

    private static final CaseId CASE = new CaseId("case-1");
    private static final Duration LATE_AFTER = Duration.ofMinutes(1);

    private final List<Milestone> ledger = new ArrayList<>();
    private final CaseClocks clocks = new CaseClocks(CASE, PolicyFile.shipped(), List.of());
    private final List<Announcement> told = new ArrayList<>();
    private Instant now = DETECTED;

    static CaseStory aCase() {
        return new CaseStory();
    }

    static Milestone entry(String name, Instant at, String eventId) {
        return Milestone.told(CASE, name, at, at, "//hospital.example/test", eventId);
    }

    CaseStory urgency(Urgency urgency, Instant at) {
        return learn(entry(Ledger.milestoneOf(urgency), at, "urgency-" + at));
    }

    /** It happened, and the engine learns of it now. */
    CaseStory happened(String milestone, Instant at) {
        return learn(entry(milestone, at, milestone + "-" + at));
    }

    CaseStory decided(String adjustment, String clock, Instant at) {
        return learn(entry(adjustment, at, adjustment + "-" + clock + "-" + at).about(clock, "TEST"));
    }

    /** The milestone of that name is corrected to another instant, now. */
    CaseStory corrected(String milestone, Instant at) {
        return amend(milestone, at, false);
    }

    CaseStory retracted(String milestone) {
        return amend(milestone, DETECTED, true);
    }

    CaseStory learn(Milestone milestone) {
        ledger.add(milestone);
        clocks.follow(Ledger.of(ledger), now, new Cause(milestone.source(), milestone.eventId(), milestone.reason()));
        told.addAll(clocks.takeResolutions());
        return this;
    }

    /** Time passes, and the watch wakes at every threshold on the way. */
    CaseStory nowIs(Instant instant) {
        for (Instant nudge = nudge(); nudge.isBefore(instant); nudge = nudge()) {
            now = nudge.isAfter(now) ? nudge : now;
            watch();
        }
        now = instant.isAfter(now) ? instant : now;
        return this;
    }

    /** Time passes and nobody watches: an outage. */
    CaseStory sleepsUntil(Instant instant) {
        now = instant;
        return this;
    }

    CaseStory watch() {
        told.addAll(clocks.announce(now, LATE_AFTER));
        return this;
    }

    /** The last run of a clock. */
    SlaClock clock(String name) {
        return runs(name).get(runs(name).size() - 1);
    }

    List<SlaClock> runs(String name) {
        return clocks.all().stream()
                .filter(run -> run.clock().equals(name))
                .sorted(java.util.Comparator.comparing(SlaClock::startedAt))
                .toList();
    }

    List<SlaClock> all() {
        return List.copyOf(clocks.all());
    }

    List<ClockChange> life() {
        return clocks.life();
    }

    ClockState state(String name) {
        return clock(name).state(now);
    }

    Instant now() {
        return now;
    }

    /** What was sent about a clock: {@code sla-warning warn-30h}. */
    List<String> told(String clock) {
        return told.stream()
                .filter(one -> one.clock().clock().equals(clock))
                .map(one -> one.what().notification() + " " + one.threshold() + (one.late() ? " late" : ""))
                .toList();
    }

    List<Announcement> announcements() {
        return told;
    }

    private Instant nudge() {
        return clocks.nearest().map(at -> at.plusMillis(1)).orElse(Instant.MAX);
    }

    private CaseStory amend(String milestone, Instant at, boolean retracts) {
        Milestone first = ledger.stream()
                .filter(one -> one.name().equals(milestone))
                .findFirst()
                .orElseThrow();
        return learn(first.amended(
                at,
                now,
                "TYPING_ERROR",
                new Milestone.Amendment(now, "//hospital.example/test", "fix-" + now, retracts)));
    }
}
