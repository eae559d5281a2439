package org.tumorboard.outbox;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.kafka.support.LoggingProducerListener;
import org.springframework.kafka.support.ProducerListener;

/** What the log says of a record that the broker did not take: its topic, but neither key nor value, which tell of a patient. */
@Configuration
class FailedSends {

    @Bean
    ProducerListener<Object, Object> sayingNoContents() {
        LoggingProducerListener<Object, Object> listener = new LoggingProducerListener<>();
        listener.setIncludeContents(false);
        return listener;
    }
}
