package org.tumorboard.inbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.client.TestRestTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.kafka.config.ConcurrentKafkaListenerContainerFactory;
import org.springframework.kafka.config.KafkaListenerEndpointRegistry;
import org.springframework.kafka.core.KafkaAdmin;
import org.springframework.kafka.listener.BatchConsumerAwareMessageListener;
import org.springframework.kafka.listener.MessageListenerContainer;
import org.tumorboard.EngineTest;
import org.tumorboard.SettableClock;
import org.tumorboard.TestServers;
import org.tumorboard.embedded.SyntheticEvent;
import org.tumorboard.event.Department;
import org.tumorboard.event.Topics;
import org.tumorboard.flow.Scene;
import org.tumorboard.inbox.DepartmentPulse.Standing;

/** Transactions, retention, partitions and clocks as Kafka and its senders have them, and what is told of each. */
@EngineTest
class KafkaAsItIsTest {

    private static final Instant NOW = Instant.parse("2025-09-01T08:00:00Z");
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @Autowired
    Scene scene;

    @Autowired
    SettableClock clock;

    @Autowired
    DepartmentWatch watch;

    @Autowired
    TopicOffsets offsets;

    @Autowired
    FirstRecords firsts;

    @Autowired
    PositionTable positions;

    @Autowired
    RetentionLosses losses;

    @Autowired
    InboxListener listener;

    @Autowired
    InboxMeter meter;

    @Autowired
    ListenerWatch listenerWatch;

    @Autowired
    InboxHealth health;

    @Autowired
    KafkaListenerEndpointRegistry listeners;

    @Autowired
    ConcurrentKafkaListenerContainerFactory<Object, Object> factory;

    @Autowired
    MeterRegistry meters;

    @Autowired
    JdbcClient jdbc;

    @Autowired
    TestRestTemplate http;

    private final RadiologysTopic topic =
            new RadiologysTopic(TestServers.running().bootstrapServers(), 3);
    private MessageListenerContainer inbox;
    private Instant usual;

    @BeforeEach
    void setClock() {
        usual = clock.instant();
        clock.set(NOW);
        inbox = Objects.requireNonNull(listeners.getListenerContainer(InboxListener.ID));
    }

    /** Whatever the partition ended with: an event is its last record, and it is taken. */
    @AfterEach
    void leaveAnOrdinaryEvent() {
        if (!inbox.isRunning()) {
            inbox.start();
        }
        SyntheticEvent last = suspicion();
        topic.send(last);
        scene.awaitDecided(List.of(last));
        topic.close();
        jdbc.sql("delete from inbox_loss").update();
        clock.set(usual);
        watch.runOnce();
    }

    @Test
    void appliesNothingThatItsSenderTookBackAndMissesNothingWhereThatStood() {
        SyntheticEvent withdrawn = suspicion();
        SyntheticEvent meant = suspicion();

        topic.abort(withdrawn);
        topic.commit(meant);
        scene.awaitDecided(List.of(meant));

        assertThat(scene.outcome(withdrawn)).isEqualTo("UNKNOWN");
        assertThat(lost()).isEmpty();
    }

    @Test
    void tellsThatAnOpenTransactionHoldsBackWhatWasSentAndAppliesItWhenItIsCommitted() {
        SyntheticEvent undecided = suspicion();
        SyntheticEvent behindIt = suspicion();
        try (KafkaProducer<String, byte[]> sender = topic.begin(undecided)) {
            topic.send(behindIt);

            look(Duration.ZERO);
            DepartmentPulse later = look(Duration.ofMinutes(6));

            assertThat(later.topic().withheld()).isEqualTo(new TopicState.Withheld(2, Duration.ofMinutes(6)));
            assertThat(later.standing(clock.instant())).isEqualTo(Standing.WITHHELD);
            assertThat(page("/departments/radiology")).contains("has begun a transaction and not ended it for 6");
            assertThat(later.untaken()).isZero();
            assertThat(watch.areBehind()).isFalse();
            assertThat(scene.outcome(undecided)).isEqualTo("UNKNOWN");

            sender.commitTransaction();
        }
        scene.awaitDecided(List.of(undecided, behindIt));
        assertThat(look(Duration.ZERO).topic().withheld()).isNull();
    }

    @Test
    void takesAMarkerAtTheEndOfAPartitionForNoBacklogAndNoFault() throws Exception {
        SyntheticEvent event = suspicion();
        topic.commit(event);
        scene.awaitDecided(List.of(event));

        watch.runOnce();

        assertThat(watch.last()).hasSize(Department.values().length).allSatisfy(pulse -> {
            assertThat(pulse.delay()).isNotNull();
            assertThat(pulse.topic().unanswered()).isEmpty();
        });
        assertThat(radiology().untaken()).isZero();
        assertThat(watch.areBehind()).isFalse();
        assertThat(health.health().getStatus().getCode()).isEqualTo("UP");

        // nor a loss when retention takes it
        topic.removeBefore(topic.end());
        watch.runOnce();
        watch.runOnce();
        SyntheticEvent next = suspicion();
        topic.send(next);
        scene.awaitDecided(List.of(next));
        assertThat(lost()).isEmpty();
        assertThat(radiology().untaken()).isZero();
    }

