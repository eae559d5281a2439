package org.tumorboard.web;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.tumorboard.inbox.InboxOutcomes;
import org.tumorboard.operations.OperationsReader;
import org.tumorboard.operations.Reading;
import org.tumorboard.pathway.JobIncidents;
import org.tumorboard.pathway.RecentLateness;
import org.tumorboard.pathway.SelfCheckResults;

/**
 * How the engine runs, as page and API say it. Times are seconds.
 *
 * @param asOf now
 * @param readAt when what comes from the database was read; null if it could not be since this node started
 * @param databaseAnswers whether that was now
 * @param troubles what is wrong now, the worst first
 * @param letters records that were ever refused
 */
record OperationsView(
        Instant asOf,
        @Nullable Instant readAt,
        boolean databaseAnswers,
        List<Trouble> troubles,
        List<InboxOutcomes.OfOutcome> inbox,
        @Nullable Outbox outbox,
        List<Channel> channels,
        List<DepartmentRow> departments,
        @Nullable Timers timers,
        @Nullable SelfCheck selfCheck,
        List<JobIncidents.Incident> incidents,
        long letters) {

    /** @param oldest seconds; 0 if nothing waits */
    record Outbox(long waiting, long oldest, List<Topic> topics) {}

    record Topic(String topic, long waiting, long oldest) {}

    record Channel(String channel, long waiting, long oldest, long setAside) {}

    /**
     * @param overdue seconds that the most overdue one has waited
     * @param failed on every try
     * @param announcements the last ones of this node, from which the lateness is told; 0 if it made none yet
     */
    record Timers(
            double overdue,
            long failed,
            int announcements,
            @Nullable Double latenessP50,
            @Nullable Double latenessP99,
            @Nullable Double latenessMax) {}

    record SelfCheck(Instant ranAt, int overlooked, int unmended, @Nullable Instant foundAt, @Nullable Integer found) {}

    static OperationsView of(
            OperationsReader.Answer answer,
            List<DepartmentRow> departments,
            boolean takesEvents,
            RecentLateness.@Nullable Figures lateness,
            Words words,
            Instant now) {
        List<Trouble> troubles = Troubles.of(answer, departments, takesEvents, words, now);
        Reading reading = answer.reading();
        if (reading == null) {
            return new OperationsView(
                    now, null, false, troubles, List.of(), null, List.of(), departments, null, null, List.of(), 0);
        }
        return new OperationsView(
                now,
                reading.at(),
                answer.isOfNow(),
                troubles,
                reading.outcomes(),
                outbox(reading),
                reading.channels().stream()
                        .map(channel -> new Channel(
                                channel.channel(),
                                channel.waiting(),
                                channel.oldest().toSeconds(),
                                channel.setAside()))
                        .toList(),
                departments,
                timers(reading, lateness),
                selfCheck(reading.selfCheck()),
                reading.incidents(),
                reading.letters());
    }

    private static Outbox outbox(Reading reading) {
        return new Outbox(
                reading.outbox().waiting(),
                reading.outbox().oldest().toSeconds(),
                reading.topics().stream()
                        .map(topic -> new Topic(
                                topic.topic(), topic.waiting(), topic.oldest().toSeconds()))
                        .toList());
    }

    private static Timers timers(Reading reading, RecentLateness.@Nullable Figures lateness) {
        double overdue = seconds(reading.timers().overdue());
        long failed = reading.timers().failed();
        return lateness == null
                ? new Timers(overdue, failed, 0, null, null, null)
                : new Timers(
                        overdue,
                        failed,
                        lateness.announcements(),
                        seconds(lateness.half()),
                        seconds(lateness.ninetyNineInAHundred()),
                        seconds(lateness.latest()));
    }

    private static @Nullable SelfCheck selfCheck(SelfCheckResults.@Nullable Result last) {
        return last == null
                ? null
                : new SelfCheck(last.ranAt(), last.overlooked(), last.unmended(), last.foundAt(), last.found());
    }

    private static double seconds(Duration duration) {
        return duration.toMillis() / 1000.0;
    }
}
