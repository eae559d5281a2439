package org.tumorboard.faults;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.tumorboard.embedded.SyntheticEvent;

/** How events come out of their order, more than once, and with records between that are none. */
final class Disorder {

    private static final int LARGEST_ROUND = 8;

    private final Random random;

    Disorder(Random random) {
        this.random = random;
    }

    List<SyntheticEvent> disordered(List<SyntheticEvent> events, int disorder) {
        record Placed(int place, SyntheticEvent event) {}
        List<Placed> placed = new ArrayList<>();
        for (int index = 0; index < events.size(); index++) {
            placed.add(new Placed(index + random.nextInt(disorder), events.get(index)));
        }
        return placed.stream()
                .sorted(Comparator.comparingInt(Placed::place))
                .map(Placed::event)
                .toList();
    }

    List<Script.Round> inRounds(List<SyntheticEvent> events) {
        List<Script.Round> rounds = new ArrayList<>();
        for (int from = 0; from < events.size(); ) {
            int to = Math.min(events.size(), from + 1 + random.nextInt(LARGEST_ROUND));
            List<SyntheticEvent> round = new ArrayList<>();
            events.subList(from, to).forEach(event -> round.addAll(withCopy(event)));
            if (from > 0 && random.nextInt(3) == 0) {
                round.add(events.get(random.nextInt(from)));
            }
            rounds.add(new Script.Round(round, List.of(), malformed()));
            from = to;
        }
        return rounds;
    }

    List<SyntheticEvent> withCopy(SyntheticEvent event) {
        return Collections.nCopies(random.nextInt(8) == 0 ? 2 : 1, event);
    }

    List<SyntheticEvent> muchLater(List<SyntheticEvent> events) {
        return IntStream.range(0, 3)
                .mapToObj(copy -> events.get(random.nextInt(events.size())))
                .collect(Collectors.toCollection(ArrayList::new));
    }

    int malformed() {
        return random.nextInt(12) == 0 ? 1 : 0;
    }
}
