package org.tumorboard.inbox;

import java.time.Duration;
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

    InboxListener(Inbox inbox, InboxMeter meter) {
        this.inbox = inbox;
        this.meter = meter;
    }

    @KafkaListener(id = ID, groupId = "${tumorboard.inbox.group}", topics = "#{@inboundTopics}", batch = "true")
    void take(List<ConsumerRecord<String, byte[]>> poll) {
        long polled = System.nanoTime();
        List<Arrival> arrivals =
                inOrder(poll).stream().map(InboxListener::arrival).toList();
        for (int from = 0; from < arrivals.size(); from += BATCH) {
            List<Arrival> batch = arrivals.subList(from, Math.min(from + BATCH, arrivals.size()));
            inbox.take(batch);
            meter.applied(batch.size(), Duration.ofNanos(System.nanoTime() - polled));
        }
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
