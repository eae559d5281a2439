package org.tumorboard.audit;

import static java.time.ZoneOffset.UTC;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.stream.Stream;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.RowMapper;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** The entries and the head of their chain. */
@Component
class AuditTable {

    static final String COLUMNS = "number, at, deed, person, groups, origin, case_id, subject, previous, hash";

    static final RowMapper<AuditEntry> ENTRY = AuditTable::entry;

    /** Rows at a time, so that a long trail does not have to fit into memory. */
    private static final int PIECE = 5_000;

    private final JdbcClient jdbc;

    AuditTable(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** @param number of the last entry, 0 before the first */
    record Head(long number, String hash) {}

    Head head() {
        return jdbc.sql("select number, hash from audit_head")
                .query((row, number) -> new Head(row.getLong("number"), row.getString("hash")))
                .single();
    }

    /** Holds the end of the chain until the transaction ends. */
    Head lockHead() {
        return jdbc.sql("select number, hash from audit_head for update")
                .query((row, number) -> new Head(row.getLong("number"), row.getString("hash")))
                .single();
    }

    /** Adds entries that follow the locked head. */
    void append(List<AuditEntry> entries) {
        for (AuditEntry entry : entries) {
            jdbc.sql("insert into audit_entry (%s) values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)".formatted(COLUMNS))
                    .params(
                            entry.number(),
                            OffsetDateTime.ofInstant(entry.at(), UTC),
                            entry.deed(),
                            entry.person(),
                            entry.groups(),
                            entry.origin(),
                            entry.caseId(),
                            entry.subject(),
                            entry.previous(),
                            entry.hash())
                    .update();
        }
        AuditEntry last = entries.get(entries.size() - 1);
        jdbc.sql("update audit_head set number = ?, hash = ?")
                .params(last.number(), last.hash())
                .update();
    }

    /** All entries by number, a piece at a time; to be closed, and inside a transaction. */
    Stream<AuditEntry> all(JdbcTemplate template) {
        template.setFetchSize(PIECE);
        return template.queryForStream("select %s from audit_entry order by number".formatted(COLUMNS), ENTRY);
    }

    private static AuditEntry entry(ResultSet row, int index) throws SQLException {
        return new AuditEntry(
                row.getLong("number"),
                row.getObject("at", OffsetDateTime.class).toInstant(),
                row.getString("deed"),
                row.getString("person"),
                row.getString("groups"),
                row.getString("origin"),
                row.getString("case_id"),
                row.getString("subject"),
                row.getString("previous"),
                row.getString("hash"));
    }
}
