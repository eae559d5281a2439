package org.tumorboard.pathway;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.LocalTime;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How long what is kept.
 *
 * @param engineHistory whole days after the end of a process until the engine removes its own history of it
 * @param cleanupFrom time of day, UTC, from which the engine may remove; empty: it removes nothing
 * @param cleanupTo until when; earlier than {@code cleanupFrom}: on the next day
 * @param contents after the end of a case, and since they came, until the contents of events, messages and closed steps
 *     are cleared; always longer than the engine's history, which could not be understood without them
 * @param clearEvery how often contents are looked through
 */
@ConfigurationProperties("tumorboard.retention")
public record Retention(
        @DefaultValue("3650d") Duration engineHistory,
        @DefaultValue("01:00") String cleanupFrom,
        @DefaultValue("05:00") String cleanupTo,
        @DefaultValue("4380d") Duration contents,
        @DefaultValue("1h") Duration clearEvery) {

    private static final Duration LONGEST = Duration.ofDays(36_500);

    public Retention {
        expect(
                engineHistory.compareTo(Duration.ofDays(1)) >= 0
                        && engineHistory.compareTo(LONGEST) <= 0
                        && engineHistory.equals(Duration.ofDays(engineHistory.toDays())),
                "engine-history: expected 1d to 36500d, in whole days, but got " + engineHistory);
        expect(
                contents.compareTo(engineHistory) > 0 && contents.compareTo(LONGEST) <= 0,
                "contents: expected longer than tumorboard.retention.engine-history (%s) and at most 36500d, but got %s"
                        .formatted(engineHistory, contents));
        expect(
                clearEvery.compareTo(Duration.ofMinutes(1)) >= 0 && clearEvery.compareTo(Duration.ofDays(1)) <= 0,
                "clear-every: expected 1m to 1d, but got " + clearEvery);
        expect(
                cleanupFrom.isEmpty() == cleanupTo.isEmpty(),
                "cleanup-to: expected both ends of the window, or none, but got '%s' to '%s'"
                        .formatted(cleanupFrom, cleanupTo));
        expect(isTime(cleanupFrom), "cleanup-from: expected a time such as 01:00, but got '%s'".formatted(cleanupFrom));
        expect(isTime(cleanupTo), "cleanup-to: expected a time such as 05:00, but got '%s'".formatted(cleanupTo));
    }

    /** Whether the engine removes anything by itself. */
    boolean cleansUp() {
        return !cleanupFrom.isEmpty();
    }

    int historyDays() {
        return Math.toIntExact(engineHistory.toDays());
    }

    private static boolean isTime(String text) {
        try {
            return text.isEmpty() || text.length() == 5 && LocalTime.parse(text) != null;
        } catch (DateTimeException e) {
            return false;
        }
    }

    private static void expect(boolean holds, String otherwise) {
        if (!holds) {
            throw new IllegalArgumentException("tumorboard.retention." + otherwise);
        }
    }
}
