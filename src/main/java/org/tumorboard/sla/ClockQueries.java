package org.tumorboard.sla;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * What pages and API ask about running clocks. It only reads. All viewers share one reading of the rows for at most a
 * second; how each clock stands is told against now each time.
 */
@Component
public final class ClockQueries {

    private final JdbcClient jdbc;
    private final OpenClocks clocks;

    ClockQueries(JdbcClient jdbc, OpenClocks clocks) {
        this.jdbc = jdbc;
        this.clocks = clocks;
    }

    /**
     * What two looks at the tables are told apart by.
     *
     * @param changes of clocks
     * @param milestones of cases
     */
    public record Fingerprint(String changes, String milestones) {}

    /** The open clocks asked for, by the time left to their limits. */
    public List<OpenClock> open(ClockFilter filter, Instant now) {
        return clocks.all().stream()
                .filter(filter.asOf(now))
                .map(open -> Ranked.of(open, now))
                .sorted(Ranked.BY_TIME_LEFT)
                .map(Ranked::open)
                .toList();
    }

    /** The next instant at which a clock stands otherwise though nothing is reported: a threshold or bound. */
    public Optional<Instant> nextTurn(Instant after) {
        return clocks.all().stream()
                .map(OpenClock::clock)
                .filter(clock -> clock.pausedAt() == null)
                .flatMap(ClockQueries::turns)
                .filter(turn -> turn.isAfter(after))
                .min(Instant::compareTo);
    }

    /** A bound is inclusive, so a clock turns just after it; but a window is open from its first instant on. */
    private static Stream<Instant> turns(SlaClock clock) {
        List<Instant> turns = new ArrayList<>();
        clock.thresholds().forEach(threshold -> turns.add(threshold.at().plusNanos(1)));
        turns.add(clock.latestAt().plusNanos(1));
        if (clock.earliestAt() != null) {
            turns.add(clock.earliestAt());
        }
        return turns.stream();
    }

    /** Forgets the shared reading: something is known to have changed. */
    public void forget() {
        clocks.forget();
    }

    /**
     * Tells whether clocks or milestones were added, on whichever node. Rows are numbered when they are written but seen
     * when they are committed, so the newest thousand are counted too: one that was overtaken fills a gap.
     */
    public Fingerprint fingerprint() {
        return new Fingerprint(newest("sla_clock_change"), newest("milestone"));
    }

    private String newest(String table) {
        return jdbc.sql(
                        """
                        select newest || ' ' || (select count(*) from %1$s where seq > newest - 1000)
                        from (select coalesce(max(seq), 0) as newest from %1$s) as last
                        """
                                .formatted(table))
                .query(String.class)
                .single();
    }

    /** A clock with what it is ordered by, told once: what is paused comes last, its limit does not come nearer. */
    private record Ranked(OpenClock open, boolean isPaused, Duration left) {

        static final Comparator<Ranked> BY_TIME_LEFT = Comparator.comparing(Ranked::isPaused)
                .thenComparing(Ranked::left)
                .thenComparing(ranked -> ranked.open.clock().caseId())
                .thenComparing(ranked -> ranked.open.clock().clock())
                .thenComparing(ranked -> ranked.open.clock().anchor());

        static Ranked of(OpenClock open, Instant now) {
            return new Ranked(open, open.standing(now) == Standing.PAUSED, open.left(now));
        }
    }
}
