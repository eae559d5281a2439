package org.tumorboard.inbox;

import static java.util.stream.Collectors.toMap;

import java.time.Duration;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ExecutionException;
import java.util.function.Function;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.ListOffsetsOptions;
import org.apache.kafka.clients.admin.ListOffsetsResult;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.kafka.core.KafkaAdmin;
import org.springframework.stereotype.Component;
import org.tumorboard.event.Department;
import org.tumorboard.event.Topics;

/**
 * Where the partitions of the departments' topics begin and end. Each partition is asked for apart, so that one without a
 * leader hides nothing of the others.
 */
@Component
class TopicOffsets implements DisposableBean {

    private static final Logger LOG = LoggerFactory.getLogger(TopicOffsets.class);

    private static final String LONGEST_CALL_MS = "5000";

    private final KafkaAdmin settings;
    private final InboxProperties properties;
    private @Nullable Admin admin;

    TopicOffsets(KafkaAdmin settings, InboxProperties properties) {
        this.settings = settings;
        this.properties = properties;
    }

    /**
     * @param start of the first record that the log still has
     * @param stable after the last record of which it is known whether it counts
     * @param end after the last record
     */
    record Span(long start, long stable, long end) {}

    /**
     * @param topics the partitions of each topic that the broker knows
     * @param spans of those partitions that it answered for
     */
    record Answer(Map<String, List<TopicPartition>> topics, Map<TopicPartition, Span> spans) {}

    /** @throws KafkaException if the broker does not answer at all */
    synchronized Answer read() {
        try {
            Map<String, TopicDescription> described = describe();
            Map<String, List<TopicPartition>> topics = described.values().stream()
                    .collect(toMap(TopicDescription::name, topic -> topic.partitions().stream()
                            .map(partition -> new TopicPartition(topic.name(), partition.partition()))
                            .toList()));
            Map<TopicPartition, Span> spans = spans(withLeader(described.values()));
            if (spans.isEmpty()) {
                throw new TimeoutException("the broker tells of no partition of " + topics.keySet());
            }
            return new Answer(topics, spans);
        } catch (KafkaException e) {
            destroy();
            throw e;
        }
    }

    /** How far the group has taken the partitions; those of which it took nothing are left out. */
    synchronized Map<TopicPartition, Long> committed(Collection<TopicPartition> partitions) {
        Map<TopicPartition, Long> committed = new HashMap<>();
        await(open().listConsumerGroupOffsets(properties.group()).partitionsToOffsetAndMetadata())
                .forEach((partition, offset) -> {
                    if (offset != null && partitions.contains(partition)) {
                        committed.put(partition, offset.offset());
                    }
                });
        return committed;
    }

    private Map<String, TopicDescription> describe() {
        List<String> names =
                Arrays.stream(Department.values()).map(Topics::events).toList();
        Map<String, TopicDescription> described =
                answered(open().describeTopics(names).topicNameValues());
        if (described.isEmpty()) {
            throw new TimeoutException("the broker tells nothing of " + names);
        }
        return described;
    }

    private static List<TopicPartition> withLeader(Collection<TopicDescription> topics) {
        return topics.stream()
                .flatMap(topic -> topic.partitions().stream()
                        .filter(partition -> partition.leader() != null
                                && !partition.leader().isEmpty())
                        .map(partition -> new TopicPartition(topic.name(), partition.partition())))
                .toList();
    }

    private Map<TopicPartition, Span> spans(List<TopicPartition> partitions) {
        // the end first: what comes between the questions then does not look as if a transaction held it back
        ListOffsetsResult ends = list(partitions, OffsetSpec.latest(), IsolationLevel.READ_UNCOMMITTED);
        Map<TopicPartition, Long> end = offsets(partitions, ends);
        Map<TopicPartition, Long> stable =
                offsets(partitions, list(partitions, OffsetSpec.latest(), IsolationLevel.READ_COMMITTED));
        Map<TopicPartition, Long> start =
                offsets(partitions, list(partitions, OffsetSpec.earliest(), IsolationLevel.READ_UNCOMMITTED));
        return partitions.stream()
                .filter(partition ->
                        start.containsKey(partition) && stable.containsKey(partition) && end.containsKey(partition))
                .collect(toMap(
                        Function.identity(),
                        partition -> new Span(start.get(partition), stable.get(partition), end.get(partition))));
    }

    private ListOffsetsResult list(List<TopicPartition> partitions, OffsetSpec which, IsolationLevel isolation) {
        Map<TopicPartition, OffsetSpec> asked = new HashMap<>();
        partitions.forEach(partition -> asked.put(partition, which));
        return open().listOffsets(asked, new ListOffsetsOptions(isolation));
    }

    private static Map<TopicPartition, Long> offsets(List<TopicPartition> partitions, ListOffsetsResult result) {
        Map<TopicPartition, KafkaFuture<ListOffsetsResult.ListOffsetsResultInfo>> futures = new HashMap<>();
        partitions.forEach(partition -> futures.put(partition, result.partitionResult(partition)));
        Map<TopicPartition, Long> offsets = new HashMap<>();
        answered(futures).forEach((partition, info) -> offsets.put(partition, info.offset()));
        return offsets;
    }

    /** Those that were answered. Where some were not, the log says which and why; where none was, the caller does. */
    private static <K, V> Map<K, V> answered(Map<K, KafkaFuture<V>> futures) {
        Map<K, V> answers = new HashMap<>();
        Map<K, String> faults = new HashMap<>();
        futures.forEach((key, future) -> {
            try {
                answers.put(key, await(future));
            } catch (KafkaException e) {
                faults.put(key, e.toString());
            }
        });
        if (!faults.isEmpty() && !answers.isEmpty()) {
            LOG.warn("the broker does not answer for {}", faults);
        }
        return answers;
    }

    private static <V> V await(KafkaFuture<V> future) {
        try {
            return future.get();
        } catch (InterruptedException e) {
            throw new InterruptException(e);
        } catch (ExecutionException e) {
            throw e.getCause() instanceof KafkaException fault ? fault : new KafkaException(e.getCause());
        }
    }

    private Admin open() {
        if (admin == null) {
            Map<String, Object> own = new HashMap<>(settings.getConfigurationProperties());
            own.put(AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, LONGEST_CALL_MS);
            own.put(AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG, LONGEST_CALL_MS);
            admin = Admin.create(own);
        }
        return Objects.requireNonNull(admin);
    }

    @Override
    public synchronized void destroy() {
        if (admin != null) {
            admin.close(Duration.ofSeconds(1));
            admin = null;
        }
    }
}
