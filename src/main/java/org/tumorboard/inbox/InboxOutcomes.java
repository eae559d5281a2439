package org.tumorboard.inbox;

import static java.util.stream.Collectors.toMap;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.tumorboard.event.Department;
import org.tumorboard.event.Outcome;

/** How many events have which outcome: all of those that need somebody, and of the last day those that need nobody. */
@Component
public final class InboxOutcomes {

    private static final List<Outcome> ORDER =
            List.of(Outcome.FAILED, Outcome.PARKED, Outcome.REFUSED, Outcome.APPLIED, Outcome.ALREADY_DONE);

    private final JdbcClient jdbc;
    private final Clock clock;

    InboxOutcomes(JdbcClient jdbc, Clock clock) {
        this.jdbc = jdbc;
        this.clock = clock;
    }

    /**
     * @param standing how many there are now; null for what needs nobody, which is not counted
     * @param oldestAt when the oldest of them was received, news of units aside, which waits for every case to come;
     *     null if there is none
     * @param lastHour received in the last hour, with this outcome by now
     * @param lastDay received in the last day, likewise
     */
    public record OfOutcome(
            Outcome outcome, @Nullable Long standing, @Nullable Instant oldestAt, long lastHour, long lastDay) {}

    private record Standing(Outcome outcome, long events, @Nullable Instant oldestAt) {}

    private record Recent(Outcome outcome, long hour, long day) {}

    /** One for each outcome, those that need somebody first. */
    public List<OfOutcome> read() {
        Map<Outcome, Standing> standing = standing();
        Map<Outcome, Recent> recent = recent(clock.instant());
        return ORDER.stream()
                .map(outcome -> {
                    boolean needsNobody = outcome == Outcome.APPLIED || outcome == Outcome.ALREADY_DONE;
                    Standing now = standing.getOrDefault(outcome, new Standing(outcome, 0, null));
                    Recent of = recent.getOrDefault(outcome, new Recent(outcome, 0, 0));
                    return new OfOutcome(
                            outcome, needsNobody ? null : now.events(), now.oldestAt(), of.hour(), of.day());
                })
                .toList();
    }

    /** Two small partial indexes. */
    private Map<Outcome, Standing> standing() {
        return jdbc
                .sql(
                        """
                        select outcome, count(*) as events, min(received_at) filter (where unit is null) as oldest
                        from inbox_event where outcome = 'PARKED' group by outcome
                        union all
                        select outcome, count(*), min(received_at)
                        from inbox_event where outcome in ('FAILED', 'REFUSED') group by outcome
                        """)
                .query(InboxOutcomes::row)
                .list()
                .stream()
                .collect(toMap(Standing::outcome, of -> of));
    }

    /** The end of an index that has the department first. */
    private Map<Outcome, Recent> recent(Instant now) {
        return jdbc
                .sql(
                        """
                        select e.outcome, count(*) filter (where e.received_at > :hour) as hour, count(*) as day
                        from unnest(cast(:departments as text[])) as d (department)
                        join inbox_event e on e.department = d.department and e.received_at > :day
                        group by e.outcome
                        """)
                .param(
                        "departments",
                        Arrays.stream(Department.values()).map(Department::slug).toArray(String[]::new))
                .param("hour", Timestamp.from(now.minus(Duration.ofHours(1))))
                .param("day", Timestamp.from(now.minus(Duration.ofDays(1))))
                .query((row, number) ->
                        new Recent(Outcome.valueOf(row.getString("outcome")), row.getLong("hour"), row.getLong("day")))
                .list()
                .stream()
                .collect(toMap(Recent::outcome, of -> of));
    }

    private static Standing row(ResultSet row, int number) throws SQLException {
        Timestamp oldest = row.getTimestamp("oldest");
        return new Standing(
                Outcome.valueOf(row.getString("outcome")),
                row.getLong("events"),
                oldest == null ? null : oldest.toInstant());
    }
}
