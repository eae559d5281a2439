package org.tumorboard.operations;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.tumorboard.inbox.DepartmentPulse;
import org.tumorboard.inbox.DepartmentWatch;
import org.tumorboard.inbox.TopicState;

/** Whether departments are silent, and how far the inbox is behind with what they sent. */
@Component
class DepartmentGauges {

    private final MeterRegistry meters;
    private final DepartmentWatch watch;

    DepartmentGauges(MeterRegistry meters, DepartmentWatch watch, Clock clock) {
        this.meters = meters;
        this.watch = watch;
        for (String department : watch.departments()) {
            gauge(
                    "tumorboard.department.silence",
                    "Since the department's last event was received",
                    "seconds",
                    department,
                    pulse -> seconds(pulse.silence(clock.instant())));
            gauge(
                    "tumorboard.department.usual.silence",
                    "The longest silence of a usual day",
                    "seconds",
                    department,
                    pulse -> seconds(pulse.usually()));
            gauge(
                    "tumorboard.department.silent",
                    "1 if the department is silent beyond its rhythm, or although an overdue step waits for it",
                    null,
                    department,
                    pulse -> isSilent(pulse.standing(clock.instant())) ? 1 : 0);
            gauge(
                    "tumorboard.department.awaited",
                    "Open steps that wait for the department's events",
                    null,
                    department,
                    DepartmentPulse::awaited);
            gauge(
                    "tumorboard.inbox.untaken",
                    "Events on the department's topic that the inbox has not taken yet",
                    null,
                    department,
                    pulse -> pulse.untaken() == null ? Double.NaN : pulse.untaken());
            gauge(
                    "tumorboard.inbox.untaken.oldest",
                    "Age of the oldest event that the inbox has not taken yet",
                    "seconds",
                    department,
                    pulse -> seconds(pulse.delay()));
            gauge(
                    "tumorboard.inbox.untaken.sent",
                    "The same by its sender's clock alone; negative if that is ahead",
                    "seconds",
                    department,
                    pulse -> ofWaiting(pulse, TopicState.Waiting::sentAgo));
            gauge(
                    "tumorboard.inbox.untaken.seen",
                    "The same as far as this node has seen it wait",
                    "seconds",
                    department,
                    pulse -> ofWaiting(pulse, TopicState.Waiting::seenFor));
            gauge(
                    "tumorboard.inbox.withheld",
                    "For how long an open transaction of the department has held back what it sent",
                    "seconds",
                    department,
                    DepartmentGauges::withheld);
            gauge(
                    "tumorboard.inbox.unanswered",
                    "Partitions of the department's topic of which the broker says nothing",
                    null,
                    department,
                    DepartmentGauges::unanswered);
        }
    }

    private void gauge(
            String name,
            String description,
            @Nullable String unit,
            String department,
            ToDoubleFunction<DepartmentPulse> figure) {
        Gauge.builder(name, watch, seen -> figure(seen, department, figure))
                .description(description)
                .baseUnit(unit)
                .tag("department", department)
                .register(meters);
    }

    private static double figure(DepartmentWatch watch, String department, ToDoubleFunction<DepartmentPulse> figure) {
        return watch.last().stream()
                .filter(pulse -> pulse.department().equals(department))
                .mapToDouble(figure)
                .findFirst()
                .orElse(Double.NaN);
    }

    private static boolean isSilent(DepartmentPulse.Standing standing) {
        return standing == DepartmentPulse.Standing.SILENT || standing == DepartmentPulse.Standing.SILENT_WHILE_AWAITED;
    }

    private static double ofWaiting(DepartmentPulse pulse, Function<TopicState.Waiting, Duration> age) {
        TopicState topic = pulse.topic();
        return topic == null || topic.waiting() == null ? Double.NaN : seconds(age.apply(topic.waiting()));
    }

    private static double withheld(DepartmentPulse pulse) {
        TopicState topic = pulse.topic();
        if (topic == null || topic.partitions() == 0) {
            return Double.NaN;
        }
        return topic.withheld() == null ? 0 : seconds(topic.withheld().over());
    }

    private static double unanswered(DepartmentPulse pulse) {
        TopicState topic = pulse.topic();
        return topic == null || topic.partitions() == 0
                ? Double.NaN
                : topic.unanswered().size();
    }

    private static double seconds(@Nullable Duration duration) {
        return duration == null ? Double.NaN : duration.toMillis() / 1000.0;
    }
}
