package org.tumorboard.inbox;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.tumorboard.event.Department;
import org.tumorboard.event.InboundEvent;
import org.tumorboard.event.Outcome;

/**
 * Counts what became of events, once it is committed, and how long that took. Every meter is there from the start, so that
 * a rate is told from the first event on.
 */
@Component
class InboxMeter {

    /** Of a failed event that had waited, nobody knows the department at hand. */
    private static final String UNKNOWN = "unknown";

    private static final Duration[] DELAYS = {
        Duration.ofSeconds(1),
        Duration.ofSeconds(10),
        Duration.ofMinutes(1),
        Duration.ofMinutes(5),
        Duration.ofMinutes(15),
        Duration.ofHours(1),
        Duration.ofHours(4),
        Duration.ofHours(12),
        Duration.ofDays(1),
        Duration.ofDays(3),
        Duration.ofDays(7)
    };

    private static final Duration[] LATENCIES = {
        Duration.ofMillis(10),
        Duration.ofMillis(25),
        Duration.ofMillis(50),
        Duration.ofMillis(100),
        Duration.ofMillis(250),
        Duration.ofMillis(500),
        Duration.ofSeconds(1),
        Duration.ofSeconds(5),
        Duration.ofSeconds(30)
    };

    private final Map<String, Map<Outcome, Counter>> events = new HashMap<>();
    private final Map<String, Timer> delays = new HashMap<>();
    private final Counter duplicates;
    private final Map<String, Counter> reused = new HashMap<>();
    private final Map<String, Counter> droppedFields = new HashMap<>();
    private final Map<String, Counter> foreignKeys = new HashMap<>();
    private final Timer apply;

    InboxMeter(MeterRegistry registry) {
        for (Department department : Department.values()) {
            String slug = department.slug();
            events.put(slug, counters(registry, slug));
            delays.put(
                    slug,
                    Timer.builder("tumorboard.inbox.delay")
                            .description("From the clinical time of an event to its application")
                            .tag("department", slug)
                            .serviceLevelObjectives(DELAYS)
                            .register(registry));
        }
        for (Department department : Department.values()) {
            String slug = department.slug();
            reused.put(
                    slug,
                    counter(
                            registry,
                            slug,
                            "reused",
                            "Records whose id had been used for an event with other content"));
            droppedFields.put(slug, counter(registry, slug, "dropped.fields", "Fields that no schema knows"));
            foreignKeys.put(
                    slug, counter(registry, slug, "foreign.keys", "Records whose key is another than the patient's"));
        }
        events.put(UNKNOWN, counters(registry, UNKNOWN));
        duplicates = Counter.builder("tumorboard.inbox.duplicates")
                .description("Records that had been here before")
                .register(registry);
        apply = Timer.builder("tumorboard.inbox.apply")
                .description("From the poll that brought a record to the commit of its batch, for each record")
                .serviceLevelObjectives(LATENCIES)
                .register(registry);
    }

    private static Counter counter(MeterRegistry registry, String department, String name, String description) {
        return Counter.builder("tumorboard.inbox." + name)
                .description(description)
                .tag("department", department)
                .register(registry);
    }

    private static Map<Outcome, Counter> counters(MeterRegistry registry, String department) {
        Map<Outcome, Counter> counters = new EnumMap<>(Outcome.class);
        for (Outcome outcome : Outcome.values()) {
            counters.put(
                    outcome,
                    Counter.builder("tumorboard.inbox.events")
                            .description(
                                    "Outcomes put on record: an event that waited counts again when it is released")
                            .tag("outcome", outcome.name())
                            .tag("department", department)
                            .register(registry));
        }
        return counters;
    }

    /** Counts what a batch put on record. */
    void count(Batch.Result result, Instant now) {
        duplicates.increment(result.duplicates());
        result.reused().forEach(sender -> reused.get(sender.slug()).increment());
        result.entries().forEach(this::countRemarks);
        result.entries().forEach(entry -> count(entry.outcome(), entry.department(), entry.time(), now));
        result.released().forEach((event, outcome) -> count(outcome, department(event), event.time(), now));
    }

    private void countRemarks(InboxEntry entry) {
        droppedFields.get(entry.department()).increment(entry.remarks().droppedFields());
        if (entry.remarks().isKeyForeign()) {
            foreignKeys.get(entry.department()).increment();
        }
    }

    void countFailure(@Nullable Department sender) {
        count(Outcome.FAILED, sender == null ? UNKNOWN : sender.slug(), null, Instant.MIN);
    }

    void countRefusal(Department sender) {
        count(Outcome.REFUSED, sender.slug(), null, Instant.MIN);
    }

    /** These records of one batch are committed, that long after the poll that brought them. */
    void applied(int records, Duration sincePoll) {
        for (int record = 0; record < records; record++) {
            apply.record(sincePoll);
        }
    }

    private void count(Outcome outcome, String department, @Nullable Instant time, Instant now) {
        events.get(department).get(outcome).increment();
        if (outcome == Outcome.APPLIED && time != null) {
            Duration delay = Duration.between(time, now);
            delays.get(department).record(delay.isNegative() ? Duration.ZERO : delay);
        }
    }

    private static String department(InboundEvent event) {
        return event.type().department().slug();
    }
}
