package org.tumorboard.inbox;

import java.time.Instant;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Headers;
import org.jspecify.annotations.Nullable;
import org.tumorboard.event.Department;
import org.tumorboard.event.EventIdentity;
import org.tumorboard.event.EventReader;
import org.tumorboard.event.Reading;

/** A record as it came from a department's topic. */
record Arrival(
        Department sender,
        TopicPartition partition,
        long offset,
        @Nullable String key,
        Headers headers,
        byte @Nullable [] value) {

    /** The identity of a record so broken that it tells none of its own: the place where it stands. */
    EventIdentity place() {
        return place(topic(), partition.partition(), offset);
    }

    /** What the edge makes of it; a value that was too large to be kept is refused unread, under the record's place. */
    Reading read(EventReader reader, Instant now) {
        Oversize oversize = Oversize.of(headers);
        return oversize == null
                ? reader.read(sender, headers, value, now)
                : new Reading.Refused(null, null, oversize.refusal(), null);
    }

    String topic() {
        return partition.topic();
    }

    static EventIdentity place(String topic, int partition, long offset) {
        return new EventIdentity("urn:kafka:" + topic, partition + "-" + offset);
    }
}
