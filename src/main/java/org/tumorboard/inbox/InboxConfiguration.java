package org.tumorboard.inbox;

import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.springframework.boot.autoconfigure.kafka.ConcurrentKafkaListenerContainerFactoryConfigurer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.kafka.config.ConcurrentKafkaListenerContainerFactory;
import org.springframework.kafka.core.ConsumerFactory;
import org.springframework.kafka.core.DefaultKafkaConsumerFactory;
import org.springframework.kafka.core.KafkaAdmin;
import org.springframework.kafka.listener.DefaultErrorHandler;
import org.springframework.util.backoff.ExponentialBackOff;
import org.tumorboard.event.Department;
import org.tumorboard.event.Topics;

/** The Kafka side of the inbox: topics, listener threads, and waiting out faults that pass. */
@Configuration
class InboxConfiguration {

    @Bean
    List<String> inboundTopics() {
        return Arrays.stream(Department.values()).map(Topics::events).toList();
    }

    /** All topics of the contract, created where the broker does not have them yet. */
    @Bean
    KafkaAdmin.NewTopics topics(InboxProperties properties) {
        Stream<String> ofDepartments = Arrays.stream(Department.values())
                .flatMap(department -> Stream.of(Topics.events(department), Topics.notifications(department)));
        Stream<String> ofEveryone = Stream.of(Topics.CASE_STATUS, Topics.SLA, Topics.DEAD_LETTERS);
        return new KafkaAdmin.NewTopics(Stream.concat(ofDepartments, ofEveryone)
                .map(name -> new NewTopic(name, properties.partitions(), properties.replication()))
                .toArray(NewTopic[]::new));
    }

    /** A stop waits so long for the batch under way; what it does not wait for is rolled back and taken again. */
    private static final Duration LAST_BATCH = Duration.ofSeconds(20);

    /** A broker that refuses us is asked again: what it refuses today may be allowed in a minute. */
    private static final Duration REFUSED_AGAIN = Duration.ofSeconds(10);

    /** One record at a time, and little more of it than that. */
    private static final Properties CAREFULLY = new Properties();

    static {
        CAREFULLY.setProperty(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, "1");
        CAREFULLY.setProperty(ConsumerConfig.MAX_PARTITION_FETCH_BYTES_CONFIG, "65536");
        CAREFULLY.setProperty(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, "false");
        CAREFULLY.setProperty(ConsumerConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, "5000");
        CAREFULLY.setProperty(ConsumerConfig.REQUEST_TIMEOUT_MS_CONFIG, "5000");
    }

    @Bean
    ConcurrentKafkaListenerContainerFactory<Object, Object> kafkaListenerContainerFactory(
            ConcurrentKafkaListenerContainerFactoryConfigurer configurer,
            ConsumerFactory<Object, Object> consumers,
            InboxProperties properties) {
        var factory = new ConcurrentKafkaListenerContainerFactory<Object, Object>();
        configurer.configure(factory, bounded(consumers, properties));
        factory.setConcurrency(properties.consumers());
        factory.getContainerProperties().setShutdownTimeout(LAST_BATCH.toMillis());
        factory.getContainerProperties().setAuthExceptionRetryInterval(REFUSED_AGAIN);
        var backOff = new ExponentialBackOff(properties.firstBackOff().toMillis(), 2);
        backOff.setMaxInterval(properties.longestBackOff().toMillis());
        factory.setCommonErrorHandler(bringingAgain(backOff));
        return factory;
    }

    /** Consumers as they are configured, which no record's size ends. */
    private static ConsumerFactory<Object, Object> bounded(
            ConsumerFactory<Object, Object> consumers, InboxProperties properties) {
        var reading = new CarefulReading(
                () -> withBoundedValues(consumers).createConsumer(properties.group(), null, "-careful", CAREFULLY));
        var bounded = withBoundedValues(consumers);
        consumers.getListeners().forEach(bounded::addListener);
        bounded.addPostProcessor(consumer -> GuardedPolls.around(consumer, reading));
        return bounded;
    }

    private static DefaultKafkaConsumerFactory<Object, Object> withBoundedValues(
            ConsumerFactory<Object, Object> consumers) {
        Map<String, Object> settings = new HashMap<>(consumers.getConfigurationProperties());
        return new DefaultKafkaConsumerFactory<>(settings, () -> null, BoundedValues::new);
    }

    /** Whatever the fault: by default some, a class cast among their causes, would have the batch passed over. */
    private static DefaultErrorHandler bringingAgain(ExponentialBackOff backOff) {
        var handler = new DefaultErrorHandler(backOff);
        handler.setClassifications(Map.of(), true);
        return handler;
    }
}
