package org.tumorboard.bench;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Random;
import org.tumorboard.embedded.SyntheticEvent;

/** Mixes the events of many cases: at random over a sliding window of open cases, in order within each case. */
final class Interleaving {

    static final int OPEN_CASES = 200;

    private Interleaving() {}

    static List<Step> of(List<BenchCase> cases, long seed) {
        Random random = new Random(seed);
        Iterator<BenchCase> further = cases.iterator();
        List<Opened> open = new ArrayList<>();
        List<Step> steps = new ArrayList<>();
        while (further.hasNext() || !open.isEmpty()) {
            while (open.size() < OPEN_CASES && further.hasNext()) {
                BenchCase next = further.next();
                open.add(new Opened(next, next.events().iterator()));
            }
            int chosen = random.nextInt(open.size());
            Opened one = open.get(chosen);
            steps.add(new Step(one.benchCase(), one.events().next()));
            if (!one.events().hasNext()) {
                open.remove(chosen);
            }
        }
        return steps;
    }

    record Step(BenchCase benchCase, SyntheticEvent event) {}

    private record Opened(BenchCase benchCase, Iterator<SyntheticEvent> events) {}
}
