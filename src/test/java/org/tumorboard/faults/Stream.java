package org.tumorboard.faults;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.DoubleSupplier;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.springframework.dao.DataAccessException;
import org.tumorboard.embedded.SyntheticEvent;
import org.tumorboard.event.EventIdentity;
import org.tumorboard.hostile.HostileRecords;

/** The departments: tell the cases round by round, with what is malformed between, to a broker that comes and goes. */
final class Stream implements AutoCloseable {

    /** Cases under way before the first fault. */
    private static final int AT_ONCE = 6;

    private final Stories stories;
    private final Records records;
    private final People people;
    private final DoubleSupplier progress;
    private final HostileRecords hostile;
    private final Sender sender;
    private final List<Telling> tellings = new CopyOnWriteArrayList<>();
    private final Set<EventIdentity> said = new HashSet<>();
    private int started;
    private int duplicates;
    private volatile boolean isOver;

    Stream(Sizes sizes, Stories stories, Records records, People people, Broker broker, DoubleSupplier progress) {
        this.stories = stories;
        this.records = records;
        this.people = people;
        this.progress = progress;
        this.hostile = new HostileRecords(new Random(sizes.seed() + 2));
        this.sender = new Sender(broker);
        stories.unitNews().forEach(this::say);
    }

    /** One case on its way. */
    private static final class Telling {

        private final Script script;
        private int round = -1;

        private Telling(Script script) {
            this.script = script;
        }

        private List<Hand> awaitedHands() {
            return isLast() ? script.meanwhile() : script.rounds().get(round).hands();
        }

        /** What was told and must have been taken before the next round. */
        private Optional<SyntheticEvent> toldFrame() {
            return script.frame().filter(frame -> script.rounds().subList(0, round + 1).stream()
                    .anyMatch(told -> told.events().contains(frame)));
        }

        private boolean isLast() {
            return round == script.rounds().size() - 1;
        }
    }

    /** Everything is told and on record. */
    boolean isOver() {
        return isOver;
    }

    /** For the message of a run that gets stuck: which cases wait at which round. */
    List<String> left() {
        return tellings.stream()
                .map(telling -> "%s at round %d of %d: %s, by hand %s"
                        .formatted(
                                telling.script.caseId(),
                                telling.round,
                                telling.script.rounds().size(),
                                identities(telling.script
                                        .rounds()
                                        .get(telling.round)
                                        .events()),
                                telling.awaitedHands().stream()
                                        .filter(hand -> !people.haveDone(List.of(hand)))
                                        .map(Hand::element)
                                        .toList()))
                .toList();
    }

    Set<EventIdentity> said() {
        return said;
    }

    /** Where the records stand that are no events: topic, partition, offset. */
    Set<String> malformed() {
        return sender.malformed();
    }

    int duplicates() {
        return duplicates;
    }

    /** Goes on with every case that can; whatever is away, it is tried again at the next call. */
    void runOnce() {
        if (isOver) {
            return;
        }
        try {
            if (sender.isEverythingThere()) {
                goOn();
            }
        } catch (DataAccessException databaseIsAway) {
            // tried again
        }
    }

    private void goOn() {
        if (!records.missing(identities(stories.unitNews())).isEmpty()) {
            return;
        }
        int allowed = (int) Math.ceil(progress.getAsDouble() * stories.scripts().size()) + AT_ONCE;
        while (started < Math.min(allowed, stories.scripts().size())) {
            Telling telling = new Telling(stories.scripts().get(started++));
            people.expect(telling.script.meanwhile());
            tellings.add(telling);
            next(telling);
        }
        List<SyntheticEvent> awaited = tellings.stream()
                .flatMap(telling -> telling.script.rounds().get(telling.round).events().stream())
                .toList();
        Set<EventIdentity> missing = records.missing(identities(awaited));
        Set<EventIdentity> parked = records.parked(identities(tellings.stream()
                .flatMap(telling -> telling.toldFrame().stream())
                .toList()));
        Set<String> busy = records.casesWithDueTimers(
                tellings.stream().map(telling -> telling.script.caseId()).toList());
        for (Telling telling : tellings) {
            Script.Round round = telling.script.rounds().get(telling.round);
            if (!busy.contains(telling.script.caseId())
                    && identities(round.events()).stream().noneMatch(missing::contains)
                    && telling.toldFrame()
                            .map(Stream::identity)
                            .filter(parked::contains)
                            .isEmpty()
                    && people.haveDone(telling.awaitedHands())) {
                next(telling);
            }
        }
        isOver = started == stories.scripts().size() && tellings.isEmpty();
    }

    private void next(Telling telling) {
        if (telling.isLast()) {
            tellings.remove(telling);
            return;
        }
        telling.round++;
        Script.Round round = telling.script.rounds().get(telling.round);
        round.events().forEach(this::say);
        people.expect(round.hands());
        for (int number = 0; number < round.malformed(); number++) {
            SyntheticEvent beside = round.events().isEmpty()
                    ? stories.unitNews().get(0)
                    : round.events().get(0);
            sender.send(hostile.beside(beside), true);
        }
    }

    private void say(SyntheticEvent event) {
        if (!said.add(identity(event))) {
            duplicates++;
        }
        var message = new ProducerRecord<>(
                event.topic(),
                event.key().getBytes(UTF_8),
                event.data().toString().getBytes(UTF_8));
        event.headers().forEach(message.headers()::add);
        sender.send(message, false);
    }

    static List<EventIdentity> identities(List<SyntheticEvent> events) {
        return events.stream().map(Stream::identity).toList();
    }

    static EventIdentity identity(SyntheticEvent event) {
        return new EventIdentity(event.source(), event.id());
    }

    @Override
    public void close() {
        sender.close();
    }
}
