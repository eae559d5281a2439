package org.tumorboard.inbox;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.NewTopic;
import org.springframework.boot.autoconfigure.kafka.ConcurrentKafkaListenerContainerFactoryConfigurer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.kafka.config.ConcurrentKafkaListenerContainerFactory;
import org.springframework.kafka.core.ConsumerFactory;
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

    @Bean
    ConcurrentKafkaListenerContainerFactory<Object, Object> kafkaListenerContainerFactory(
            ConcurrentKafkaListenerContainerFactoryConfigurer configurer,
            ConsumerFactory<Object, Object> consumers,
            InboxProperties properties) {
        var factory = new ConcurrentKafkaListenerContainerFactory<Object, Object>();
        configurer.configure(factory, consumers);
        factory.setConcurrency(properties.consumers());
        factory.getContainerProperties().setShutdownTimeout(LAST_BATCH.toMillis());
        factory.getContainerProperties().setAuthExceptionRetryInterval(REFUSED_AGAIN);
        var backOff = new ExponentialBackOff(properties.firstBackOff().toMillis(), 2);
        backOff.setMaxInterval(properties.longestBackOff().toMillis());
        factory.setCommonErrorHandler(new DefaultErrorHandler(backOff));
        return factory;
    }
}
