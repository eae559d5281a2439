package org.tumorboard.inbox;

import static java.util.stream.Collectors.toSet;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Around a consumer: a poll that exhausts the memory is done again record by record ({@link CarefulReading}), so that a record
 * that does not fit costs only itself. Let out, the error would end the listener's thread, and its successor would meet the
 * same record.
 */
final class GuardedPolls implements InvocationHandler {

    private static final Logger LOG = LoggerFactory.getLogger(GuardedPolls.class);

    private static final Duration LONGEST_CALL = Duration.ofSeconds(5);

    /** Where no partition ends: a consumer sent there throws away what it has fetched. */
    private static final long NOWHERE = Long.MAX_VALUE / 2;

    private final Consumer<Object, Object> consumer;
    private final CarefulReading reading;
    private Map<TopicPartition, Long> standing = Map.of();
    private boolean isAdrift;

    private GuardedPolls(Consumer<Object, Object> consumer, CarefulReading reading) {
        this.consumer = consumer;
        this.reading = reading;
    }

    @SuppressWarnings("unchecked")
    static Consumer<Object, Object> around(Consumer<Object, Object> consumer, CarefulReading reading) {
        return (Consumer<Object, Object>) Proxy.newProxyInstance(
                GuardedPolls.class.getClassLoader(),
                new Class<?>[] {Consumer.class},
                new GuardedPolls(consumer, reading));
    }

    @Override
    public @Nullable Object invoke(Object proxy, Method method, Object @Nullable [] arguments) throws Throwable {
        if (method.getName().equals("poll")
                && arguments != null
                && arguments.length == 1
                && arguments[0] instanceof Duration timeout) {
            return poll(timeout);
        }
        try {
            return method.invoke(consumer, arguments);
        } catch (InvocationTargetException e) {
            throw e.getCause();
        }
    }

    private ConsumerRecords<Object, Object> poll(Duration timeout) {
        try {
            if (isAdrift) {
                bringBack();
            }
            standing = positions(consumer.assignment(), Duration.ZERO);
            return consumer.poll(timeout);
        } catch (OutOfMemoryError e) {
            isAdrift = true;
            LOG.error("a poll exhausted the memory; it is done again record by record", e);
            return readCarefully(e);
        }
    }

    private ConsumerRecords<Object, Object> readCarefully(OutOfMemoryError cause) {
        try {
            bringBack();
            Set<TopicPartition> paused = consumer.paused();
            CarefulReading.Found found = reading.read(positions(
                    consumer.assignment().stream()
                            .filter(partition -> !paused.contains(partition))
                            .collect(toSet()),
                    LONGEST_CALL));
            if (found.next().isEmpty()) {
                throw new MemoryExhausted("nothing was found to have exhausted it", cause);
            }
            found.next().forEach(consumer::seek);
            return new ConsumerRecords<>(found.records());
        } catch (OutOfMemoryError again) {
            isAdrift = true;
            throw new MemoryExhausted("nor was there any for reading record by record", again);
        }
    }

    /** The listener's container polls again after it. */
    private static final class MemoryExhausted extends RuntimeException {

        private MemoryExhausted(String more, OutOfMemoryError cause) {
            super("a poll exhausted the memory; " + more, cause);
        }
    }

    /**
     * Puts every partition back to where it stood before the poll that failed, and drops what was fetched. The consumer may have
     * moved past records that it never returned, and from within a batch that broke it goes on behind the record that broke
     * it; going back to the same offset alone does not make it read the batch anew.
     */
    private void bringBack() {
        consumer.assignment().forEach(partition -> consumer.seek(partition, NOWHERE));
        consumer.poll(Duration.ZERO);
        Set<TopicPartition> assigned = consumer.assignment();
        assigned.stream()
                .filter(standing::containsKey)
                .forEach(partition -> consumer.seek(partition, standing.get(partition)));
        Set<TopicPartition> fresh = assigned.stream()
                .filter(partition -> !standing.containsKey(partition))
                .collect(toSet());
        if (!fresh.isEmpty()) {
            toWhatIsCommitted(fresh);
        }
        isAdrift = false;
    }

    /** Those that were assigned during the poll: whatever it may have returned of them, nothing was taken yet. */
    private void toWhatIsCommitted(Set<TopicPartition> partitions) {
        Map<TopicPartition, OffsetAndMetadata> committed = consumer.committed(partitions, LONGEST_CALL);
        for (TopicPartition partition : partitions) {
            OffsetAndMetadata next = committed.get(partition);
            if (next == null) {
                consumer.seekToBeginning(Set.of(partition));
            } else {
                consumer.seek(partition, next.offset());
            }
        }
    }

    /** Of those that have one by then. */
    private Map<TopicPartition, Long> positions(Collection<TopicPartition> partitions, Duration within) {
        Map<TopicPartition, Long> positions = new HashMap<>();
        long until = System.nanoTime() + within.toNanos();
        for (TopicPartition partition : partitions) {
            try {
                positions.put(
                        partition,
                        consumer.position(partition, Duration.ofNanos(Math.max(0, until - System.nanoTime()))));
            } catch (TimeoutException e) {
                LOG.debug("{} has no position yet", partition);
            }
        }
        return positions;
    }
}
