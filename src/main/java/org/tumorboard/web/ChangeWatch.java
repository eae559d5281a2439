package org.tumorboard.web;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;
import org.tumorboard.entry.Entries;
import org.tumorboard.inbox.InboxQueries;
import org.tumorboard.outbox.DepartmentNotifications;
import org.tumorboard.sla.ClockQueries;

/**
 * Tells the viewers of the live pages when they may look different: clocks, milestones, notifications, acknowledgements,
 * events or entries were added on whichever node, a clock passed a threshold or bound, or a minute has gone by. It looks
 * into the database, and only while somebody is there.
 */
@Component
final class ChangeWatch {

    private static final Logger LOG = LoggerFactory.getLogger(ChangeWatch.class);

    static final String CHANGED = "changed";
    static final String HEARTBEAT = "heartbeat";

    private static final Duration SILENCE = Duration.ofSeconds(12);

    private final ClockQueries clocks;
    private final DepartmentNotifications notifications;
    private final InboxQueries events;
    private final Entries entries;
    private final Viewers viewers;
    private final Clock clock;
    private @Nullable Seen seen;
    private long toldAt;
    private boolean failing;

    ChangeWatch(
            ClockQueries clocks,
            DepartmentNotifications notifications,
            InboxQueries events,
            Entries entries,
            Viewers viewers,
            Clock clock) {
        this.clocks = clocks;
        this.notifications = notifications;
        this.events = events;
        this.entries = entries;
        this.viewers = viewers;
        this.clock = clock;
    }

    /**
     * @param rows what all that is shown says of itself, each something else when it changes
     * @param turn when a clock will stand otherwise by time alone
     */
    private record Seen(List<Object> rows, Instant minute, Instant turn) {

        boolean isSameAs(List<Object> nowRows, Instant now) {
            return rows.equals(nowRows) && minute.equals(now.truncatedTo(ChronoUnit.MINUTES)) && now.isBefore(turn);
        }
    }

    @Scheduled(fixedDelay = 1_000)
    void tick() {
        try {
            runOnce();
            failing = false;
        } catch (DataAccessException e) {
            if (!failing) {
                LOG.warn("the dashboard is not live, looking is tried again every second: {}", e.toString());
            }
            failing = true;
        }
    }

    /** Looks once, and tells everybody if something changed or nothing was said for a while. */
    synchronized void runOnce() {
        if (!viewers.isAnybodyThere()) {
            seen = null;
            return;
        }
        if (look()) {
            tell(CHANGED);
        } else if (System.nanoTime() - toldAt > SILENCE.toNanos()) {
            tell(HEARTBEAT);
        }
    }

    /** Remembers how things are before the first viewer comes, so that no change after that is missed. */
    synchronized void begin() {
        if (seen == null) {
            look();
        }
    }

    private boolean look() {
        Instant now = clock.instant();
        List<Object> rows = List.of(
                clocks.fingerprint(),
                notifications.fingerprint(),
                events.newest(),
                Optional.ofNullable(entries.lastChange()));
        if (seen != null && seen.isSameAs(rows, now)) {
            return false;
        }
        clocks.forget();
        seen = new Seen(
                rows, now.truncatedTo(ChronoUnit.MINUTES), clocks.nextTurn(now).orElse(Instant.MAX));
        return true;
    }

    private void tell(String what) {
        toldAt = System.nanoTime();
        viewers.tell(what);
    }
}
