package org.tumorboard.inbox;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.KafkaException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;
import org.tumorboard.event.Department;
import org.tumorboard.pathway.AwaitedWork;
import org.tumorboard.pathway.UnreadEvents;

/**
 * Listens to the silence of departments and to the delay of their events. It looks now and then; pages and metrics
 * are shown what it saw last, so that neither waits for the broker.
 */
@Component
public class DepartmentWatch implements UnreadEvents {

    private static final Logger LOG = LoggerFactory.getLogger(DepartmentWatch.class);

    /** A rhythm of weeks does not change within minutes. */
    private static final Duration LEARN_AGAIN = Duration.ofMinutes(10);

    /** Longer than an event waits at the highest rate that this engine was measured at. */
    private static final Duration USUAL_DELAY = Duration.ofSeconds(15);

    private static final List<String> DEPARTMENTS =
            Arrays.stream(Department.values()).map(Department::slug).toList();

    private final DepartmentRhythms rhythms;
    private final TopicDelays delays;
    private final AwaitedWork work;
    private final SilenceProperties properties;
    private final Clock clock;
    private Map<String, Duration> usual = Map.of();
    private @Nullable Instant learnedAt;
    private volatile List<DepartmentPulse> last = List.of();
    private volatile boolean isBrokerThere = true;

    DepartmentWatch(
            DepartmentRhythms rhythms,
            TopicDelays delays,
            AwaitedWork work,
            SilenceProperties properties,
            Clock clock) {
        this.rhythms = rhythms;
        this.delays = delays;
        this.work = work;
        this.properties = properties;
        this.clock = clock;
    }

    /** Whom it listens to. */
    public List<String> departments() {
        return DEPARTMENTS;
    }

    /** What was seen last, in the order of the departments; empty if that could not be read. */
    public List<DepartmentPulse> last() {
        return last;
    }

    /**
     * As seen last. Nothing is waited for that cannot be read: while the broker does not answer, and what a sender's open
     * transaction holds back.
     */
    @Override
    public boolean areBehind() {
        List<DepartmentPulse> seen = last;
        return seen.isEmpty() || seen.stream().anyMatch(DepartmentWatch::isBehind);
    }

    /** What was there when this node began may be older than its senders' clocks say, and is read first in any case. */
    private static boolean isBehind(DepartmentPulse pulse) {
        Duration delay = pulse.delay();
        TopicState.Waiting waiting = pulse.topic().waiting();
        return delay != null && delay.compareTo(USUAL_DELAY) > 0 || waiting != null && waiting.isFromBefore();
    }

    /** Whether the broker answered when it was asked last. */
    boolean isBrokerThere() {
        return isBrokerThere;
    }

    /** Looks anew. */
    @Scheduled(initialDelay = 0, fixedDelayString = "${tumorboard.operations.read-every}")
    public synchronized void runOnce() {
        try {
            last = read(clock.instant());
        } catch (RuntimeException e) {
            last = List.of();
            LOG.warn("whether departments are silent is unknown: {}", e.toString());
        }
    }

    private List<DepartmentPulse> read(Instant now) {
        learn(now);
        Map<String, Instant> events = rhythms.lastEvents(DEPARTMENTS, now);
        Map<String, Instant> byHand = rhythms.lastByHand(now.minus(properties.over()));
        Map<String, AwaitedWork.Awaited> awaited = work.byDepartment(now);
        Map<Department, TopicState> behind = delays(now);
        return Arrays.stream(Department.values())
                .map(department -> pulse(
                        department.slug(),
                        events.get(department.slug()),
                        byHand.get(department.slug()),
                        awaited.getOrDefault(department.slug(), AwaitedWork.Awaited.NOTHING),
                        behind.get(department)))
                .toList();
    }

    private DepartmentPulse pulse(
            String department,
            @Nullable Instant lastEventAt,
            @Nullable Instant lastByHandAt,
            AwaitedWork.Awaited awaited,
            @Nullable TopicState topic) {
        Duration usually = lastEventAt == null ? null : usual.get(department);
        boolean isRare = usually == null || usually.compareTo(properties.atLeast()) < 0;
        return new DepartmentPulse(
                department,
                lastEventAt,
                lastByHandAt,
                usually,
                awaited.steps(),
                awaited.overdue(),
                awaited.overdueSince(),
                topic,
                isRare ? properties.atLeast() : usually,
                properties.lateAfter());
    }

    private void learn(Instant now) {
        if (learnedAt == null || Duration.between(learnedAt, now).abs().compareTo(LEARN_AGAIN) > 0) {
            usual = rhythms.usual(now.minus(properties.over()), now);
            learnedAt = now;
        }
    }

    /** Empty if the broker does not answer. */
    private Map<Department, TopicState> delays(Instant now) {
        try {
            Map<Department, TopicState> read = delays.read(now);
            isBrokerThere = true;
            return read;
        } catch (KafkaException e) {
            isBrokerThere = false;
            LOG.warn("how far the inbox is behind is unknown: {}", e.toString());
            return Map.of();
        }
    }
}
