package org.tumorboard.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.tumorboard.channel.ChannelBacklog;
import org.tumorboard.event.Outcome;
import org.tumorboard.inbox.DepartmentPulse;
import org.tumorboard.inbox.InboxBacklog;
import org.tumorboard.inbox.InboxOutcomes;
import org.tumorboard.inbox.RetentionLosses;
import org.tumorboard.operations.OperationsReader;
import org.tumorboard.operations.Reading;
import org.tumorboard.outbox.OutboxBacklog;
import org.tumorboard.pathway.SelfCheckResults;
import org.tumorboard.pathway.TimerBacklog;

/** What is wrong is said in words, the worst first; what is as it should be is not mentioned. */
class TroublesTest {

    private static final Instant NOW = Instant.parse("2026-03-02T03:00:00Z");

    private static final OutboxBacklog.Backlog NOTHING_WAITS = new OutboxBacklog.Backlog(0, Duration.ZERO);

    private static final TimerBacklog.Backlog PUNCTUAL = new TimerBacklog.Backlog(Duration.ZERO, 0);

    private static final InboxBacklog.Backlog NOTHING_PARKED =
            new InboxBacklog.Backlog(0, 0, 0, Duration.ZERO, 0, 0, 0);

    private static final DepartmentRow HEARD = department(DepartmentPulse.Standing.HEARD, 0L, 0L);

    @Test
    void saysNothingWhereNothingIsWrong() {
        assertThat(troubles(reading(NOTHING_WAITS, PUNCTUAL, NOTHING_PARKED, checked(0, 10)), true, HEARD))
                .isEmpty();
    }

    @Test
    void saysWhatTheDatabaseSaidLastWhereItDoesNotAnswer() {
        Reading last = reading(NOTHING_WAITS, PUNCTUAL, NOTHING_PARKED, null);

        assertThat(whats(troubles(last, false, HEARD)))
                .containsExactly("The database does not answer. What stands below was read less than 1 min ago.");
        assertThat(whats(troubles(null, false)))
                .containsExactly("The database does not answer. Nothing could be read since this node started.");
    }

    @Test
    void saysThatTheBrokerIsAwayAndWhatWaitsForIt() {
        Reading reading =
                reading(new OutboxBacklog.Backlog(1, Duration.ofSeconds(61)), PUNCTUAL, NOTHING_PARKED, checked(0, 10));

        assertThat(whats(troubles(reading, true, department(DepartmentPulse.Standing.HEARD, null, null))))
                .containsExactly(
                        "The broker does not say how far the inbox is behind.",
                        "1 message waits for the broker, the oldest for 1 min: departments are not told.");
    }

    @Test
    void putsWhatCannotWaitFirst() {
        Reading reading = reading(
                NOTHING_WAITS,
                new TimerBacklog.Backlog(Duration.ofMinutes(2), 3),
                new InboxBacklog.Backlog(5, 1, 2, Duration.ofDays(2), 0, 0, 0),
                checked(1, 200));

        List<Trouble> troubles = troubles(
                reading,
                true,
                department(DepartmentPulse.Standing.SILENT, 0L, 0L),
                department(DepartmentPulse.Standing.DELAYED, 12L, 420L));

        assertThat(whats(troubles))
                .containsExactly(
                        "Radiology has sent what is not in its cases yet: 12 events wait, the oldest 7 min ago.",
                        "3 pieces of work failed on every try, and the engine leaves it to you.",
                        "Timers are late: the most overdue one has waited for 2 min.",
                        "1 case has a threshold that is passed and cannot be announced.",
                        "The self-check has not run for 3 min.",
                        "2 events could not be applied; the oldest came 4 h 0 min ago.",
                        "2 events have waited for more than a day for the step that takes it.",
                        "Radiology is silent beyond its rhythm.",
                        "1 event was refused in the last day, and not sent again since.",
                        "1 event has waited for more than an hour for the step that takes it.",
                        "mail:ward does not get through: 4 notifications wait, 1 of the last day given up.");
        assertThat(troubles)
                .extracting(Trouble::critical)
                .isSortedAccordingTo((one, other) -> Boolean.compare(other, one));
    }

    @Test
    void saysWhatBothClocksSayWhereTheyDisagree() {
        Reading reading = reading(NOTHING_WAITS, PUNCTUAL, NOTHING_PARKED, checked(0, 10));

        assertThat(whats(troubles(
                        reading,
                        true,
                        department(
                                "radiology", DepartmentPulse.Standing.DELAYED, 1L, 600L, -3000L, 600L, null, 6, null),
                        department("ward", DepartmentPulse.Standing.DELAYED, 1L, 3600L, 3600L, 0L, null, 6, null))))
                .containsExactly(
                        "Radiology has sent what is not in its cases yet: 1 event waits, the oldest 10 min ago (its sender's clock"
                                + " says in 50 min, this node has seen it for 10 min).",
                        "Ward has sent what is not in its cases yet: 1 event waits, the oldest 1 h 0 min ago (its sender's clock"
                                + " says 1 h 0 min ago, this node has seen it for 0 s).");
    }

