package org.tumorboard;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.springframework.beans.factory.DisposableBean;
import org.tumorboard.embedded.SyntheticEvent;

/** The departments' side of Kafka: sends what a test lets them say. */
public final class Departments implements DisposableBean {

    private final KafkaProducer<String, byte[]> kafka = new KafkaProducer<>(
            Map.of("bootstrap.servers", TestServers.running().bootstrapServers(), "acks", "all", "linger.ms", "5"),
            new StringSerializer(),
            new ByteArraySerializer());

    /** Sends the events in their order and returns when the broker has them all. */
    public void say(Collection<SyntheticEvent> events) {
        events.forEach(event -> send(
                event.topic(),
                event.key(),
                event.headers(),
                event.data().toString().getBytes(UTF_8)));
        kafka.flush();
    }

    /** Sends anything at all. */
    public void send(String topic, String key, Map<String, byte[]> headers, byte[] value) {
        var message = new ProducerRecord<>(topic, key, value);
        new HashMap<>(headers).forEach(message.headers()::add);
        kafka.send(message);
    }

    public void flush() {
        kafka.flush();
    }

    @Override
    public void destroy() {
        kafka.close();
    }
}
