package org.tumorboard.report;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.tumorboard.event.CaseId;
import org.tumorboard.event.Urgency;
import org.tumorboard.sla.Milestone;

/** Reads when cases first reached the milestones of their way: of each the newest amendment counts. */
@Component
final class Courses {

    private static final TypeReference<List<Milestone.Key>> KEYS = new TypeReference<>() {};

    private final JdbcClient jdbc;
    private final ObjectMapper json;

    Courses(JdbcClient jdbc, ObjectMapper json) {
        this.jdbc = jdbc;
        this.json = json;
    }

    /** Of the named cases, and of those that may have reached a milestone of the way in a period. */
    Map<CaseId, Course> of(Collection<CaseId> named, RunFilter period) {
        Urgency urgency = period.urgency();
        Map<String, Map<Milestone.Key, Told>> told = new HashMap<>();
        jdbc.sql(
                        """
                        with chosen as (
                          select case_id from milestone
                          where name = any(:way) and at >= :from and at < :to
                          union select unnest(cast(:named as text[]))
                        )
                        select case_id, m.name, m.at, m.source, m.event_id, m.joined, m.amended_at, m.retracted
                        from milestone m join chosen using (case_id) join tumor_case c using (case_id)
                        where m.clock is null and (cast(:urgency as text) is null or c.urgency = :urgency)
                          and (m.name = any(:way)
                            or case_id in (select case_id from milestone where amended_at is not null))
                        order by m.seq
                        """)
                .param("way", Course.WAY.toArray(String[]::new))
                .param("from", DecidedRuns.utc(period.from()))
                .param("to", DecidedRuns.utc(period.to()))
                .param("named", named.stream().map(CaseId::value).distinct().toArray(String[]::new))
                .param("urgency", urgency == null ? null : urgency.name())
                .query(row -> {
                    told.computeIfAbsent(row.getString("case_id"), id -> new HashMap<>())
                            .merge(key(row), told(row), Told::newest);
                });
        Map<CaseId, Course> courses = new HashMap<>();
        told.forEach((id, entries) -> {
            CaseId caseId = new CaseId(id);
            courses.put(caseId, new Course(caseId, firsts(entries)));
        });
        return courses;
    }

    private static Map<String, Instant> firsts(Map<Milestone.Key, Told> entries) {
        Map<String, Instant> firsts = new HashMap<>();
        entries.forEach((key, told) -> {
            Instant at = told.standing(entries);
            if (at != null && Course.WAY.contains(key.name())) {
                firsts.merge(key.name(), at, (one, other) -> one.isBefore(other) ? one : other);
            }
        });
        return firsts;
    }

    private static Milestone.Key key(ResultSet row) throws SQLException {
        return new Milestone.Key(row.getString("name"), row.getString("source"), row.getString("event_id"));
    }

    private Told told(ResultSet row) throws SQLException {
        String joined = row.getString("joined");
        Timestamp amended = row.getTimestamp("amended_at");
        return new Told(
                row.getTimestamp("at").toInstant(),
                joined.equals("[]") ? List.of() : keys(joined),
                amended == null ? null : amended.toInstant(),
                row.getBoolean("retracted"));
    }

    private List<Milestone.Key> keys(String joined) throws SQLException {
        try {
            return json.readValue(joined, KEYS);
        } catch (JsonProcessingException e) {
            throw new SQLException("expected the keys of joined milestones as JSON", e);
        }
    }

    private record Told(Instant at, List<Milestone.Key> joined, @Nullable Instant amendedAt, boolean retracted) {

        Told newest(Told later) {
            return amendedAt != null && (later.amendedAt == null || later.amendedAt.isBefore(amendedAt)) ? this : later;
        }

        /** Of a joined milestone the latest of those parts that stand; null if nothing does. */
        @Nullable
        Instant standing(Map<Milestone.Key, Told> entries) {
            if (retracted) {
                return null;
            }
            List<Told> parts =
                    joined.stream().map(entries::get).filter(Objects::nonNull).toList();
            return parts.isEmpty()
                    ? at
                    : parts.stream()
                            .filter(part -> !part.retracted)
                            .map(Told::at)
                            .max(Comparator.naturalOrder())
                            .orElse(null);
        }
    }
}
