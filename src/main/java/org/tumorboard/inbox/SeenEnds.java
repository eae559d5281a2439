package org.tumorboard.inbox;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/**
 * When each partition was seen to end where, by our own clock. From that follows since when a record is here at least, and
 * since when at most, whatever its sender's clock says. It is known since this node started, as exactly as it looks often.
 */
final class SeenEnds {

    /** Of one partition. When there are more, each second one is forgotten: ages are told less exactly then. */
    private static final int MOST = 200;

    private final Map<TopicPartition, List<Seen>> seen = new HashMap<>();

    /** @param first, last when the partition was seen to end there */
    private record Seen(long end, Instant first, Instant last) {

        Seen until(Instant now) {
            return new Seen(end, first, now);
        }
    }

    /**
     * @param end the offset after the last record
     * @param taken the offset after the last one that was taken: nobody will ask about what is before
     */
    void note(TopicPartition partition, long end, long taken, Instant now) {
        List<Seen> ends = seen.computeIfAbsent(partition, key -> new ArrayList<>());
        // the clock went back, or the topic was made anew
        ends.removeIf(one -> one.first().isAfter(now) || one.end() > end);
        ends.replaceAll(one -> one.last().isAfter(now) ? one.until(one.first()) : one);
        Seen last = ends.isEmpty() ? null : ends.get(ends.size() - 1);
        if (last != null && last.end() == end) {
            ends.set(ends.size() - 1, last.until(now));
        } else {
            ends.add(new Seen(end, now, now));
        }
        while (ends.size() > 1 && ends.get(1).end() <= taken) {
            ends.remove(0);
        }
        if (ends.size() > MOST) {
            for (int index = ends.size() - 2; index > 0; index -= 2) {
                ends.remove(index);
            }
        }
    }

    /** For how long the record has been here at least. */
    Duration atLeast(TopicPartition partition, long offset, Instant now) {
        return ends(partition).stream()
                .filter(one -> one.end() > offset)
                .findFirst()
                .map(one -> Duration.between(one.first(), now))
                .orElse(Duration.ZERO);
    }

    /** For how long at most, since it was not here before; null if nobody looked before. */
    @Nullable
    Duration atMost(TopicPartition partition, long offset, Instant now) {
        return ends(partition).stream()
                .filter(one -> one.end() <= offset)
                .reduce((one, later) -> later)
                .map(one -> Duration.between(one.last(), now))
                .orElse(null);
    }

    private List<Seen> ends(TopicPartition partition) {
        return seen.getOrDefault(partition, List.of());
    }
}
