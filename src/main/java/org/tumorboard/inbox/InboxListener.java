package org.tumorboard.inbox;

import static java.util.stream.Collectors.toSet;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.kafka.annotation.KafkaListener;
import org.springframework.kafka.config.KafkaListenerEndpointRegistry;
import org.springframework.kafka.listener.ConsumerSeekAware;
import org.springframework.kafka.listener.MessageListenerContainer;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;
import org.tumorboard.event.Topics;

/** Takes polls from the departments' topics; the offsets move when the inbox has taken every record. */
@Component
class InboxListener implements ConsumerSeekAware {

    private static final Logger LOG = LoggerFactory.getLogger(InboxListener.class);

    static final String ID = "inbox";

    /** Records of one transaction. A poll holds more of them, so that a backlog of many topics can be put in order. */
    private static final int BATCH = 200;

    private static final Duration LONGEST_CALL = Duration.ofSeconds(5);

    private final Inbox inbox;
    private final Positions positions;
    private final RetentionLosses losses;
    private final InboxMeter meter;
    private final KafkaListenerEndpointRegistry listeners;
    private final Clock clock;
    private volatile @Nullable Instant failingSince;

    /** Of each thread that works on a batch, since when. */
    private final Map<Thread, Instant> working = new ConcurrentHashMap<>();

    InboxListener(
            Inbox inbox,
            Positions positions,
            RetentionLosses losses,
            InboxMeter meter,
            KafkaListenerEndpointRegistry listeners,
            Clock clock) {
        this.inbox = inbox;
        this.positions = positions;
        this.losses = losses;
        this.listeners = listeners;
        this.meter = meter;
        this.clock = clock;
    }

    /** Since when every batch failed, which is brought again and again; null if the last one went well. */
    @Nullable
    Instant failingSince() {
        return failingSince;
    }

    /** Since when a thread has been working on one and the same batch; null if none is. */
    @Nullable
    Instant workingSince() {
        return working.values().stream().min(Comparator.naturalOrder()).orElse(null);
    }

    /** Kafka says where to read on, and the database whether that is right. */
    @Override
    public void onPartitionsAssigned(Map<TopicPartition, Long> offsets, ConsumerSeekCallback consumer) {
        try {
            positions.assigned(offsets).forEach((partition, next) -> {
                if (next == 0) {
                    consumer.seekToBeginning(partition.topic(), partition.partition());
                } else {
                    consumer.seek(partition.topic(), partition.partition(), next);
                }
            });
        } catch (RuntimeException e) {
            LOG.info("whether the database has what was read is looked at later: {}", e.toString());
        }
    }

    @Override
    public void onPartitionsRevoked(Collection<TopicPartition> partitions) {
        positions.revoked(partitions);
    }

    /** Finds out that the database went back in time also where no event comes. */
    @Scheduled(fixedDelayString = "${tumorboard.inbox.look-around}")
    void look() {
        try {
            positions.check();
        } catch (Positions.DatabaseBehind e) {
            readAgain(e);
        }
    }

    /** Has all partitions given out anew, at the offsets that the database has. */
    private void readAgain(Positions.DatabaseBehind behind) {
        LOG.warn("{}: they are read again", behind.getMessage());
        MessageListenerContainer container = listeners.getListenerContainer(ID);
        if (container != null) {
            container.enforceRebalance();
        }
    }

    @KafkaListener(id = ID, groupId = "${tumorboard.inbox.group}", topics = "#{@inboundTopics}", batch = "true")
    void take(List<ConsumerRecord<String, byte[]>> poll, Consumer<?, ?> consumer) {
        try {
            take(poll, partitions -> consumer.beginningOffsets(partitions, LONGEST_CALL));
            failingSince = null;
        } catch (RuntimeException e) {
            fails();
            throw e;
        } catch (Error e) {
            // let out, it would end the listener's threads; what it says may pass like any other fault
            fails();
            throw new Unexpected(e);
        }
    }

    /** What only a fault of the program or of the machine throws; the batch is brought again all the same. */
    private static final class Unexpected extends RuntimeException {

        private Unexpected(Error fault) {
            super("a batch of events failed: " + fault, fault);
        }
    }

    private void fails() {
        if (failingSince == null) {
            failingSince = clock.instant();
        }
    }

    private void take(List<ConsumerRecord<String, byte[]>> poll, LogStarts starts) {
        long polled = System.nanoTime();
        List<Arrival> arrivals =
                inOrder(poll).stream().map(InboxListener::arrival).toList();
        noticeLosses(arrivals, starts);
        try {
            for (int from = 0; from < arrivals.size(); from += BATCH) {
                List<Arrival> batch = arrivals.subList(from, Math.min(from + BATCH, arrivals.size()));
                take(batch, polled);
            }
        } catch (Positions.DatabaseBehind e) {
            // what is left of the poll is read again with the rest
            readAgain(e);
        }
    }

    private void take(List<Arrival> batch, long polled) {
        working.put(Thread.currentThread(), clock.instant());
        try {
            inbox.take(batch);
        } finally {
            working.remove(Thread.currentThread());
        }
        positions.moved(batch);
        failingSince = null;
        meter.applied(batch.size(), Duration.ofNanos(System.nanoTime() - polled));
    }

    /** Asks the broker where its partitions begin. */
    private interface LogStarts {

        Map<TopicPartition, Long> of(Set<TopicPartition> partitions);
    }

    /**
     * Of offsets that were passed over, those before the log's start were removed; the others never held a record that counts.
     * The broker is asked only where some were passed over.
     */
    private void noticeLosses(List<Arrival> arrivals, LogStarts starts) {
        List<Positions.Gap> gaps = positions.gaps(arrivals);
        if (gaps.isEmpty()) {
            return;
        }
        Map<TopicPartition, Long> first =
                starts.of(gaps.stream().map(Positions.Gap::partition).collect(toSet()));
        for (Positions.Gap gap : gaps) {
            long to = Math.min(gap.to(), first.getOrDefault(gap.partition(), 0L));
            if (to > gap.from()) {
                long from = positions.withoutWhatIsKnown(gap);
                if (to > from) {
                    losses.notice(gap.partition(), from, to);
                }
            }
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
                new TopicPartition(message.topic(), message.partition()),
                message.offset(),
                message.key(),
                message.headers(),
                message.value());
    }
}
