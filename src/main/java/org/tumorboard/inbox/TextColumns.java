package org.tumorboard.inbox;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.joining;
import static java.util.stream.Collectors.toList;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.tumorboard.event.Topics;

/**
 * Every column of every table that could hold a pseudonym, ours and the engine's: as the database lists them, so that none
 * is forgotten. Left out are the audit trail, which holds none and can never be changed, the record of migrations, and the
 * identities of events in the inbox, by which duplicates are known.
 */
@Component
class TextColumns {

    private static final Set<String> LEFT_OUT = Set.of("audit_entry", "audit_head", "flyway_schema_history");

    private final JdbcClient jdbc;

    TextColumns(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    private record Column(String table, String name, String type) {

        boolean isIdentity() {
            return table.equals("inbox_event") && (name.equals("source") || name.equals("id"));
        }

        /** Bytes are read with everything beyond ASCII escaped, and written back the same way. */
        String asText() {
            return switch (type) {
                case "bytea" -> "encode(%s, 'escape')".formatted(quoted());
                case "ARRAY" -> "array_to_string(%s, chr(31))".formatted(quoted());
                default -> "cast(%s as text)".formatted(quoted());
            };
        }

        String replaced() {
            String text = "regexp_replace(%s, :pattern, :token, 'g')".formatted(asText());
            return switch (type) {
                case "bytea" -> "decode(%s, 'escape')".formatted(text);
                case "ARRAY" -> "string_to_array(%s, chr(31))".formatted(text);
                case "json", "jsonb" -> "cast(%s as %s)".formatted(text, type);
                default -> text;
            };
        }

        String holds() {
            return "position(:name in %1$s) > 0 and %1$s ~ :pattern".formatted(asText());
        }

        String quoted() {
            return '"' + name + '"';
        }
    }

    /** How many rows of which tables hold this name; tables with none are left out. */
    Map<String, Long> holding(String name) {
        Map<String, Long> rows = new LinkedHashMap<>();
        tables().forEach((table, columns) -> {
            long found = jdbc.sql("select count(*) from \"%s\" where %s".formatted(table, any(columns)))
                    .param("name", name)
                    .param("pattern", pattern(name))
                    .query(Long.class)
                    .single();
            if (found > 0) {
                rows.put(table, found);
            }
        });
        long letters = letters("select count(*) from outbox_message", name)
                .query(Long.class)
                .single();
        if (letters > 0) {
            rows.merge("outbox_message", letters, Long::sum);
        }
        return rows;
    }

    /** Puts the token in the place of the name; unreadable records that hold it are let go as a whole. */
    void replace(String name, String token) {
        letters("update outbox_message set payload = jsonb_set(payload, '{valueBase64}', 'null')", name)
                .update();
        tables().forEach((table, columns) -> jdbc.sql("update \"%s\" set %s where %s"
                        .formatted(
                                table,
                                columns.stream()
                                        .map(column -> column.quoted() + " = " + column.replaced())
                                        .collect(joining(", ")),
                                any(columns)))
                .param("name", name)
                .param("pattern", pattern(name))
                .param("token", token)
                .update());
    }

    private JdbcClient.StatementSpec letters(String what, String name) {
        return jdbc.sql(
                        what
                                + """
                         where topic = :letters and payload ->> 'valueBase64' is not null
                          and encode(decode(payload ->> 'valueBase64', 'base64'), 'escape') ~ :pattern
                        """)
                .param("letters", Topics.DEAD_LETTERS)
                .param("pattern", pattern(name));
    }

    private Map<String, List<Column>> tables() {
        return jdbc
                .sql(
                        """
                        select c.table_name, c.column_name, c.data_type from information_schema.columns c
                        join information_schema.tables t using (table_schema, table_name)
                        where c.table_schema = current_schema() and t.table_type = 'BASE TABLE'
                          and c.is_generated = 'NEVER'
                          and c.data_type in ('text', 'character varying', 'character', 'json', 'jsonb', 'bytea', 'ARRAY')
                        order by c.table_name, c.ordinal_position
                        """)
                .query((row, number) -> new Column(row.getString(1), row.getString(2), row.getString(3)))
                .list()
                .stream()
                .filter(column -> !LEFT_OUT.contains(column.table()) && !column.isIdentity())
                .collect(groupingBy(Column::table, LinkedHashMap::new, toList()));
    }

    private static String any(List<Column> columns) {
        return columns.stream().map(Column::holds).collect(joining(" or ", "(", ")"));
    }

    /** The whole name and not the beginning or end of another one. */
    private static String pattern(String name) {
        return "(?<![A-Za-z0-9._-])%s(?![A-Za-z0-9_-]|\\.[A-Za-z0-9])".formatted(name.replace(".", "\\."));
    }
}
