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
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.tumorboard.event.CaseId;
import org.tumorboard.event.Urgency;

/** The append-only record of milestones. */
@Component("milestoneTable")
public final class Milestones {

    private static final String COLUMNS =
            """
            case_id, m.name, m.at, m.recorded_at, m.source, m.event_id, m.joined, m.clock, m.reason, m.amended_at,
            m.amended_by, m.amendment_id, m.retracted
            """;

    private static final TypeReference<List<Milestone.Key>> KEYS = new TypeReference<>() {};

    private final JdbcClient jdbc;
    private final ObjectMapper json;

    Milestones(JdbcClient jdbc, ObjectMapper json) {
        this.jdbc = jdbc;
        this.json = json;
    }

    /** Adds milestones in the caller's transaction, one statement for all of them. */
    public void append(List<Milestone> milestones) {
        if (milestones.isEmpty()) {
            return;
        }
        jdbc.sql(
                        """
                        insert into milestone (case_id, name, at, recorded_at, source, event_id, joined, clock, reason,
                          amended_at, amended_by, amendment_id, retracted)
                        select "caseId", name, at, "recordedAt", source, "eventId", joined, clock, reason,
                          cast(amendment ->> 'at' as timestamptz), amendment ->> 'source', amendment ->> 'eventId',
                          coalesce(cast(amendment ->> 'retracts' as boolean), false)
                        from jsonb_to_recordset(cast(:rows as jsonb)) as r(
                          "caseId" text, name text, at timestamptz, "recordedAt" timestamptz, source text,
                          "eventId" text, joined jsonb, clock text, reason text, amendment jsonb)
                        """)
                .param("rows", rows(milestones))
                .update();
    }

    /** The milestones of one case in the order they were recorded. */
    public List<Milestone> of(CaseId caseId) {
        return of(List.of(caseId)).getOrDefault(caseId, List.of());
    }

    /** The milestones of several cases, each list in the order they were recorded. */
    public Map<CaseId, List<Milestone>> of(Collection<CaseId> cases) {
        if (cases.isEmpty()) {
            return Map.of();
        }
        return jdbc
                .sql("select " + COLUMNS + " from milestone m where case_id = any(:cases) order by seq")
                .param("cases", cases.stream().map(CaseId::value).toArray(String[]::new))
                .query(this::milestone)
                .list()
                .stream()
                .collect(groupingBy(Milestone::caseId));
    }

    /**
     * What is recorded under these names, of the named cases and of all that may have reached one of them in a period. Of
     * a case with corrections everything is read, since one may move another.
     *
     * @param from first instant of the period
     * @param to end of the period, not part of it
     * @param urgency only cases of this class; null for all
     */
    public Map<CaseId, List<Milestone>> reaching(
            List<String> names, Instant from, Instant to, Collection<CaseId> cases, @Nullable Urgency urgency) {
        return jdbc
                .sql(
                        """
                        with chosen as (
                          select case_id from milestone where name = any(:names) and at >= :from and at < :to
                          union select unnest(cast(:cases as text[]))
                        )
                        """
                                + "select " + COLUMNS
                                + """
                        from milestone m join chosen using (case_id) join tumor_case c using (case_id)
                        where m.clock is null and (cast(:urgency as text) is null or c.urgency = :urgency)
                          and (m.name = any(:names)
                            or case_id in (select case_id from milestone where amended_at is not null))
                        order by m.seq
                        """)
                .param("names", names.toArray(String[]::new))
                .param("from", Timestamp.from(from))
                .param("to", Timestamp.from(to))
                .param("cases", cases.stream().map(CaseId::value).distinct().toArray(String[]::new))
                .param("urgency", urgency == null ? null : urgency.name())
                .query(this::milestone)
                .list()
                .stream()
                .collect(groupingBy(Milestone::caseId));
    }

    private Milestone milestone(ResultSet row, int number) throws SQLException {
        try {
            return new Milestone(
                    new CaseId(row.getString("case_id")),
                    row.getString("name"),
                    row.getTimestamp("at").toInstant(),
                    row.getTimestamp("recorded_at").toInstant(),
                    row.getString("source"),
                    row.getString("event_id"),
                    json.readValue(row.getString("joined"), KEYS),
                    row.getString("clock"),
                    row.getString("reason"),
                    amendment(row));
        } catch (JsonProcessingException e) {
            throw new SQLException("expected the keys of joined milestones as JSON", e);
        }
    }

    private static Milestone.@Nullable Amendment amendment(ResultSet row) throws SQLException {
        Timestamp at = row.getTimestamp("amended_at");
        return at == null
                ? null
                : new Milestone.Amendment(
                        at.toInstant(),
                        row.getString("amended_by"),
                        row.getString("amendment_id"),
                        row.getBoolean("retracted"));
    }

    private String rows(List<Milestone> milestones) {
        try {
            return json.writeValueAsString(milestones);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("expected milestones to be JSON", e);
        }
    }
}
