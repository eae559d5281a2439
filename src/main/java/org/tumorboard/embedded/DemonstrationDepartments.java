package org.tumorboard.embedded;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.annotation.Profile;
import org.springframework.context.event.EventListener;
import org.springframework.core.env.Environment;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;
import org.tumorboard.event.Department;
import org.tumorboard.event.Topics;

/**
 * Departments that do not exist, sending what happens to invented patients: at the first start everything up to now,
 * and from then on each event when its time has come. A later start goes on with the same patients.
 */
@Component
@Profile(EmbeddedProfile.NAME)
@ConditionalOnProperty(name = "tumorboard.demo-cases", havingValue = "true", matchIfMissing = true)
class DemonstrationDepartments implements DisposableBean {

    private static final Logger LOG = LoggerFactory.getLogger(DemonstrationDepartments.class);

    private final KafkaProducer<String, byte[]> kafka;
    private final String bootstrapServers;
    private final Path baseTimeFile;
    private final Clock clock;
    private final Deque<SyntheticEvent> unsaid = new ArrayDeque<>();

    DemonstrationDepartments(EmbeddedServers servers, Environment environment, Clock clock) {
        this.kafka = new KafkaProducer<>(
                Map.of(
                        "bootstrap.servers", servers.bootstrapServers(),
                        "acks", "all",
                        "max.in.flight.requests.per.connection", "1"),
                new StringSerializer(),
                new ByteArraySerializer());
        this.bootstrapServers = servers.bootstrapServers();
        this.baseTimeFile = EmbeddedSettings.of(environment).dataDir().resolve("demonstration-base-time");
        this.clock = clock;
    }

    @EventListener(ApplicationReadyEvent.class)
    synchronized void begin() {
        awaitTopics();
        unsaid.addAll(new DemonstrationCases(baseTime()).events());
        LOG.info("demonstration departments send synthetic cases; TUMORBOARD_DEMO_CASES=false starts without");
        runOnce();
    }

    /** Topics that have just been created answer only when each partition has found its leader. */
    private void awaitTopics() {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", bootstrapServers))) {
            Map<TopicPartition, OffsetSpec> partitions = new HashMap<>();
            for (Department department : Department.values()) {
                kafka.partitionsFor(Topics.events(department))
                        .forEach(partition -> partitions.put(
                                new TopicPartition(partition.topic(), partition.partition()), OffsetSpec.latest()));
            }
            admin.listOffsets(partitions).all().get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException e) {
            throw new IllegalStateException("expected the departments' topics to answer, but they do not", e);
        }
    }

    @Scheduled(fixedDelay = 5_000, initialDelay = 5_000)
    void tick() {
        runOnce();
    }

    /** Sends what has happened by now and is not sent yet; what an earlier run sent, the inbox knows already. */
    synchronized void runOnce() {
        Instant now = clock.instant();
        while (!unsaid.isEmpty() && !unsaid.peek().time().isAfter(now)) {
            SyntheticEvent event = unsaid.poll();
            var message = new ProducerRecord<>(
                    event.topic(), event.key(), event.data().toString().getBytes(UTF_8));
            event.headers().forEach(message.headers()::add);
            kafka.send(message, (metadata, fault) -> {
                if (fault != null) {
                    LOG.warn("{} {} was not sent: {}", event.type(), event.id(), fault.toString());
                }
            });
        }
    }

    /** The moment of the first start, about which the invented courses are arranged. */
    private Instant baseTime() {
        try {
            if (!Files.exists(baseTimeFile)) {
                Files.createDirectories(baseTimeFile.getParent());
                Files.writeString(baseTimeFile, clock.instant().toString());
            }
            return Instant.parse(Files.readString(baseTimeFile).trim());
        } catch (IOException e) {
            throw new UncheckedIOException("expected to keep the demonstration's base time in " + baseTimeFile, e);
        }
    }

    @Override
    public void destroy() {
        kafka.close();
    }
}
