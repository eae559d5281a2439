package org.tumorboard.inbox;

import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * When a department was last heard, how often it usually is, and what waits for it.
 *
 * @param lastEventAt when its last event was received; null if none ever was
 * @param lastByHandAt when one of its steps was last completed by hand; null if none was of late
 * @param usually the longest silence of a usual day; null if it has no regular rhythm
 * @param awaited open steps that its events would close
 * @param overdue how many of them are past their deadline
 * @param overdueSince the first of these deadlines
 * @param topic what waits there; null if the broker does not answer at all
 * @param silentAfter a shorter silence is none
 * @param lateAfter a shorter delay is none
 */
public record DepartmentPulse(
        String department,
        @Nullable Instant lastEventAt,
        @Nullable Instant lastByHandAt,
        @Nullable Duration usually,
        int awaited,
        int overdue,
        @Nullable Instant overdueSince,
        @Nullable TopicState topic,
        Duration silentAfter,
        Duration lateAfter) {

    /** How it stands, the worst first. */
    public enum Standing {
        /** Its events are there, but the engine is behind with taking them. */
        DELAYED,
        /** Its events are there, but behind a transaction of its own that it does not end. */
        WITHHELD,
        /** Silent beyond its rhythm, and steps wait for it. */
        SILENT_WHILE_AWAITED,
        /** Silent beyond its rhythm; nothing waits for it now. */
        SILENT,
        HEARD,
        /** It has no regular rhythm, and no overdue step waits for it: nothing tells silence from having nothing to say. */
        NOTHING_TO_SAY;

        public boolean isRisk() {
            return compareTo(HEARD) < 0;
        }
    }

    public Standing standing(Instant now) {
        if (isDelayed()) {
            return Standing.DELAYED;
        }
        if (isWithheld()) {
            return Standing.WITHHELD;
        }
        if (isSilent(now)) {
            return awaited > 0 ? Standing.SILENT_WHILE_AWAITED : Standing.SILENT;
        }
        return usually == null && overdue == 0 ? Standing.NOTHING_TO_SAY : Standing.HEARD;
    }

    /** Whether the silence is the engine's own: events wait to be taken. */
    private boolean isDelayed() {
        Duration delay = delay();
        return delay != null && delay.compareTo(lateAfter) > 0;
    }

    /** Whether it looks punctual or silent only because nobody may read what it sent. */
    private boolean isWithheld() {
        return topic != null
                && topic.withheld() != null
                && topic.withheld().over().compareTo(lateAfter) > 0;
    }

    /** Events on its topic that were not taken yet; null if the broker does not say. */
    public @Nullable Long untaken() {
        return topic == null || topic.waiting() == null ? null : topic.waiting().untaken();
    }

    /** Age of the oldest of them; zero if there is none, null if the broker does not say. */
    public @Nullable Duration delay() {
        return topic == null || topic.waiting() == null ? null : topic.waiting().oldest();
    }

    /** By its own rhythm; without one, only an overdue step tells that it should have said something. */
    private boolean isSilent(Instant now) {
        if (usually != null) {
            return isLongAgo(Objects.requireNonNull(lastEventAt), now);
        }
        return overdue > 0
                && Stream.of(lastEventAt, lastByHandAt, overdueSince)
                        .filter(Objects::nonNull)
                        .max(Comparator.naturalOrder())
                        .filter(last -> isLongAgo(last, now))
                        .isPresent();
    }

    private boolean isLongAgo(Instant last, Instant now) {
        return Duration.between(last, now).compareTo(silentAfter) > 0;
    }

    /** Since its last event; null if there never was one. */
    public @Nullable Duration silence(Instant now) {
        return lastEventAt == null ? null : Duration.between(lastEventAt, now);
    }
}
