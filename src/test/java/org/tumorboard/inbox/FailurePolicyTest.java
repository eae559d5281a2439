package org.tumorboard.inbox;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.springframework.dao.DataAccessResourceFailureException;
import org.tumorboard.embedded.SyntheticCase;
import org.tumorboard.embedded.SyntheticEvent;
import org.tumorboard.event.EventIdentity;
import org.tumorboard.event.EventReader;
import org.tumorboard.event.EventReaders;

/** Whatever one record does while it is read or applied, its neighbours are taken and nothing is thrown that would stop the container. */
class FailurePolicyTest {

    private static final Instant NOW = Instant.parse("2026-03-05T08:00:00Z");

    private final Map<Long, Supplier<? extends Throwable>> faults = new LinkedHashMap<>();
    private final List<Long> taken = new ArrayList<>();
    private final List<String> failed = new ArrayList<>();
    private final List<Long> refused = new ArrayList<>();
    private final List<String> turnsEnded = new ArrayList<>();
    private final EventReader reader = EventReaders.real();
    private final Inbox inbox = new Inbox(new Transaction(), reader, event -> {}, Clock.fixed(NOW, ZoneOffset.UTC));

    @Test
    void anErrorWhileOneRecordIsAppliedCostsOnlyThatRecord() {
        faults.put(1L, StackOverflowError::new);

        inbox.take(List.of(arrival(0), arrival(1), arrival(2)));

        assertThat(taken).containsExactly(0L, 2L);
        assertThat(failed)
                .singleElement()
                .asString()
                .contains("StackOverflowError")
                .contains("re-drive it");
    }

    @Test
    void aMemoryThatOneRecordExhaustsCostsOnlyThatRecord() {
        faults.put(0L, () -> new OutOfMemoryError("Java heap space"));

        inbox.take(List.of(arrival(0), arrival(1)));

        assertThat(taken).containsExactly(1L);
        assertThat(failed).hasSize(1);
    }

    @Test
    void aRecordThatCannotEvenBeReadIsRefusedWhereItStands() {
        faults.put(1L, NoClassDefFoundError::new);
        Arrival unreadable = new Arrival(
                arrival(1).sender(), arrival(1).partition(), 1, "k", new RecordHeaders(), "{".getBytes(UTF_8));

        inbox.take(List.of(arrival(0), unreadable, arrival(2)));

        assertThat(taken).containsExactly(0L, 2L);
        assertThat(refused).containsExactly(1L);
    }

    @Test
    void aFaultThatPassesIsGivenBackSoThatTheListenerWaits() {
        faults.put(0L, () -> new DataAccessResourceFailureException("the database is away"));

        assertThatThrownBy(() -> inbox.take(List.of(arrival(0)))).hasMessageContaining("away");
        assertThat(failed).isEmpty();
    }

    @Test
    void waitingEventsThatNobodyCanBeBlamedForHoldUpNoOtherPatientAndNothingThatComes() {
        faults.put(-1L, StackOverflowError::new);

        inbox.release(Set.of("SYN-0001", "SYN-0002"));

        assertThat(turnsEnded).containsExactlyInAnyOrder("SYN-0001", "SYN-0002");
    }

    private static Arrival arrival(long offset) {
        SyntheticEvent event = SyntheticCase.urgent(7, NOW.minusSeconds(3600))
                .throughTreatment()
                .get(0);
        RecordHeaders headers = new RecordHeaders();
        event.headers().forEach(headers::add);
        headers.remove("ce_id").add("ce_id", ("e-" + offset).getBytes(UTF_8));
        return new Arrival(
                event.type().department(),
                new TopicPartition(event.topic(), 0),
                offset,
                event.key(),
                headers,
                event.data().toString().getBytes(UTF_8));
    }

    /** Fails for the offsets that a test names; -1 stands for events that wait. */
    private final class Transaction extends InboxTransaction {

        Transaction() {
            super(null, null, null, null, null, null, null, null, null, null, null, null, null, null);
        }

        @Override
        Applied apply(List<Arrival> arrivals, Collection<String> released) {
            arrivals.forEach(arrival -> fail(arrival.offset()));
            if (arrivals.isEmpty()) {
                fail(-1);
            }
            arrivals.forEach(arrival -> taken.add(arrival.offset()));
            return new Applied(Set.of(), Set.of());
        }

        private void fail(long offset) {
            if (faults.containsKey(offset)) {
                Throwable fault = faults.get(offset).get();
                if (fault instanceof Error error) {
                    throw error;
                }
                throw (RuntimeException) fault;
            }
        }

        @Override
        void setAside(@Nullable Arrival arrival, EventIdentity event, String reason) {
            failed.add(event.id() + ": " + reason);
        }

        @Override
        void endTurns(String patient) {
            turnsEnded.add(patient);
        }

        @Override
        void refuse(Arrival arrival, String reason) {
            refused.add(arrival.offset());
        }
    }
}
