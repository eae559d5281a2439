package org.tumorboard.report;

import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import org.jspecify.annotations.Nullable;
import org.tumorboard.sla.SlaClock;

/**
 * Which of a filter's runs a number of the statistics counted.
 *
 * @param verdict null for all
 * @param hour of the day at which it was decided, 0–23
 * @param fromHours least time from start to stop, in hours; only runs that were stopped
 * @param toHours before which that time lies
 * @param protocol null for all
 */
public record RunSelection(
        DecidedRun.@Nullable Verdict verdict,
        @Nullable Integer hour,
        @Nullable DayOfWeek weekday,
        @Nullable Integer fromHours,
        @Nullable Integer toHours,
        @Nullable Protocol protocol) {

    /** Every decided run. */
    public static final RunSelection ALL = new RunSelection(null, null, null, null, null, null);

    /** Which windows of resection are meant. */
    public enum Protocol {
        /** The resection began before the protocol no longer held. */
        KEPT,
        /** It is certain whether it did. */
        CERTAIN
    }

    boolean takes(DecidedRun decided, ZoneId zone, Instant now) {
        return (verdict == null || decided.is(verdict))
                && (hour == null || hour == Breaches.hour(decided, zone))
                && (weekday == null || weekday == Breaches.weekday(decided, zone))
                && tookAsLong(decided.run())
                && keptProtocol(decided.run(), now);
    }

    private boolean tookAsLong(SlaClock run) {
        if (fromHours == null && toHours == null) {
            return true;
        }
        Duration elapsed = run.elapsed();
        return elapsed != null
                && (fromHours == null || elapsed.compareTo(Duration.ofHours(fromHours)) >= 0)
                && (toHours == null || elapsed.compareTo(Duration.ofHours(toHours)) < 0);
    }

    private boolean keptProtocol(SlaClock run, Instant now) {
        if (protocol == null) {
            return true;
        }
        Boolean kept = WindowFigures.keptProtocol(run, now);
        return kept != null && (kept || protocol == Protocol.CERTAIN);
    }
}