    /** And no department is told as unknown because of another. */
    @Test
    void saysWhichTopicIsNotAsItShouldBe() {
        Reading reading = reading(NOTHING_WAITS, PUNCTUAL, NOTHING_PARKED, checked(0, 10));

        assertThat(whats(troubles(
                        reading,
                        true,
                        HEARD,
                        department("ward", DepartmentPulse.Standing.WITHHELD, 0L, 0L, 0L, 0L, 400L, 6, null),
                        department("pathology", DepartmentPulse.Standing.HEARD, 0L, 0L, 0L, 0L, null, 8, "3, 7"),
                        department("oncology", DepartmentPulse.Standing.HEARD, null, null, null, null, null, 0, null))))
                .containsExactly(
                        "Ward began a transaction 6 min ago and did not end it: what it sent since cannot be read.",
                        "The broker does not answer for part of the topic of Pathology: partition 3, 7.",
                        "The broker says nothing of the topic of Oncology.",
                        "The departments' topics have different numbers of partitions: 6 of Radiology, Ward; 8 of Pathology.");
    }

    @Test
    void saysThatNobodyTakesEventsHereAndWhatKafkaRemovedUnread() {
        Reading well = reading(NOTHING_WAITS, PUNCTUAL, NOTHING_PARKED, checked(0, 10));
        Reading reading = new Reading(
                well.at(),
                well.waiting(),
                well.outcomes(),
                well.outbox(),
                well.topics(),
                well.channels(),
                well.timers(),
                well.selfCheck(),
                well.incidents(),
                well.letters(),
                List.of(
                        new RetentionLosses.Loss("tumorboard.events.ward", 1, 5, 8, NOW.minus(Duration.ofHours(2))),
                        new RetentionLosses.Loss("tumorboard.events.ward", 4, 0, 1, NOW.minus(Duration.ofDays(2)))));

        assertThat(whats(Troubles.of(
                        new OperationsReader.Answer(reading, true), List.of(HEARD), false, new Words(), NOW)))
                .containsExactly(
                        "This node takes no events: its listener has stopped.",
                        "Kafka removed events before they were read: at most 4 of tumorboard.events.ward (partition 1, 4), noticed"
                                + " 2 h 0 min ago.");
    }

    private static List<Trouble> troubles(Reading reading, boolean isOfNow, DepartmentRow... departments) {
        return Troubles.of(new OperationsReader.Answer(reading, isOfNow), List.of(departments), true, new Words(), NOW);
    }

    private static List<String> whats(List<Trouble> troubles) {
        return troubles.stream().map(Trouble::what).toList();
    }

    private static Reading reading(
            OutboxBacklog.Backlog outbox,
            TimerBacklog.Backlog timers,
            InboxBacklog.Backlog parked,
            SelfCheckResults.Result selfCheck) {
        boolean isWrong = timers.failed() > 0;
        return new Reading(
                NOW.minusSeconds(20),
                parked,
                List.of(
                        new InboxOutcomes.OfOutcome(
                                Outcome.FAILED, isWrong ? 2L : 0L, NOW.minus(Duration.ofHours(4)), 0, 0),
                        new InboxOutcomes.OfOutcome(
                                Outcome.REFUSED, 9L, NOW.minus(Duration.ofDays(9)), 0, isWrong ? 1 : 0)),
                outbox,
                List.of(),
                isWrong ? List.of(new ChannelBacklog.Backlog("mail:ward", 4, Duration.ofMinutes(1), 1)) : List.of(),
                timers,
                selfCheck,
                List.of(),
                9,
                List.of());
    }

    private static SelfCheckResults.Result checked(int unmended, int secondsAgo) {
        return new SelfCheckResults.Result(
                NOW.minusSeconds(secondsAgo), unmended, unmended, null, null, Duration.ofSeconds(30));
    }

    private static DepartmentRow department(DepartmentPulse.Standing standing, Long untaken, Long delay) {
        return department("radiology", standing, untaken, delay, delay, delay, null, untaken == null ? 0 : 6, null);
    }

    private static DepartmentRow department(
            String name,
            DepartmentPulse.Standing standing,
            Long untaken,
            Long delay,
            Long sentAgo,
            Long seenFor,
            Long withheld,
            int partitions,
            String unanswered) {
        return new DepartmentRow(
                name,
                standing,
                NOW,
                null,
                null,
                60L,
                0,
                0,
                untaken,
                delay,
                sentAgo,
                seenFor,
                withheld,
                partitions,
                unanswered);
    }
}
