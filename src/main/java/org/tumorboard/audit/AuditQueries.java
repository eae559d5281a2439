package org.tumorboard.audit;

import static java.time.ZoneOffset.UTC;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Reads the trail, the newest entries first. */
@Component
public final class AuditQueries {

    private final JdbcClient jdbc;

    AuditQueries(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * @param before only entries with a smaller number: where an earlier piece ended; null for the newest
     * @param most how many at the most
     */
    public List<AuditEntry> newest(AuditFilter filter, @Nullable Long before, int most) {
        Map<String, Object> conditions = new LinkedHashMap<>();
        add(
                conditions,
                "case_id = ?",
                filter.caseId() == null ? null : filter.caseId().value());
        add(conditions, "person = ?", filter.person());
        add(conditions, "deed = ?", filter.deed() == null ? null : filter.deed().name());
        add(conditions, "at >= ?", timestamp(filter.from()));
        add(conditions, "at < ?", timestamp(filter.to()));
        add(conditions, "number < ?", before);
        String where = conditions.isEmpty() ? "" : " where " + String.join(" and ", conditions.keySet());
        return jdbc.sql("select %s from audit_entry%s order by number desc limit %d"
                        .formatted(AuditTable.COLUMNS, where, most))
                .params(List.copyOf(conditions.values()))
                .query(AuditTable.ENTRY)
                .list();
    }

    private static void add(Map<String, Object> conditions, String condition, @Nullable Object value) {
        if (value != null) {
            conditions.put(condition, value);
        }
    }

    private static @Nullable OffsetDateTime timestamp(@Nullable Instant instant) {
        return instant == null ? null : OffsetDateTime.ofInstant(instant, UTC);
    }
}
