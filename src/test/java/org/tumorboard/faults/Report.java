package org.tumorboard.faults;

import java.lang.management.ManagementFactory;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The table of a run. */
final class Report {

    private final StringBuilder text = new StringBuilder();

    Report(Sizes sizes) {
        line(
                "%d cores, %s %s, load %.1f, JDK %s; PostgreSQL with fsync, broker and two nodes in processes of their own",
                Runtime.getRuntime().availableProcessors(),
                System.getProperty("os.name"),
                System.getProperty("os.arch"),
                ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage(),
                System.getProperty("java.version"));
        line("%s", sizes.asOptions());
    }

    Report line(String format, Object... values) {
        text.append(format.formatted(values)).append('\n');
        return this;
    }

    /** For each kind of fault how often it struck, and how long it took until the first event was applied after it. */
    Report faults(List<Chaos.Strike> strikes, JdbcClient jdbc) {
        line("");
        line("| fault | times | median s | longest s |");
        line("|---|---|---|---|");
        for (Fault fault : Fault.values()) {
            List<Double> waits = strikes.stream()
                    .filter(strike -> strike.fault() == fault)
                    .map(strike -> untilApplied(strike.at(), jdbc))
                    .filter(wait -> !wait.isNaN())
                    .sorted()
                    .toList();
            long times =
                    strikes.stream().filter(strike -> strike.fault() == fault).count();
            line(
                    "| %s | %d | %s | %s |",
                    fault.words(),
                    times,
                    waits.isEmpty() ? "–" : seconds(waits.get(waits.size() / 2)),
                    waits.isEmpty() ? "–" : seconds(waits.get(waits.size() - 1)));
        }
        return this;
    }

    Report invariants(Verdict verdict) {
        line("");
        line("| invariant | |");
        line("|---|---|");
        verdict.broken()
                .forEach((invariant, breaks) -> line(
                        "| %s | %s |", invariant, breaks.isEmpty() ? "holds" : "BROKEN " + breaks.size() + " times"));
        return this;
    }

    private static double untilApplied(Instant at, JdbcClient jdbc) {
        return jdbc.sql(
                        """
                        select coalesce(extract(epoch from min(decided_at) - cast(:at as timestamptz)), 'NaN')
                        from inbox_event where decided_at > :at and outcome = 'APPLIED'
                        """)
                .param("at", java.sql.Timestamp.from(at))
                .query(Double.class)
                .single();
    }

    private static String seconds(double value) {
        return String.format(Locale.ROOT, "%.1f", value);
    }

    @Override
    public String toString() {
        return text.toString();
    }
}
