package org.tumorboard.pathway;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.camunda.bpm.engine.impl.interceptor.Command;
import org.camunda.bpm.engine.impl.jobexecutor.AcquireJobsCommandFactory;
import org.camunda.bpm.engine.impl.jobexecutor.AcquiredJobs;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.annotation.Lazy;
import org.springframework.stereotype.Component;

/**
 * Nothing is called late while what departments said of it waits to be read: after a stop, an outage of the database or a
 * restore, timers, the self-check and overdue acknowledgements let the inbox catch up first. Not for long, since a
 * patient's clock must not hang on an inbox that does not get on.
 */
@Component
class CatchUp {

    /** How long timers wait in one stretch; an estimate of ours: some ten thousand events. */
    static final Duration AT_MOST = Duration.ofMinutes(2);

    private static final Logger LOG = LoggerFactory.getLogger(CatchUp.class);

    private final UnreadEvents unread;
    private final Clock clock;
    private @Nullable Instant since;
    private boolean isWaiting;

    CatchUp(@Lazy UnreadEvents unread, Clock clock) {
        this.unread = unread;
        this.clock = clock;
    }

    /** Asked by whoever has reached the database just before, so that an outage of it does not count. */
    synchronized boolean isUnderWay() {
        boolean wasWaiting = isWaiting;
        if (!unread.areBehind()) {
            since = null;
            isWaiting = false;
        } else {
            if (since == null) {
                since = clock.instant();
            }
            isWaiting = clock.instant().isBefore(since.plus(AT_MOST));
        }
        if (isWaiting && !wasWaiting) {
            LOG.info("timers wait, at most {} s: events that were sent before are read first", AT_MOST.toSeconds());
        } else if (wasWaiting && !isWaiting) {
            LOG.info("timers go on: {}", since == null ? "the inbox has caught up" : "the inbox is still behind");
        }
        return isWaiting;
    }

    /** The engine finds no timers due meanwhile. */
    AcquireJobsCommandFactory before(AcquireJobsCommandFactory usual) {
        return atMost -> {
            Command<AcquiredJobs> acquire = usual.getCommand(atMost);
            return context -> isUnderWay() ? new AcquiredJobs(atMost) : acquire.execute(context);
        };
    }
}
