package org.tumorboard.operations;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.TimeGauge;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;
import org.tumorboard.inbox.InboxBacklog;
import org.tumorboard.inbox.RetentionLosses;
import org.tumorboard.outbox.OutboxBacklog;
import org.tumorboard.pathway.TimerBacklog;

/** What waits on its way in, on its way out, and for its time. */
@Component
class BacklogGauges {

    private final MeterRegistry meters;
    /** For how long a loss is told as one; then somebody knows. */
    private static final Duration LATELY = Duration.ofDays(1);

    private final LastReading<InboxBacklog.Backlog> inbox;
    private final LastReading<List<RetentionLosses.Loss>> losses;
    private final LastReading<OutboxBacklog.Backlog> outbox;
    private final LastReading<TimerBacklog.Backlog> timers;

    BacklogGauges(
            MeterRegistry meters,
            InboxBacklog inboxBacklog,
            RetentionLosses retentionLosses,
            OutboxBacklog outboxBacklog,
            TimerBacklog timerBacklog) {
        this.meters = meters;
        inbox = new LastReading<>("the inbox", inboxBacklog::read);
        losses = new LastReading<>("losses of the inbox", () -> retentionLosses.noticedWithin(LATELY));
        outbox = new LastReading<>("the outbox", outboxBacklog::read);
        timers = new LastReading<>("the timers", timerBacklog::read);
        parked("under-1h", InboxBacklog.Backlog::parkedNew);
        parked("1h-to-24h", InboxBacklog.Backlog::parkedHours);
        parked("over-24h", InboxBacklog.Backlog::parkedDays);
        age("tumorboard.inbox.parked.oldest", "Age of the oldest parked event", inbox, InboxBacklog.Backlog::oldest);
        count(
                "tumorboard.inbox.failed",
                "Events set aside because applying them failed, to be re-driven",
                inbox,
                InboxBacklog.Backlog::failed);
        count(
                "tumorboard.inbox.facts.not.taken",
                "Treatments, stops and deaths of the last day that were refused or failed, and not sent again",
                inbox,
                InboxBacklog.Backlog::factsNotTaken);
        count(
                "tumorboard.inbox.crowded",
                "How often as many events of one department wait for one patient as may",
                inbox,
                InboxBacklog.Backlog::crowded);
        count(
                "tumorboard.inbox.lost",
                "Records, at most, that were noticed in the last day to have been removed by Kafka before they were read",
                losses,
                last -> last.stream().mapToLong(RetentionLosses.Loss::atMost).sum());
        count(
                "tumorboard.outbox.waiting",
                "Messages that the broker has not acknowledged",
                outbox,
                OutboxBacklog.Backlog::waiting);
        age("tumorboard.outbox.oldest", "Age of the oldest unsent message", outbox, OutboxBacklog.Backlog::oldest);
        age(
                "tumorboard.timer.overdue",
                "How long the most overdue timer of the engine has waited",
                timers,
                TimerBacklog.Backlog::overdue);
        count(
                "tumorboard.timer.failed",
                "Timers and other work of the engine that failed on every try and wait for a person",
                timers,
                TimerBacklog.Backlog::failed);
    }

    @Scheduled(initialDelay = 0, fixedDelayString = "${tumorboard.operations.read-every}")
    void runOnce() {
        inbox.runOnce();
        losses.runOnce();
        outbox.runOnce();
        timers.runOnce();
    }

    void readAgain() {
        inbox.readAgain();
        losses.readAgain();
        outbox.readAgain();
        timers.readAgain();
    }

    private void parked(String age, ToDoubleFunction<InboxBacklog.Backlog> count) {
        Gauge.builder("tumorboard.inbox.parked", inbox, reading -> reading.figure(count))
                .description("Events that wait for their step, by time since they were received")
                .tag("age", age)
                .register(meters);
    }

    private <T> void count(String name, String description, LastReading<T> reading, ToDoubleFunction<T> count) {
        Gauge.builder(name, reading, last -> last.figure(count))
                .description(description)
                .register(meters);
    }

    private <T> void age(String name, String description, LastReading<T> reading, Function<T, Duration> age) {
        TimeGauge.builder(
                        name,
                        reading,
                        TimeUnit.SECONDS,
                        last -> last.figure(read -> age.apply(read).toMillis() / 1000.0))
                .description(description)
                .register(meters);
    }
}
