package org.tumorboard.sla;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.tumorboard.event.CaseId;
import org.tumorboard.event.CaseStatus;

/**
 * The rows of all open clocks as all readers share them for at most a second. Most rows stay as they are from one reading
 * to the next: of those only key and version are asked again.
 */
@Component
final class OpenClocks {

    private static final Duration SHARED_FOR = Duration.ofSeconds(1);

    /** Up to so many changed cases are asked for by name; for more, everything is read. */
    private static final int FEW = 500;

    private final JdbcClient jdbc;
    private final SlaClocks clocks;
    private Map<Key, Known> known = new HashMap<>();
    private @Nullable List<OpenClock> shared;
    private long readAt;

    OpenClocks(JdbcClient jdbc, SlaClocks clocks) {
        this.jdbc = jdbc;
        this.clocks = clocks;
    }

    private record Key(String caseId, String clock, String anchor) {}

    /** @param version PostgreSQL's own of that row: the transaction that wrote it */
    private record Row(Key key, String version) {}

    private record Its(String patientRef, CaseStatus status, String phase) {}

    private record Known(String version, SlaClock clock) {}

    synchronized List<OpenClock> all() {
        if (shared == null || System.nanoTime() - readAt > SHARED_FOR.toNanos()) {
            shared = read();
            readAt = System.nanoTime();
        }
        return shared;
    }

    /** Lets the next reader look into the database, however young the shared reading is. */
    synchronized void forget() {
        shared = null;
    }

    /** Each table by itself: so the database cannot choose a bad way to join them, whatever it believes of their size. */
    private List<OpenClock> read() {
        List<Row> rows = rows();
        Map<Key, SlaClock> changed = changed(rows);
        Map<String, Its> cases = cases();
        Map<Key, Known> next = new HashMap<>();
        List<OpenClock> open = new ArrayList<>(rows.size());
        for (Row row : rows) {
            Known before = known.get(row.key());
            SlaClock clock = isSame(row, before) ? before.clock() : changed.get(row.key());
            Its its = cases.get(row.key().caseId());
            if (clock != null && its != null) {
                next.put(row.key(), new Known(row.version(), clock));
                open.add(new OpenClock(clock, its.patientRef(), its.status(), its.phase()));
            }
        }
        known = next;
        return List.copyOf(open);
    }

    private static boolean isSame(Row row, @Nullable Known before) {
        return before != null && before.version().equals(row.version());
    }

    private List<Row> rows() {
        return jdbc.sql("select case_id, clock, anchor, xmin::text as version from sla_clock where verdict is null")
                .query((row, number) -> new Row(
                        new Key(row.getString("case_id"), row.getString("clock"), row.getString("anchor")),
                        row.getString("version")))
                .list();
    }

    private Map<String, Its> cases() {
        Map<String, Its> cases = new HashMap<>();
        jdbc.sql("select case_id, patient_ref, status, phase from tumor_case where closed_at is null")
                .query(row -> {
                    cases.put(
                            row.getString("case_id"),
                            new Its(
                                    row.getString("patient_ref"),
                                    CaseStatus.valueOf(row.getString("status")),
                                    row.getString("phase")));
                });
        return cases;
    }

    private Map<Key, SlaClock> changed(List<Row> rows) {
        List<CaseId> cases = rows.stream()
                .filter(row -> !isSame(row, known.get(row.key())))
                .map(row -> new CaseId(row.key().caseId()))
                .distinct()
                .toList();
        List<SlaClock> read = cases.size() > FEW
                ? clocks.open()
                : clocks.of(cases).values().stream().flatMap(List::stream).toList();
        Map<Key, SlaClock> changed = new HashMap<>();
        read.stream()
                .filter(SlaClock::isOpen)
                .forEach(clock -> changed.put(new Key(clock.caseId().value(), clock.clock(), clock.anchor()), clock));
        return changed;
    }
}
