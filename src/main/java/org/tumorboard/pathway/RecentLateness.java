package org.tumorboard.pathway;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import org.springframework.stereotype.Component;

/** How late the last announcements of this node were, to be told in figures. */
@Component
public final class RecentLateness {

    private static final int LAST = 1_000;

    private final Deque<Duration> last = new ArrayDeque<>();

    /**
     * @param announcements how many it is told from, the last ones of this node
     * @param half half of them came no later after their threshold than this
     * @param ninetyNineInAHundred by nearest rank
     */
    public record Figures(int announcements, Duration half, Duration ninetyNineInAHundred, Duration latest) {}

    synchronized void add(Duration lateness) {
        last.addLast(lateness);
        if (last.size() > LAST) {
            last.removeFirst();
        }
    }

    /** Empty if this node has announced nothing yet. */
    public synchronized Optional<Figures> read() {
        List<Duration> sorted = last.stream().sorted().toList();
        return sorted.isEmpty()
                ? Optional.empty()
                : Optional.of(new Figures(
                        sorted.size(), rank(sorted, 0.5), rank(sorted, 0.99), sorted.get(sorted.size() - 1)));
    }

    private static Duration rank(List<Duration> sorted, double share) {
        return sorted.get((int) Math.ceil(share * sorted.size()) - 1);
    }
}
