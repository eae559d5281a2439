package org.tumorboard.report;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.tumorboard.event.CaseId;
import org.tumorboard.event.Urgency;
import org.tumorboard.sla.SlaClock;

/** A run of a clock as a test tells it: started, limited, stopped. */
public record ARun(
        String caseId,
        String clock,
        String department,
        Urgency urgency,
        Instant started,
        Instant earliest,
        Instant latest,
        Instant outOfProtocol,
        Instant stopped,
        Instant ended,
        Instant paused,
        Instant waived) {

    public static ARun of(String clock, Instant started, Duration latest) {
        return new ARun(
                "case-1",
                clock,
                "radiology",
                Urgency.URGENT,
                started,
                null,
                started.plus(latest),
                null,
                null,
                null,
                null,
                null);
    }

    /** From 24 to 48 hours after T0, out of protocol after 168. */
    public static ARun window(Instant t0) {
        ARun run = of("resection-window", t0, Duration.ofHours(48)).by("operating-room");
        return new ARun(
                run.caseId,
                run.clock,
                run.department,
                run.urgency,
                t0,
                t0.plus(Duration.ofHours(24)),
                run.latest,
                t0.plus(Duration.ofHours(168)),
                null,
                null,
                null,
                null);
    }

    public ARun ofCase(String id) {
        return new ARun(
                id,
                clock,
                department,
                urgency,
                started,
                earliest,
                latest,
                outOfProtocol,
                stopped,
                ended,
                paused,
                waived);
    }

    public ARun by(String group) {
        return new ARun(
                caseId,
                clock,
                group,
                urgency,
                started,
                earliest,
                latest,
                outOfProtocol,
                stopped,
                ended,
                paused,
                waived);
    }

    public ARun as(Urgency wanted) {
        return new ARun(
                caseId,
                clock,
                department,
                wanted,
                started,
                earliest,
                latest,
                outOfProtocol,
                stopped,
                ended,
                paused,
                waived);
    }

    public ARun stoppedAfter(Duration elapsed) {
        return stoppedAt(started.plus(elapsed));
    }

    public ARun stoppedAt(Instant at) {
        return new ARun(
                caseId,
                clock,
                department,
                urgency,
                started,
                earliest,
                latest,
                outOfProtocol,
                at,
                ended,
                paused,
                waived);
    }

    public ARun endedAt(Instant at) {
        return new ARun(
                caseId,
                clock,
                department,
                urgency,
                started,
                earliest,
                latest,
                outOfProtocol,
                stopped,
                at,
                paused,
                waived);
    }

    public ARun pausedAt(Instant at) {
        return new ARun(
                caseId,
                clock,
                department,
                urgency,
                started,
                earliest,
                latest,
                outOfProtocol,
                stopped,
                ended,
                at,
                waived);
    }

    public ARun waivedAt(Instant at) {
        return new ARun(
                caseId,
                clock,
                department,
                urgency,
                started,
                earliest,
                latest,
                outOfProtocol,
                stopped,
                ended,
                paused,
                at);
    }

    public SlaClock run() {
        return new SlaClock(
                new CaseId(caseId),
                clock,
                "test " + clock + " " + started,
                urgency,
                1,
                department,
                started,
                "detected",
                started,
                earliest,
                latest,
                outOfProtocol,
                List.of(),
                stopped,
                stopped == null ? null : "incision test 1",
                ended,
                paused,
                waived,
                false,
                null);
    }

    DecidedRun decided(Instant now) {
        return DecidedRun.of(run(), now).orElseThrow();
    }
}
