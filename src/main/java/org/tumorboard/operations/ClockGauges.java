package org.tumorboard.operations;

import static java.util.stream.Collectors.counting;
import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.toMap;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.springframework.boot.context.event.ApplicationStartedEvent;
import org.springframework.context.event.EventListener;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;
import org.tumorboard.report.ClockFigures;
import org.tumorboard.report.ClockStatistics;
import org.tumorboard.report.RunFilter;
import org.tumorboard.sla.ClockState;
import org.tumorboard.sla.Policies;
import org.tumorboard.sla.SlaClock;
import org.tumorboard.sla.SlaClocks;

/** The open clocks by state, and how many were on time of late. */
@Component
class ClockGauges {

    private static final List<ClockState> OPEN =
            List.of(ClockState.RUNNING, ClockState.WARNED, ClockState.BREACHED, ClockState.PAUSED);

    private static final Duration PERIOD = Duration.ofDays(30);

    private final MeterRegistry meters;
    private final Policies policies;
    private final SlaClocks clocks;
    private final ClockStatistics statistics;
    private final Clock clock;
    private final LastReading<Figures> reading = new LastReading<>("the clocks", this::read);

    ClockGauges(MeterRegistry meters, Policies policies, SlaClocks clocks, ClockStatistics statistics, Clock clock) {
        this.meters = meters;
        this.policies = policies;
        this.clocks = clocks;
        this.statistics = statistics;
        this.clock = clock;
    }

    private record Run(String clock, ClockState state) {}

    private record Figures(Map<Run, Long> open, Map<String, ClockFigures> decided) {

        double onTimeRate(String name) {
            ClockFigures figures = decided.get(name);
            return figures == null || figures.onTimeRate() == null ? Double.NaN : figures.onTimeRate();
        }

        double decided(String name) {
            return decided.containsKey(name) ? decided.get(name).n() : 0;
        }
    }

    /** Every clock of the policy, from the start on. */
    @EventListener(ApplicationStartedEvent.class)
    void register() {
        for (String name : policies.current().clocks()) {
            for (ClockState state : OPEN) {
                Run run = new Run(name, state);
                Gauge.builder(
                                "tumorboard.sla.clocks",
                                reading,
                                last -> last.figure(read -> read.open().getOrDefault(run, 0L)))
                        .description("Open runs of the clock, by state")
                        .tag("clock", name)
                        .tag("state", state.name())
                        .register(meters);
            }
            Gauge.builder("tumorboard.sla.on.time.rate", reading, last -> last.figure(read -> read.onTimeRate(name)))
                    .description("Share of the clock's runs decided in the last 30 days that were on time")
                    .tag("clock", name)
                    .register(meters);
            Gauge.builder("tumorboard.sla.decided", reading, last -> last.figure(read -> read.decided(name)))
                    .description("The clock's runs decided in the last 30 days")
                    .tag("clock", name)
                    .register(meters);
        }
    }

    @Scheduled(initialDelay = 0, fixedDelayString = "${tumorboard.operations.read-every}")
    void runOnce() {
        reading.runOnce();
    }

    void readAgain() {
        reading.readAgain();
    }

    private Figures read() {
        Instant now = clock.instant();
        List<SlaClock> open = clocks.open();
        return new Figures(
                open.stream().collect(groupingBy(run -> new Run(run.clock(), run.state(now)), counting())),
                statistics
                        .period(new RunFilter(now.minus(PERIOD), now, null, null, null), now)
                        .clocks(name -> 1)
                        .stream()
                        .collect(toMap(ClockFigures::clock, figures -> figures)));
    }
}
