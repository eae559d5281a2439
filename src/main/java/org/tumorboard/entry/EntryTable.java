package org.tumorboard.entry;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.tumorboard.event.CaseId;
import org.tumorboard.event.Department;
import org.tumorboard.event.EventType;
import org.tumorboard.event.InboundEvent;

/** Entries by hand that need a second person. What they said is kept until they are decided, and no longer. */
@Component
class EntryTable {

    private static final String WAITING =
            """
            select id, type, case_id, occurred_at, data, entered_by, entered_at from manual_entry
            where decided_at is null and type like :department || '.%'
            """;

    private final JdbcClient jdbc;
    private final ObjectMapper json;

    EntryTable(JdbcClient jdbc, ObjectMapper json) {
        this.jdbc = jdbc;
        this.json = json;
    }

    /** Keeps it; the same person's entry of that id takes the place of the one before. */
    void keep(InboundEvent entered, String person, Instant now) {
        jdbc.sql(
                        """
                        insert into manual_entry (id, type, case_id, occurred_at, data, entered_by, entered_at)
                        values (:id, :type, :case, :occurredAt, cast(:data as jsonb), :person, :now)
                        on conflict (id) do update set case_id = excluded.case_id, occurred_at = excluded.occurred_at,
                          data = excluded.data, entered_at = excluded.entered_at
                        where manual_entry.decided_at is null and manual_entry.entered_by = excluded.entered_by
                        """)
                .param("id", UUID.fromString(entered.identity().id()))
                .param("type", entered.type().shortName())
                .param("case", caseId(entered))
                .param("occurredAt", Timestamp.from(entered.time()))
                .param("data", entered.data().toString())
                .param("person", person)
                .param("now", Timestamp.from(now))
                .update();
    }

    /** Takes what another person entered as confirmed if it says the same. */
    boolean confirmSame(InboundEvent entered, String person, Instant now) {
        return jdbc.sql(
                                """
                        update manual_entry set decided_by = :person, decided_at = :now, is_confirmed = true, data = null
                        where id = (select id from manual_entry
                          where decided_at is null and type = :type and entered_by <> :person
                            and occurred_at = :occurredAt and data = cast(:data as jsonb)
                            and coalesce(case_id, cast(:case as text), '') = coalesce(cast(:case as text), case_id, '')
                          order by entered_at limit 1 for update)
                        """)
                        .param("person", person)
                        .param("now", Timestamp.from(now))
                        .param("type", entered.type().shortName())
                        .param("occurredAt", Timestamp.from(entered.time()))
                        .param("data", entered.data().toString())
                        .param("case", caseId(entered))
                        .update()
                == 1;
    }

    /** Those of a department, the oldest first. */
    List<WaitingEntry> waiting(Department department) {
        return jdbc.sql(WAITING + " order by entered_at, id")
                .param("department", department.slug())
                .query((row, number) -> entry(row))
                .list();
    }

    /** One of a department's, held until the transaction ends. */
    Optional<WaitingEntry> take(UUID id, Department department) {
        return jdbc.sql(WAITING + " and id = :id for update")
                .param("department", department.slug())
                .param("id", id)
                .query((row, number) -> entry(row))
                .optional();
    }

    void decide(UUID id, boolean isConfirmed, String person, Instant now) {
        jdbc.sql(
                        """
                        update manual_entry set decided_by = :person, decided_at = :now, is_confirmed = :confirmed,
                          data = null where id = :id
                        """)
                .param("person", person)
                .param("now", Timestamp.from(now))
                .param("confirmed", isConfirmed)
                .param("id", id)
                .update();
    }

    /** When one was entered or decided last; null if none ever was. */
    @Nullable
    Instant lastChange() {
        return jdbc
                .sql("select max(coalesce(decided_at, entered_at)) from manual_entry")
                .query((row, number) -> row.getTimestamp(1))
                .list()
                .stream()
                .filter(java.util.Objects::nonNull)
                .map(Timestamp::toInstant)
                .findFirst()
                .orElse(null);
    }

    private static @Nullable String caseId(InboundEvent entered) {
        return entered.subject() == null ? null : entered.subject().value();
    }

    private WaitingEntry entry(ResultSet row) throws SQLException {
        String caseId = row.getString("case_id");
        try {
            return new WaitingEntry(
                    row.getObject("id", UUID.class),
                    EventType.ofShortName(row.getString("type")).orElseThrow(),
                    caseId == null ? null : new CaseId(caseId),
                    row.getTimestamp("occurred_at").toInstant(),
                    json.readTree(row.getString("data")),
                    row.getString("entered_by"),
                    row.getTimestamp("entered_at").toInstant());
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("expected the data of an entry to be JSON", e);
        }
    }
}
