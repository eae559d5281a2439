package org.tumorboard.inbox;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.tumorboard.event.Department;
import org.tumorboard.event.Topics;
import org.tumorboard.inbox.FirstRecords.First;
import org.tumorboard.inbox.FirstRecords.Range;
import org.tumorboard.inbox.TopicOffsets.Span;

/**
 * How far the inbox is behind with each department's topic: held against what the database has on record, as reading is.
 * Where no record comes any more, it is also who notices that Kafka removed some.
 */
@Component
class TopicDelays {

    private final TopicOffsets offsets;
    private final FirstRecords records;
    private final PositionTable positions;
    private final RetentionLosses losses;
    private final SeenEnds seen = new SeenEnds();

    /** Since when a transaction holds back what is behind it. */
    private final Map<TopicPartition, HeldBack> heldBack = new HashMap<>();

    /** Partitions whose records were gone at the last look, by what was on record then. */
    private Map<TopicPartition, Long> gone = Map.of();

    TopicDelays(TopicOffsets offsets, FirstRecords records, PositionTable positions, RetentionLosses losses) {
        this.offsets = offsets;
        this.records = records;
        this.positions = positions;
        this.losses = losses;
    }

    private record HeldBack(long stable, Instant since) {}

    /** @param taken the offset after the last record that was taken, or where the log starts if that is later */
    private record Look(Map<TopicPartition, Span> spans, PositionTable.Noted noted, Map<TopicPartition, Long> taken) {}

    /**
     * @return of every department
     * @throws org.apache.kafka.common.KafkaException if the broker does not answer at all
     */
    synchronized Map<Department, TopicState> read(Instant now) {
        TopicOffsets.Answer answer = offsets.read();
        Look look = look(answer.spans());
        look.taken()
                .forEach((partition, taken) ->
                        seen.note(partition, look.spans().get(partition).stable(), taken, now));
        Map<TopicPartition, First> firsts = records.read(untaken(look));
        settle(look, firsts);
        Map<Department, TopicState> states = new EnumMap<>(Department.class);
        for (Department department : Department.values()) {
            List<TopicPartition> partitions = answer.topics().get(Topics.events(department));
            states.put(department, partitions == null ? TopicState.UNKNOWN : state(partitions, look, firsts, now));
        }
        return states;
    }

    private Look look(Map<TopicPartition, Span> spans) {
        PositionTable.Noted noted = positions.read(spans.keySet());
        Map<TopicPartition, Long> taken = new HashMap<>();
        Map<TopicPartition, Long> committed = isAllNoted(spans, noted) ? Map.of() : offsets.committed(spans.keySet());
        spans.forEach((partition, span) -> {
            long otherwise = committed.getOrDefault(partition, span.start());
            Long own = noted.own(partition);
            // a topic that was made anew begins with lower offsets than are on record of the one before
            long next = own != null && own > span.end() ? otherwise : noted.next(partition, otherwise);
            taken.put(partition, Math.max(span.start(), next));
        });
        return new Look(spans, noted, taken);
    }

    private static boolean isAllNoted(Map<TopicPartition, Span> spans, PositionTable.Noted noted) {
        return spans.entrySet().stream().allMatch(entry -> {
            Long own = noted.own(entry.getKey());
            return own != null && own <= entry.getValue().end();
        });
    }

    private static Map<TopicPartition, Range> untaken(Look look) {
        Map<TopicPartition, Range> untaken = new HashMap<>();
        look.taken().forEach((partition, taken) -> {
            long stable = look.spans().get(partition).stable();
            if (taken < stable) {
                untaken.put(partition, new Range(taken, stable));
            }
        });
        return untaken;
    }

    /**
     * Where no record waits, what is on record moves on over offsets without records; else retention would seem to take
     * records with them. What was removed before is told, at the second look: what was read just before may be on record then.
     * Where records wait, the listener comes to the gap before them.
     */
    private void settle(Look look, Map<TopicPartition, First> firsts) {
        Map<TopicPartition, Long> goneNow = new HashMap<>();
        look.taken().forEach((partition, taken) -> {
            Span span = look.spans().get(partition);
            First first = firsts.get(partition);
            boolean isNothingThere = taken >= span.stable() || (first != null && first.sentAt() == null);
            Long noted = look.noted().own(partition);
            if (isNothingThere && (noted == null || noted < span.stable())) {
                if (noted != null && noted < span.start()) {
                    goneNow.put(partition, noted);
                    if (!noted.equals(gone.get(partition))) {
                        return;
                    }
                    losses.notice(partition, noted, span.start());
                }
                positions.pass(partition, noted, span.stable());
            }
        });
        gone = goneNow;
    }

    private TopicState state(
            List<TopicPartition> partitions, Look look, Map<TopicPartition, First> firsts, Instant now) {
        List<Integer> unanswered = new ArrayList<>();
        TopicState.Waiting waiting = null;
        TopicState.Withheld withheld = null;
        for (TopicPartition partition : partitions) {
            TopicState.Waiting here = waiting(partition, look, firsts.get(partition), now);
            TopicState.Withheld heldHere = withheld(partition, look.spans().get(partition), now);
            if (here == null) {
                unanswered.add(partition.partition());
            } else {
                waiting = waiting == null ? here : waiting.and(here);
            }
            if (heldHere != null) {
                withheld = withheld == null ? heldHere : withheld.and(heldHere);
            }
        }
        return new TopicState(partitions.size(), List.copyOf(unanswered), waiting, withheld);
    }

    /** Null if the broker does not say. */
    private TopicState.@Nullable Waiting waiting(
            TopicPartition partition, Look look, @Nullable First first, Instant now) {
        Span span = look.spans().get(partition);
        if (span == null) {
            return null;
        }
        if (look.taken().get(partition) >= span.stable()) {
            return TopicState.Waiting.NOTHING;
        }
        if (first == null) {
            return null;
        }
        if (first.sentAt() == null) {
            return TopicState.Waiting.NOTHING;
        }
        return TopicState.Waiting.of(
                span.stable() - first.offset(),
                Duration.between(first.sentAt(), now),
                seen.atLeast(partition, first.offset(), now),
                seen.atMost(partition, first.offset(), now));
    }

    private TopicState.@Nullable Withheld withheld(TopicPartition partition, @Nullable Span span, Instant now) {
        if (span == null) {
            return null;
        }
        if (span.end() <= span.stable()) {
            heldBack.remove(partition);
            return null;
        }
        HeldBack held = heldBack.compute(
                partition,
                (key, before) -> before != null
                                && before.stable() == span.stable()
                                && !before.since().isAfter(now)
                        ? before
                        : new HeldBack(span.stable(), now));
        return new TopicState.Withheld(span.end() - span.stable(), Duration.between(held.since(), now));
    }
}