    @Test
    void tellsAsOnePartitionsTroubleWhatTheBrokerDoesNotSayOfIt() {
        var without =
                new TopicOffsets(
                        new KafkaAdmin(Map.of()),
                        new InboxProperties("", 1, 1, (short) 1, PATIENCE, PATIENCE, 500, PATIENCE)) {
                    @Override
                    Answer read() {
                        Answer answer = offsets.read();
                        Map<TopicPartition, Span> spans = new HashMap<>(answer.spans());
                        spans.remove(topic.partition());
                        return new Answer(answer.topics(), spans);
                    }
                };

        Map<Department, TopicState> states = new TopicDelays(without, firsts, positions, losses).read(clock.instant());

        assertThat(states.get(Department.RADIOLOGY).unanswered()).containsExactly(3);
        assertThat(states.values())
                .allSatisfy(state -> assertThat(state.waiting()).isNotNull());
    }

    @Test
    void countsOnceWhatRetentionTookWhereNothingComesAfterIt() throws Exception {
        inbox.stop();
        long from = topic.end();
        topic.send(suspicion());
        topic.send(suspicion());
        topic.removeBefore(topic.end());
        inbox.start();

        for (int looks = 0; looks < 4; looks++) {
            watch.runOnce();
        }

        assertThat(lost()).containsExactly(from + " " + (from + 2));
        assertThat(losses.noticedWithin(Duration.ofDays(1))).singleElement().satisfies(loss -> {
            assertThat(loss.topic()).isEqualTo(RadiologysTopic.NAME);
            assertThat(loss.partition()).isEqualTo(3);
            assertThat(loss.atMost()).isEqualTo(2);
            assertThat(loss.noticedAt()).isEqualTo(NOW);
        });
        assertThat(page("/api/operations")).contains("at most 2 of " + RadiologysTopic.NAME + " (partition 3)");
        SyntheticEvent next = suspicion();
        topic.send(next);
        scene.awaitDecided(List.of(next));
        assertThat(lost()).hasSize(1);
    }

    @Test
    void countsOnceWhatRetentionTookBeforeTheEventThatComesNext() throws Exception {
        inbox.stop();
        long from = topic.end();
        topic.send(suspicion());
        topic.send(suspicion());
        SyntheticEvent left = suspicion();
        topic.send(left);
        topic.removeBefore(from + 2);

        inbox.start();
        scene.awaitDecided(List.of(left));
        watch.runOnce();
        watch.runOnce();

        assertThat(lost()).containsExactly(from + " " + (from + 2));
    }

    @Test
    void countsWhatARestoredDatabaseLacksAndKafkaHasNoLonger() throws Exception {
        SyntheticEvent lost = suspicion();
        topic.send(lost);
        scene.awaitDecided(List.of(lost));
        long end = topic.end();
        topic.removeBefore(end);
        jdbc.sql("update inbox_position set next_offset = ? where topic = ? and partition_number = 3")
                .params(end - 1, RadiologysTopic.NAME)
                .update();

        listener.look();
        watch.runOnce();
        watch.runOnce();

        assertThat(lost()).containsExactly((end - 1) + " " + end);
    }

    @Test
    void believesTheSendersClockOnlyAsFarAsItHasNotSeenOtherwise() {
        inbox.stop();
        look(Duration.ZERO);

        topic.send(suspicion(), clock.instant().minus(Duration.ofHours(1)));
        DepartmentPulse behind = look(Duration.ofSeconds(10));
        assertThat(behind.topic().waiting().sentAgo()).isEqualTo(Duration.ofSeconds(3610));
        assertThat(behind.delay()).isEqualTo(Duration.ofSeconds(10));
        assertThat(behind.standing(clock.instant())).isNotEqualTo(Standing.DELAYED);

        inbox.start();
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(look(Duration.ZERO).untaken()).isZero());
        inbox.stop();

