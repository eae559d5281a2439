package org.tumorboard.report;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.RowMapper;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.tumorboard.event.CaseId;
import org.tumorboard.event.Urgency;
import org.tumorboard.sla.SlaClock;
import org.tumorboard.sla.SlaClocks;

/**
 * Reads runs by the instant at which they were decided. SQL only bounds that instant; what a run counts as is told by
 * {@link SlaClock#state}. Only what that needs is read: no thresholds, which tell warned from running, and neither is
 * decided; nor how a run came about, for which there is {@link SlaClocks}.
 */
@Component
final class DecidedRuns {

    private final JdbcClient jdbc;

    DecidedRuns(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** In the order in which they were decided. */
    List<DecidedRun> between(Instant from, Instant to, @Nullable Urgency urgency, Instant now) {
        return jdbc
                .sql(
                        """
                        select case_id, clock, department, urgency, started_at, earliest_at, latest_at,
                          out_of_protocol_at, stopped_at, ended_at, paused_at, waived_at
                        from sla_clock
                        where least(stopped_at, latest_at) >= :from and least(stopped_at, latest_at) < :to
                          and (cast(:urgency as text) is null or urgency = :urgency)
                        order by least(stopped_at, latest_at)
                        """)
                .param("from", utc(from))
                .param("to", utc(to))
                .param("urgency", urgency == null ? null : urgency.name())
                .query(new Rows())
                .list()
                .stream()
                .map(run -> DecidedRun.of(run, now))
                .flatMap(Optional::stream)
                .toList();
    }

    /** The patients of cases. */
    Map<CaseId, String> patients(Collection<CaseId> cases) {
        Map<CaseId, String> patients = new HashMap<>();
        jdbc.sql("select case_id, patient_ref from tumor_case where case_id = any(:cases)")
                .param("cases", cases.stream().map(CaseId::value).distinct().toArray(String[]::new))
                .query(row -> {
                    patients.put(new CaseId(row.getString("case_id")), row.getString("patient_ref"));
                });
        return patients;
    }

    static OffsetDateTime utc(Instant instant) {
        return instant.atOffset(ZoneOffset.UTC);
    }

    /** Reads a year's hundred thousand rows: by position, and each name and id only once. */
    private static final class Rows implements RowMapper<SlaClock> {

        private final Map<String, CaseId> cases = new HashMap<>();
        private final Map<String, String> names = new HashMap<>();

        @Override
        public SlaClock mapRow(ResultSet row, int number) throws SQLException {
            Instant startedAt = row.getTimestamp(5).toInstant();
            return new SlaClock(
                    cases.computeIfAbsent(row.getString(1), CaseId::new),
                    name(row.getString(2)),
                    "",
                    Urgency.valueOf(row.getString(4)),
                    0,
                    name(row.getString(3)),
                    startedAt,
                    "",
                    startedAt,
                    instant(row.getTimestamp(6)),
                    row.getTimestamp(7).toInstant(),
                    instant(row.getTimestamp(8)),
                    List.of(),
                    instant(row.getTimestamp(9)),
                    null,
                    instant(row.getTimestamp(10)),
                    instant(row.getTimestamp(11)),
                    instant(row.getTimestamp(12)),
                    false,
                    null);
        }

        private String name(String read) {
            return names.computeIfAbsent(read, same -> same);
        }

        private static @Nullable Instant instant(@Nullable Timestamp at) {
            return at == null ? null : at.toInstant();
        }
    }
}
