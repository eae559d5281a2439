package org.tumorboard.sla;

import static java.util.stream.Collectors.groupingBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.tumorboard.event.CaseId;
import org.tumorboard.event.Urgency;

/** The rows of the clocks: each run of each clock of each case. */
@Component
public final class SlaClocks {

    static final String COLUMNS =
            """
            case_id, clock, anchor, urgency, policy_version, department, started_at, started_by, recorded_at,
            earliest_at, latest_at, out_of_protocol_at, thresholds, stopped_at, stopped_by, ended_at, paused_at,
            waived_at, earliest_waived, reason
            """;

    private static final TypeReference<List<Threshold>> THRESHOLDS = new TypeReference<>() {};

    private final JdbcClient jdbc;
    private final ObjectMapper json;

    SlaClocks(JdbcClient jdbc, ObjectMapper json) {
        this.jdbc = jdbc;
        this.json = json;
    }

    /** All runs of one case, in the order in which they started. */
    public List<SlaClock> of(CaseId caseId) {
        return of(List.of(caseId)).getOrDefault(caseId, List.of());
    }

    /** All runs of several cases, each list in the order in which they started. */
    public Map<CaseId, List<SlaClock>> of(Collection<CaseId> cases) {
        if (cases.isEmpty()) {
            return Map.of();
        }
        return jdbc
                .sql("select " + COLUMNS
                        + " from sla_clock where case_id = any(:cases) order by started_at, clock, anchor")
                .param("cases", cases.stream().map(CaseId::value).toArray(String[]::new))
                .query(this::clock)
                .list()
                .stream()
                .collect(groupingBy(SlaClock::caseId));
    }

    /** All open runs of all cases, those whose limit is nearest first. */
    public List<SlaClock> open() {
        return jdbc.sql("select " + COLUMNS
                        + " from sla_clock where verdict is null order by latest_at, case_id, clock, anchor")
                .query(this::clock)
                .list();
    }

    /**
     * Adds or replaces runs, one statement for all of them.
     *
     * @param now when
     */
    public void save(Collection<SlaClock> clocks, Instant now) {
        if (clocks.isEmpty()) {
            return;
        }
        jdbc.sql(
                        """
                        insert into sla_clock (case_id, clock, anchor, urgency, policy_version, department, started_at,
                          started_by, recorded_at, earliest_at, latest_at, out_of_protocol_at, thresholds, stopped_at,
                          stopped_by, ended_at, paused_at, waived_at, earliest_waived, reason, verdict, next_nudge_at,
                          changed_at)
                        select "caseId", clock, anchor, urgency, "policyVersion", department, "startedAt",
                          "startedBy", "recordedAt", "earliestAt", "latestAt", "outOfProtocolAt", thresholds, "stoppedAt",
                          "stoppedBy", "endedAt", "pausedAt", "waivedAt", "earliestWaived", reason, verdict, "nextNudgeAt",
                          :now
                        from jsonb_to_recordset(cast(:rows as jsonb)) as r(
                          "caseId" text, clock text, anchor text, urgency text, "policyVersion" integer,
                          department text, "startedAt" timestamptz, "startedBy" text, "recordedAt" timestamptz,
                          "earliestAt" timestamptz, "latestAt" timestamptz, "outOfProtocolAt" timestamptz,
                          thresholds jsonb, "stoppedAt" timestamptz, "stoppedBy" text, "endedAt" timestamptz,
                          "pausedAt" timestamptz, "waivedAt" timestamptz, "earliestWaived" boolean, reason text,
                          verdict text, "nextNudgeAt" timestamptz)
                        on conflict (case_id, clock, anchor) do update set
                          urgency = excluded.urgency, department = excluded.department,
                          started_at = excluded.started_at, started_by = excluded.started_by,
                          earliest_at = excluded.earliest_at, latest_at = excluded.latest_at,
                          out_of_protocol_at = excluded.out_of_protocol_at, thresholds = excluded.thresholds,
                          stopped_at = excluded.stopped_at, stopped_by = excluded.stopped_by,
                          ended_at = excluded.ended_at, paused_at = excluded.paused_at,
                          waived_at = excluded.waived_at, earliest_waived = excluded.earliest_waived,
                          reason = excluded.reason, verdict = excluded.verdict, next_nudge_at = excluded.next_nudge_at,
                          changed_at = excluded.changed_at
                        """)
                .param("rows", rows(clocks))
                .param("now", Timestamp.from(now))
                .update();
    }

    private SlaClock clock(ResultSet row, int number) throws SQLException {
        try {
            return new SlaClock(
                    new CaseId(row.getString("case_id")),
                    row.getString("clock"),
                    row.getString("anchor"),
                    Urgency.valueOf(row.getString("urgency")),
                    row.getInt("policy_version"),
                    row.getString("department"),
                    row.getTimestamp("started_at").toInstant(),
                    row.getString("started_by"),
                    row.getTimestamp("recorded_at").toInstant(),
                    instant(row, "earliest_at"),
                    row.getTimestamp("latest_at").toInstant(),
                    instant(row, "out_of_protocol_at"),
                    json.readValue(row.getString("thresholds"), THRESHOLDS),
                    instant(row, "stopped_at"),
                    row.getString("stopped_by"),
                    instant(row, "ended_at"),
                    instant(row, "paused_at"),
                    instant(row, "waived_at"),
                    row.getBoolean("earliest_waived"),
                    row.getString("reason"));
        } catch (JsonProcessingException e) {
            throw new SQLException("expected thresholds of a clock as JSON", e);
        }
    }

    private static @Nullable Instant instant(ResultSet row, String column) throws SQLException {
        Timestamp at = row.getTimestamp(column);
        return at == null ? null : at.toInstant();
    }

    private String rows(Collection<SlaClock> clocks) {
        try {
            return json.writeValueAsString(clocks.stream().map(this::row).toList());
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("expected clocks to be JSON", e);
        }
    }

    /** The verdict of a run that is over does not depend on now. */
    private Map<String, Object> row(SlaClock clock) {
        Map<String, Object> row = new LinkedHashMap<>(json.convertValue(clock, new TypeReference<>() {}));
        row.put("verdict", clock.isOpen() ? null : clock.state(Instant.MAX).name());
        row.put("nextNudgeAt", clock.nextToAnnounce().map(Threshold::at).orElse(null));
        return row;
    }
}
