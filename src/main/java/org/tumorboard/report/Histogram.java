package org.tumorboard.report;

import static java.util.stream.Collectors.counting;
import static java.util.stream.Collectors.groupingBy;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.tumorboard.sla.SlaClock;

/**
 * How many hours after T0 resections began. The bounds are those of the runs themselves, as the policy gave them.
 *
 * @param bounds those of most runs; null without runs
 * @param otherBounds runs measured by other bounds: emergencies, and where early surgery was allowed
 * @param withoutIncision windows that closed without an incision: late, but in no bin
 */
public record Histogram(List<Bin> bins, @Nullable Bounds bounds, int otherBounds, int withoutIncision) {

    private static final int WIDTH = 4;
    private static final int SHOWN_AFTER_LIMIT = 24;

    /**
     * Incisions from {@code fromHours} on and before {@code toHours}, by verdict: an incision exactly at the limit stands
     * right of it, and is inside.
     *
     * @param toHours null for the last
     */
    public record Bin(int fromHours, @Nullable Integer toHours, int early, int inside, int late) {

        public int n() {
            return early + inside + late;
        }
    }

    /**
     * Hours after T0.
     *
     * @param earliest null without lower bound
     */
    public record Bounds(@Nullable Double earliest, double latest) {

        static Bounds of(SlaClock run) {
            return new Bounds(
                    run.earliestAt() == null ? null : hours(run, run.earliestAt()), hours(run, run.latestAt()));
        }
    }

    static Histogram of(List<DecidedRun> windows) {
        List<DecidedRun> stopped =
                windows.stream().filter(w -> w.run().stoppedAt() != null).toList();
        Map<Bounds, Long> bounds = stopped.stream().collect(groupingBy(w -> Bounds.of(w.run()), counting()));
        if (bounds.isEmpty()) {
            return new Histogram(List.of(), null, 0, windows.size());
        }
        Bounds most =
                Collections.max(bounds.entrySet(), Map.Entry.comparingByValue()).getKey();
        int others = stopped.size() - bounds.get(most).intValue();
        return new Histogram(bins(stopped, most), most, others, windows.size() - stopped.size());
    }

    private static List<Bin> bins(List<DecidedRun> stopped, Bounds bounds) {
        int last = (int) Math.ceil((bounds.latest() + SHOWN_AFTER_LIMIT) / WIDTH);
        List<List<DecidedRun>> binned = new ArrayList<>();
        for (int bin = 0; bin <= last; bin++) {
            binned.add(new ArrayList<>());
        }
        for (DecidedRun window : stopped) {
            int bin = (int) Math.floor(hours(window.run(), window.run().stoppedAt()) / WIDTH);
            binned.get(Math.max(0, Math.min(last, bin))).add(window);
        }
        List<Bin> bins = new ArrayList<>();
        for (int bin = 0; bin <= last; bin++) {
            OnTime counts = OnTime.of(binned.get(bin));
            bins.add(new Bin(
                    bin * WIDTH,
                    bin == last ? null : (bin + 1) * WIDTH,
                    counts.early(),
                    counts.met(),
                    counts.breached()));
        }
        return bins;
    }

    private static double hours(SlaClock run, Instant at) {
        return Duration.between(run.startedAt(), at).toMillis() / 3_600_000.0;
    }
}
