package org.tumorboard.bench;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.Tag;
import org.springframework.boot.test.autoconfigure.filter.TypeExcludeFilters;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.core.env.Environment;
import org.springframework.kafka.config.KafkaListenerEndpointRegistry;
import org.springframework.test.annotation.DirtiesContext;
import org.springframework.test.context.ActiveProfiles;
import org.springframework.test.context.ContextConfiguration;
import org.springframework.transaction.support.TransactionTemplate;
import org.tumorboard.event.EventReader;
import org.tumorboard.inbox.MeasuredInbox;
import org.tumorboard.pathway.Pathway;

/** The whole application on fresh servers in processes of their own; its timers do not fire. */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@Tag("bench")
@SpringBootTest(
        webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
        properties = {
            "tumorboard.inbox.partitions=8",
            "tumorboard.inbox.consumers=${bench.consumers:2}",
            "spring.kafka.listener.poll-timeout=200ms",
            "tumorboard.security.users[0].name=nobody",
            "tumorboard.security.users[0].password={noop}nobody",
            "tumorboard.security.users[0].groups=operations"
        })
@ContextConfiguration(initializers = BenchServers.class)
@TypeExcludeFilters(OnlyTheApplication.class)
@Import({BenchTest.Configuration.class, MeasuredInbox.class})
@ActiveProfiles("test")
@DirtiesContext
@interface BenchTest {

    @TestConfiguration
    class Configuration {

        @Bean
        static StatementCounter statementCounter() {
            return new StatementCounter();
        }

        @Bean
        Bench bench(
                MeasuredInbox inbox,
                Pathway pathway,
                TransactionTemplate transaction,
                EventReader reader,
                StatementCounter statements,
                BenchServers.Servers servers,
                KafkaListenerEndpointRegistry listeners,
                Environment environment) {
            Sizes sizes = Sizes.given();
            var direct = new DirectCalls(pathway, transaction, reader, sizes.consumers());
            return new Bench(sizes, inbox, direct, statements, servers, listeners, environment);
        }
    }
}
