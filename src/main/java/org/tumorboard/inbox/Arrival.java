package org.tumorboard.inbox;

import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Headers;
import org.jspecify.annotations.Nullable;
import org.tumorboard.event.Department;
import org.tumorboard.event.EventIdentity;

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

    String topic() {
        return partition.topic();
    }

    static EventIdentity place(String topic, int partition, long offset) {
        return new EventIdentity("urn:kafka:" + topic, partition + "-" + offset);
    }
}
