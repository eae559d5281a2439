package org.tumorboard.hostile;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.tumorboard.embedded.SyntheticEvent;

/** Records that nobody can use, each a good event with one thing wrong, on the partition of the good ones. */
public final class HostileRecords {

    private static final List<Flaw> FLAWS = Stream.<Flaw>concat(
                    Stream.of(EnvelopeFlaw.values()), Stream.of(BodyFlaw.values()))
            .toList();

    private final Random random;
    private final Map<String, Integer> counts = new TreeMap<>();
    private int next;
    private int number;

    public HostileRecords(Random random) {
        this.random = random;
    }

    /** A record beside a good one; none of them is an event. */
    public ProducerRecord<byte[], byte[]> beside(SyntheticEvent good) {
        Flaw flaw = FLAWS.get(next++ % FLAWS.size());
        counts.merge(flaw.name(), 1, Integer::sum);
        Draft draft = new Draft(good, "hostile-%s-%d".formatted(good.id(), number++), random);
        flaw.spoil(draft);
        ProducerRecord<byte[], byte[]> record = draft.record();
        if (random.nextInt(20) == 0) {
            record.headers().add("ce_id", null);
        }
        return record;
    }

    /** As large as the broker takes it, in a field that there is. */
    ProducerRecord<byte[], byte[]> largeBeside(SyntheticEvent good) {
        counts.merge("LARGE", 1, Integer::sum);
        Draft draft = new Draft(good, "hostile-large-" + number++, random);
        draft.with(draft.textField(), "x".repeat(1_000_000));
        return draft.record();
    }

    /** The same on whatever partition a hostile key leads to. */
    ProducerRecord<byte[], byte[]> astray(SyntheticEvent good) {
        ProducerRecord<byte[], byte[]> record = beside(good);
        HostileText text = new HostileText(random);
        List<byte[]> keys = List.of(
                text.garbage(50),
                "a\0b".getBytes(UTF_8),
                "k".repeat(20_000).getBytes(UTF_8),
                "\ud800".getBytes(UTF_8),
                text.any().getBytes(UTF_8));
        return new ProducerRecord<>(
                record.topic(), null, keys.get(random.nextInt(keys.size())), record.value(), record.headers());
    }

    /** How many there were of each kind. */
    Map<String, Integer> counts() {
        return counts;
    }
}
