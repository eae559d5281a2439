package org.tumorboard.bench;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.Tag;
import org.springframework.boot.test.autoconfigure.filter.TypeExcludeFilters;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.boot.test.web.client.TestRestTemplate;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.context.annotation.Lazy;
import org.springframework.core.env.Environment;
import org.springframework.kafka.config.KafkaListenerEndpointRegistry;
import org.springframework.test.annotation.DirtiesContext;
import org.springframework.test.context.ActiveProfiles;
import org.springframework.test.context.ContextConfiguration;
import org.springframework.transaction.support.TransactionTemplate;
import org.tumorboard.event.EventReader;
import org.tumorboard.inbox.MeasuredInbox;
import org.tumorboard.pathway.Pathway;

/**
 * The whole application on fresh servers in processes of their own; its timers do not fire. A poll takes the whole
 * backlog, and the inbox takes it from there in batches: that is how the records keep the order in which departments
 * sent them. Small polls of a backlog come topic by topic, and most events would be parked for others first.
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@Tag("bench")
@SpringBootTest(
        webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
        properties = {
            "tumorboard.inbox.partitions=8",
            "tumorboard.inbox.consumers=${bench.consumers:2}",
            "spring.kafka.listener.poll-timeout=200ms",
            "spring.kafka.consumer.max-poll-records=1000000",
            "spring.kafka.consumer.properties.max.poll.interval.ms=3600000",
            "tumorboard.security.users[0].name=nobody",
            "tumorboard.security.users[0].password={noop}nobody",
            "tumorboard.security.users[0].groups=admin"
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
        Feed feed(Environment environment) {
            return new Feed(environment.getRequiredProperty("spring.kafka.bootstrap-servers"));
        }

        @Bean
        Database database(Environment environment) {
            return new Database(environment);
        }

        @Bean
        Bench bench(
                KafkaListenerEndpointRegistry listeners,
                MeasuredInbox inbox,
                Feed feed,
                Pathway pathway,
                TransactionTemplate transaction,
                EventReader reader,
                StatementCounter statements,
                BenchServers.Servers servers,
                Database database) {
            Sizes sizes = Sizes.given();
            return new Bench(
                    sizes,
                    new Listener(listeners, inbox, feed),
                    new DirectCalls(pathway, transaction, reader, sizes.consumers()),
                    statements,
                    servers.process().toHandle(),
                    database);
        }

        @Bean
        LoadBench loadBench(
                Bench bench,
                Database database,
                BenchServers.Servers servers,
                Environment environment,
                @Lazy TestRestTemplate http) {
            return new LoadBench(bench, database, servers, environment, http);
        }
    }
}
