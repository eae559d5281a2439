package org.tumorboard.pathway;

import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** What the self-check found when it last ran, on whichever node. */
@Component
public class SelfCheckResults {

    /** So many of its turns may be missed before somebody is told. */
    private static final int MISSED_TURNS = 4;

    private final JdbcClient jdbc;
    private final SlaProperties properties;

    SelfCheckResults(JdbcClient jdbc, SlaProperties properties) {
        this.jdbc = jdbc;
        this.properties = properties;
    }

    /**
     * @param overlooked cases with a threshold that was passed and not on record
     * @param unmended those of them whose threshold could not be put on record then either
     * @param foundAt when it last found any; null if it never did
     * @param found how many cases it found then
     * @param every how often it runs
     */
    public record Result(
            Instant ranAt,
            int overlooked,
            int unmended,
            @Nullable Instant foundAt,
            @Nullable Integer found,
            Duration every) {

        /** Whether it has missed its turns. */
        public boolean isOverdue(Instant now) {
            return ranAt.plus(every.multipliedBy(MISSED_TURNS)).isBefore(now);
        }
    }

    /** Empty if it has never run. */
    public Optional<Result> last() {
        return jdbc.sql("select ran_at, overlooked, unmended, found_at, found from self_check")
                .query((row, number) -> new Result(
                        row.getTimestamp("ran_at").toInstant(),
                        row.getInt("overlooked"),
                        row.getInt("unmended"),
                        row.getTimestamp("found_at") == null
                                ? null
                                : row.getTimestamp("found_at").toInstant(),
                        row.getObject("found", Integer.class),
                        properties.selfCheckEvery()))
                .optional();
    }

    void ran(Instant now, int overlooked, int unmended) {
        jdbc.sql(
                        """
                        insert into self_check as last (ran_at, overlooked, unmended, found_at, found)
                        values (:now, :overlooked, :unmended,
                          case when :overlooked > 0 then cast(:now as timestamptz) end, nullif(:overlooked, 0))
                        on conflict (only_row) do update set ran_at = excluded.ran_at,
                          overlooked = excluded.overlooked, unmended = excluded.unmended,
                          found_at = coalesce(excluded.found_at, last.found_at), found = coalesce(excluded.found, last.found)
                        """)
                .param("now", Timestamp.from(now))
                .param("overlooked", overlooked)
                .param("unmended", unmended)
                .update();
    }
}