        topic.send(suspicion(), clock.instant().plus(Duration.ofHours(1)));
        look(Duration.ZERO);
        DepartmentPulse ahead = look(Duration.ofMinutes(10));
        assertThat(ahead.topic().waiting().sentAgo()).isEqualTo(Duration.ofMinutes(-50));
        assertThat(ahead.topic().waiting().seenFor()).isEqualTo(Duration.ofMinutes(10));
        assertThat(ahead.delay()).isEqualTo(Duration.ofMinutes(10));
        assertThat(ahead.standing(clock.instant())).isEqualTo(Standing.DELAYED);
        assertThat(page("/departments/radiology")).contains("Sent in 50", "seen waiting here for 10");
        assertThat(page("/operations"))
                .contains("(its sender&#39;s clock says in 50 min, this node has seen it for 10 min)");
        assertThat(page("/api/departments")).contains("\"delay\":600,\"delaySentAgo\":-3000,\"delaySeenFor\":600");
    }

    @Test
    void readsAPartitionThatIsAddedFromItsBeginningAndTellsThatTopicsDiffer() throws Exception {
        int more = topic.partitions(RadiologysTopic.NAME) + 1;
        topic.addPartitions(RadiologysTopic.NAME, more);
        SyntheticEvent first = suspicion();
        try (var added = new RadiologysTopic(TestServers.running().bootstrapServers(), more - 1)) {
            added.send(first);
            scene.awaitDecided(List.of(first));

            watch.runOnce();
            assertThat(page("/api/operations"))
                    .contains("The departments' topics have different numbers of partitions");
        } finally {
            for (Department department : Department.values()) {
                if (topic.partitions(Topics.events(department)) < more) {
                    topic.addPartitions(Topics.events(department), more);
                }
            }
        }
        watch.runOnce();
        assertThat(watch.last())
                .allSatisfy(pulse -> assertThat(pulse.topic().partitions()).isEqualTo(more));
    }

    @Test
    void goesOnAfterAnErrorFromInside() {
        SyntheticEvent event = suspicion();
        AtomicBoolean hasFailed = new AtomicBoolean();
        List<Arrival> taken = new ArrayList<>();
        var faulty = new Inbox(null, null, nobody -> {}, clock) {
            @Override
            void take(List<Arrival> arrivals) {
                if (hasFailed.compareAndSet(false, true)) {
                    throw new ExceptionInInitializerError(new ClassCastException("from inside"));
                }
                taken.addAll(arrivals);
            }
        };
        var own = new InboxListener(faulty, new Positions(positions), losses, meter, listeners, clock);
        MessageListenerContainer container = factory.createContainer(RadiologysTopic.NAME);
        container.getContainerProperties().setGroupId("faulty");
        container.setupMessageListener((BatchConsumerAwareMessageListener<String, byte[]>) own::take);
        container.start();
        try {
            topic.send(event);

            await().atMost(PATIENCE)
                    .until(() -> taken.stream().anyMatch(arrival -> event.key().equals(arrival.key())));
            assertThat(hasFailed).isTrue();
            assertThat(container.isRunning()).isTrue();
            assertThat(own.failingSince()).isNull();
        } finally {
            container.stop();
        }
    }

    @Test
    void tellsThatTheListenerStoppedAndStartsItAgain() {
        assertThat(status("readiness")).isEqualTo(200);

        inbox.stopAbnormally(() -> {});
        await().atMost(PATIENCE).until(() -> !inbox.isChildRunning());
        assertThat(status("readiness")).isEqualTo(503);
        assertThat(status("liveness")).isEqualTo(200);
        assertThat(meters.get("tumorboard.inbox.running").gauge().value()).isZero();

        listenerWatch.runOnce();

        assertThat(status("readiness")).isEqualTo(200);
        assertThat(meters.get("tumorboard.inbox.running").gauge().value()).isEqualTo(1);
        SyntheticEvent event = suspicion();
        topic.send(event);
        scene.awaitDecided(List.of(event));
    }

    @Test
    void leavesAListenerAloneThatSomebodyStopped() {
        inbox.stop();

        listenerWatch.runOnce();

        assertThat(inbox.isRunning()).isFalse();
        assertThat(status("readiness")).isEqualTo(503);
        assertThat(status("liveness")).isEqualTo(200);
    }

    private String page(String path) {
        return http.withBasicAuth("admin", "test").getForObject(path, String.class);
    }

    private int status(String probe) {
        return http.getForEntity("/actuator/health/" + probe, String.class)
                .getStatusCode()
                .value();
    }

    private DepartmentPulse look(Duration later) {
        clock.advance(later);
        watch.runOnce();
        return radiology();
    }

    private DepartmentPulse radiology() {
        return watch.last().stream()
                .filter(pulse -> pulse.department().equals("radiology"))
                .findFirst()
                .orElseThrow();
    }

    private List<String> lost() {
        return jdbc.sql("select from_offset || ' ' || to_offset from inbox_loss order by from_offset")
                .query(String.class)
                .list();
    }

    private SyntheticEvent suspicion() {
        return scene.urgentCase(clock.instant()).throughTreatment().get(0);
    }
}
