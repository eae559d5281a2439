package org.tumorboard.outbox;

import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.jspecify.annotations.Nullable;
import org.springframework.kafka.core.KafkaTemplate;
import org.springframework.stereotype.Component;
import org.tumorboard.event.Department;
import org.tumorboard.event.Topics;

/** Puts an event that came over HTTP on its department's topic, so that it takes the same path as all others. */
@Component
public final class EventPublisher {

    private final KafkaTemplate<String, byte[]> kafka;

    EventPublisher(KafkaTemplate<String, byte[]> kafka) {
        this.kafka = kafka;
    }

    /**
     * @param key the patient's pseudonym, or the unit
     * @param headers Kafka headers, as the CloudEvents binding names them
     * @return completes when the broker has acknowledged the record
     */
    public CompletableFuture<?> publish(
            Department department, @Nullable String key, Map<String, byte[]> headers, byte[] value) {
        var message = new ProducerRecord<>(Topics.events(department), key, value);
        headers.forEach(message.headers()::add);
        return kafka.send(message);
    }
}
