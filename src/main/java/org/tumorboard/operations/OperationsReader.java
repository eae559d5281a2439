package org.tumorboard.operations;

import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.tumorboard.channel.ChannelBacklog;
import org.tumorboard.inbox.InboxBacklog;
import org.tumorboard.inbox.InboxOutcomes;
import org.tumorboard.inbox.RefusedRecords;
import org.tumorboard.inbox.RetentionLosses;
import org.tumorboard.outbox.OutboxBacklog;
import org.tumorboard.pathway.JobIncidents;
import org.tumorboard.pathway.SelfCheckResults;
import org.tumorboard.pathway.TimerBacklog;

/** Tells how things stand, or how they stood when that could last be read. */
@Component
public final class OperationsReader {

    private static final int INCIDENTS = 50;

    /** A weekend and the days after it: nobody can mend it, somebody must have read it. */
    private static final Duration LOSSES_TOLD_FOR = Duration.ofDays(7);

    private final ReadInTime inTime;
    private final InboxBacklog inbox;
    private final InboxOutcomes outcomes;
    private final OutboxBacklog outbox;
    private final ChannelBacklog channels;
    private final TimerBacklog timers;
    private final SelfCheckResults selfCheck;
    private final JobIncidents incidents;
    private final RefusedRecords letters;
    private final RetentionLosses losses;
    private final Clock clock;
    private volatile @Nullable Reading last;

    OperationsReader(
            ReadInTime inTime,
            InboxBacklog inbox,
            InboxOutcomes outcomes,
            OutboxBacklog outbox,
            ChannelBacklog channels,
            TimerBacklog timers,
            SelfCheckResults selfCheck,
            JobIncidents incidents,
            RefusedRecords letters,
            RetentionLosses losses,
            Clock clock) {
        this.inTime = inTime;
        this.inbox = inbox;
        this.outcomes = outcomes;
        this.outbox = outbox;
        this.channels = channels;
        this.timers = timers;
        this.selfCheck = selfCheck;
        this.incidents = incidents;
        this.letters = letters;
        this.losses = losses;
        this.clock = clock;
    }

    /**
     * @param reading null if it could never be read since the start
     * @param isOfNow false if the database did not answer, and this is what it said last
     */
    public record Answer(@Nullable Reading reading, boolean isOfNow) {}

    public Answer read() {
        Optional<Reading> now = inTime.read("how things stand", this::readNow);
        now.ifPresent(reading -> last = reading);
        return now.map(reading -> new Answer(reading, true)).orElseGet(() -> new Answer(last, false));
    }

    private Reading readNow() {
        return new Reading(
                clock.instant(),
                inbox.read(),
                outcomes.read(),
                outbox.read(),
                outbox.byTopic(),
                channels.read(),
                timers.read(),
                selfCheck.last().orElse(null),
                incidents.list(INCIDENTS),
                letters.count(),
                losses.noticedWithin(LOSSES_TOLD_FOR));
    }
}
