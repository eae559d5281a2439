package org.tumorboard.report;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.tumorboard.event.CaseId;
import org.tumorboard.event.Urgency;
import org.tumorboard.report.Occurrence.Kind;

/** What was missing each time that a case's readiness gate was told to be RED, as it was told. */
@Component
final class RedGates {

    private final JdbcClient jdbc;

    RedGates(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** One for each missing item; several departments are told the same once. */
    List<Occurrence> between(Instant from, Instant to, @Nullable Urgency urgency) {
        return jdbc.sql(
                        """
                        select distinct m.key as case_id, c.patient_ref, missing.item, m.occurred_at, m.causation_id
                        from outbox_message m join tumor_case c on c.case_id = m.key
                        cross join jsonb_array_elements_text(m.payload -> 'gateMissing') as missing (item)
                        where m.type = 'org.tumorboard.notification.readiness-changed.v1'
                          and m.payload ->> 'gate' = 'RED' and m.occurred_at >= :from and m.occurred_at < :to
                          and (cast(:urgency as text) is null or c.urgency = :urgency)
                        """)
                .param("from", DecidedRuns.utc(from))
                .param("to", DecidedRuns.utc(to))
                .param("urgency", urgency == null ? null : urgency.name())
                .query((row, number) -> new Occurrence(
                        new CaseId(row.getString("case_id")),
                        row.getString("patient_ref"),
                        Kind.GATE_RED,
                        row.getString("item"),
                        null,
                        row.getTimestamp("occurred_at").toInstant(),
                        "readiness-gate",
                        row.getString("causation_id") == null ? "" : row.getString("causation_id")))
                .list();
    }
}
