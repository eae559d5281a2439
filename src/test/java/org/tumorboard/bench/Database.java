package org.tumorboard.bench;

import static java.util.stream.Collectors.toMap;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.springframework.core.env.Environment;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;

/** What the benchmark itself asks PostgreSQL, over a connection of its own. */
final class Database implements AutoCloseable {

    private final SingleConnectionDataSource source;
    private final JdbcClient jdbc;
    private final ProcessHandle server;

    Database(Environment environment) {
        source = new SingleConnectionDataSource(
                environment.getRequiredProperty("spring.datasource.url"),
                environment.getRequiredProperty("spring.datasource.username"),
                environment.getRequiredProperty("spring.datasource.password"),
                true);
        jdbc = JdbcClient.create(source);
        server = ProcessHandle.of(
                        jdbc.sql("select pg_backend_pid()").query(Long.class).single())
                .flatMap(ProcessHandle::parent)
                .orElseThrow();
    }

    JdbcClient jdbc() {
        return jdbc;
    }

    ProcessHandle serverProcess() {
        return server;
    }

    /** Every run starts on clean tables, fresh statistics and a finished checkpoint. */
    void settle() {
        jdbc.sql("vacuum analyze").update();
        jdbc.sql("checkpoint").update();
    }

    /** Copies an open case, under the numbers from {@code first} to {@code last}. */
    void copyOpenCase(int first, int last) {
        new CopiedCases(jdbc).add(first, last);
    }

    double walPosition() {
        return jdbc.sql("select pg_current_wal_lsn() - '0/0'::pg_lsn")
                .query(Double.class)
                .single();
    }

    boolean everythingIsSent() {
        return jdbc.sql("select not exists (select from outbox_message where sent_at is null)")
                .query(Boolean.class)
                .single();
    }

    /** How many events of patients have which outcome. */
    Map<String, Long> outcomes() {
        return counts("select outcome, count(*) from inbox_event where unit is null group by 1");
    }

    /** How many cases are in which status. */
    Map<String, Long> statuses() {
        return counts("select status, count(*) from tumor_case group by 1");
    }

    /** Those of the events, by their ids, of which somebody was notified. */
    Set<String> notifiedCauses(Collection<String> events) {
        return jdbc.sql("select distinct causation_id from outbox_message where causation_id = any(:events)")
                .param("events", events.toArray(String[]::new))
                .query(String.class)
                .set();
    }

    /** Events that were written down as parked before their case came to wait for them. */
    long parkedOnTheWay() {
        return jdbc.sql("select count(*) from inbox_event where decided_at > received_at")
                .query(Long.class)
                .single();
    }

    /** For the message of a failed run: open tasks, and events that were not applied. */
    List<String> whatWaits() {
        return jdbc.sql(
                        """
                        select count(*) || ' open: ' || task_def_key_ from act_ru_task group by task_def_key_
                        union all
                        select count(*) || ' ' || outcome || ': ' || type || ', ' || coalesce(reason, '')
                        from inbox_event where outcome <> 'APPLIED' group by outcome, type, reason
                        """)
                .query(String.class)
                .list();
    }

    String setting(String name) {
        return jdbc.sql("select current_setting(:name)")
                .param("name", name)
                .query(String.class)
                .single();
    }

    private Map<String, Long> counts(String sql) {
        return jdbc.sql(sql).query((row, number) -> Map.entry(row.getString(1), row.getLong(2))).list().stream()
                .collect(toMap(Map.Entry::getKey, Map.Entry::getValue));
    }

    @Override
    public void close() {
        source.destroy();
    }
}
