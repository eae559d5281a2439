package org.tumorboard.inbox;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;
import org.springframework.kafka.annotation.KafkaListener;
import org.springframework.stereotype.Component;
import org.tumorboard.event.Topics;

/** Takes polls from the departments' topics; the offsets move when the inbox has taken every record. */
@Component
class InboxListener {

    static final String ID = "inbox";

    /** Records of one transaction. A poll holds more of them, so that a backlog of many topics can be put in order. */
    private static final int BATCH = 200;

    private final Inbox inbox;
    private final InboxMeter meter;
    private final Clock clock;
    private volatile @Nullable Instant failingSince;

    InboxListener(Inbox inbox, InboxMeter meter, Clock clock) {
        this.inbox = inbox;
        this.meter = meter;
        this.clock = clock;
    }

    /** Since when every batch failed, which is brought again and again; null if the last one went well. */
    @Nullable
    Instant failingSince() {
        return failingSince;
    }

    @KafkaListener(id = ID, groupId = "${tumorboard.inbox.group}", topics = "#{@inboundTopics}", batch = "true")
    void take(List<ConsumerRecord<String, byte[]>> poll) {
        long polled = System.nanoTime();
        List<Arrival> arrivals =
                inOrder(poll).stream().map(InboxListener::arrival).toList();
        for (int from = 0; from < arrivals.size(); from += BATCH) {
            List<Arrival> batch = arrivals.subList(from, Math.min(from + BATCH, arrivals.size()));
            take(batch, polled);
        }
    }

    private void take(List<Arrival> batch, long polled) {
        try {
            inbox.take(batch);
            failingSince = null;
        } catch (RuntimeException e) {
            if (failingSince == null) {
                failingSince = clock.instant();
            }
            throw e;
        }
        meter.applied(batch.size(), Duration.ofNanos(System.nanoTime() - polled));
    }

    /** A poll comes topic by topic; departments' reports are taken in the order in which they were sent. */
    static List<ConsumerRecord<String, byte[]>> inOrder(List<ConsumerRecord<String, byte[]>> poll) {
        Map<TopicPartition, Deque<ConsumerRecord<String, byte[]>>> partitions = new LinkedHashMap<>();
        for (var message : poll) {
            partitions
                    .computeIfAbsent(
                            new TopicPartition(message.topic(), message.partition()), partition -> new ArrayDeque<>())
                    .add(message);
        }
        var heads = new PriorityQueue<Deque<ConsumerRecord<String, byte[]>>>(
                Comparator.comparingLong(queue -> queue.peek().timestamp()));
        heads.addAll(partitions.values());
        List<ConsumerRecord<String, byte[]>> ordered = new ArrayList<>(poll.size());
        while (!heads.isEmpty()) {
            var partition = heads.poll();
            ordered.add(partition.poll());
            if (!partition.isEmpty()) {
                heads.add(partition);
            }
        }
        return ordered;
    }

    private static Arrival arrival(ConsumerRecord<String, byte[]> message) {
        return new Arrival(
                Topics.senderOn(message.topic()).orElseThrow(),
                message.topic(),
                message.partition(),
                message.offset(),
                message.key(),
                message.headers(),
                message.value());
    }
}
