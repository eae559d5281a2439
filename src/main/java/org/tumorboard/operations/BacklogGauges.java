package org.tumorboard.operations;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.TimeGauge;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;
import org.tumorboard.inbox.InboxBacklog;
import org.tumorboard.outbox.OutboxBacklog;
import org.tumorboard.pathway.TimerBacklog;

/** What waits on its way in, on its way out, and for its time. */
@Component
class BacklogGauges {

    private final MeterRegistry meters;
    private final LastReading<InboxBacklog.Backlog> inbox;
    private final LastReading<OutboxBacklog.Backlog> outbox;
    private final LastReading<TimerBacklog.Backlog> timers;

    BacklogGauges(
            MeterRegistry meters, InboxBacklog inboxBacklog, OutboxBacklog outboxBacklog, TimerBacklog timerBacklog) {
        this.meters = meters;
        inbox = new LastReading<>("the inbox", inboxBacklog::read);
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
        outbox.runOnce();
        timers.runOnce();
    }

    void readAgain() {
        inbox.readAgain();
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
