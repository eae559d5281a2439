package org.tumorboard.bench;

import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Open cases, each with its clocks and its watch. One was opened by an event; the others are copies of its rows, made in the
 * database because a hundred thousand cases opened by events would take longer than what is measured. Copies have no
 * engine history.
 */
final class WatchedCases {

    private final JdbcClient jdbc;
    private int used;

    WatchedCases(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** Copies the case that often; all thresholds of the copies lie hours ahead. */
    void copy(String original, int copies) {
        jdbc.sql(
                        """
                        create table bench_case as
                        select n, 'bench-' || n as case_id, n || '-' || j.id_ as job_id
                        from act_ru_job j join act_ru_execution e on e.id_ = j.process_instance_id_
                          cross join generate_series(1, :copies) as n
                        where e.business_key_ = :original and e.proc_def_id_ like 'sla-watch:%'
                        """)
                .param("original", original)
                .param("copies", copies)
                .update();
        jdbc.sql("alter table bench_case add primary key (n)").update();
        jdbc.sql("create table bench_due (case_id text primary key, due_at timestamptz not null)")
                .update();
        jdbc.sql(
                        """
                        insert into tumor_case
                        select c.* from tumor_case o cross join generate_series(1, :copies) as n,
                          lateral jsonb_populate_record(o, jsonb_build_object(
                            'case_id', 'bench-' || n, 'patient_ref', 'SYN-bench-' || n)) as c
                        where o.case_id = :original
                        """)
                .param("original", original)
                .param("copies", copies)
                .update();
        jdbc.sql(
                        """
                        insert into milestone (case_id, name, at, recorded_at, source, event_id, joined, clock, reason,
                          amended_at, amended_by, amendment_id, retracted)
                        select 'bench-' || n, name, at, recorded_at, source, event_id, joined, clock, reason,
                          amended_at, amended_by, amendment_id, retracted
                        from milestone cross join generate_series(1, :copies) as n
                        where case_id = :original order by n, seq
                        """)
                .param("original", original)
                .param("copies", copies)
                .update();
        jdbc.sql(
                        """
                        insert into sla_clock
                        select c.* from sla_clock o cross join generate_series(1, :copies) as n,
                          lateral jsonb_populate_record(o, jsonb_build_object('case_id', 'bench-' || n)) as c
                        where o.case_id = :original
                        """)
                .param("original", original)
                .param("copies", copies)
                .update();
        copyOfTheEngine("act_ru_execution", "root_proc_inst_id_", "proc_inst_id_", "parent_id_", original, copies);
        copyOfTheEngine("act_ru_job", "root_proc_inst_id_", "process_instance_id_", "execution_id_", original, copies);
        copyOfTheEngine("act_ru_variable", "var_scope_", "proc_inst_id_", "execution_id_", original, copies);
    }

    /** Copies the rows of the watch; the three columns are references, to be given the number of the copy. */
    private void copyOfTheEngine(
            String table, String root, String instance, String parent, String original, int copies) {
        jdbc.sql(
                        """
                        insert into %1$s
                        select c.* from %1$s o cross join generate_series(1, :copies) as n,
                          lateral jsonb_populate_record(o, jsonb_build_object('id_', n || '-' || o.id_,
                            '%2$s', n || '-' || o.%2$s, '%3$s', n || '-' || o.%3$s, '%4$s', n || '-' || o.%4$s)
                            || case
                              when to_jsonb(o) ->> 'business_key_' = :original
                                then jsonb_build_object('business_key_', 'bench-' || n)
                              when to_jsonb(o) ->> 'text_' = :original
                                then jsonb_build_object('text_', 'bench-' || n)
                              else '{}' end) as c
                        where o.%3$s in (select id_ from act_ru_execution
                          where business_key_ = :original and proc_def_id_ like 'sla-watch:%%')
                        """
                                .formatted(table, root, instance, parent))
                .param("original", original)
                .param("copies", copies)
                .update();
    }

    /**
     * Moves cases that were not used before in time, so that their first thresholds are passed one after the other, evenly
     * over the window.
     */
    void fallDue(int count, Instant from, Duration window) {
        jdbc.sql("truncate bench_due").update();
        jdbc.sql(
                        """
                        insert into bench_due
                        select case_id, date_trunc('milliseconds',
                          cast(:from as timestamptz) + (n - :used) * cast(:step as double precision) * interval '1 second')
                        from bench_case where n > :used and n <= :used + :count
                        """)
                .param("from", Timestamp.from(from))
                .param("used", used)
                .param("count", count)
                .param("step", window.toMillis() / 1000.0 / count)
                .update();
        used += count;
        jdbc.sql(
                        """
                        create temporary table shift as
                        select d.case_id, d.due_at, d.due_at - min(c.next_nudge_at) as by
                        from bench_due d join sla_clock c using (case_id) group by d.case_id, d.due_at
                        """)
                .update();
        jdbc.sql("update tumor_case o set opened_at = opened_at + by from shift s where s.case_id = o.case_id")
                .update();
        jdbc.sql("update milestone o set at = at + by from shift s where s.case_id = o.case_id")
                .update();
        jdbc.sql(
                        """
                        update sla_clock o set started_at = started_at + by, latest_at = latest_at + by,
                          next_nudge_at = next_nudge_at + by, thresholds = (
                            select jsonb_agg(jsonb_set(t, '{at}', to_jsonb(to_char(
                              ((t ->> 'at')::timestamptz + by) at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')))
                              order by place)
                            from jsonb_array_elements(thresholds) with ordinality as x (t, place))
                        from shift s where s.case_id = o.case_id
                        """)
                .update();
        jdbc.sql(
                        """
                        update act_ru_job j set duedate_ = d.due_at + interval '1 millisecond'
                        from bench_due d join bench_case using (case_id) where j.id_ = job_id
                        """)
                .update();
        jdbc.sql("drop table shift").update();
    }

    /** How many of those that fell due were announced. */
    int announced() {
        return jdbc.sql(
                        """
                        select count(*) from bench_due d where exists (
                          select from sla_clock_change c where c.case_id = d.case_id and what = 'ANNOUNCED')
                        """)
                .query(Integer.class)
                .single();
    }

    /** From the instant of each threshold to its record, in ms. */
    Lateness recorded() {
        return Lateness.of(jdbc.sql(
                        """
                        select extract(epoch from min(recorded_at) - due_at) * 1000
                        from bench_due d join sla_clock_change c using (case_id) where what = 'ANNOUNCED'
                        group by case_id, due_at
                        """)
                .query(Double.class)
                .list());
    }

    /** From the instant of each threshold to the broker's acknowledgement that it has the announcement, in ms. */
    Lateness sent() {
        return Lateness.of(jdbc.sql(
                        """
                        select extract(epoch from min(sent_at) - due_at) * 1000
                        from bench_due d join outbox_message o on o.key = d.case_id where topic = 'tumorboard.sla'
                        group by case_id, due_at
                        """)
                .query(Double.class)
                .list());
    }

    /** What is recorded of the cases that fell due. */
    List<Long> recordedAs(String what) {
        return jdbc.sql(
                        """
                        select count(c.seq) from bench_due d
                          join sla_clock k on k.case_id = d.case_id and k.clock = 'triage'
                          left join sla_clock_change c
                            on c.case_id = k.case_id and c.clock = k.clock and c.anchor = k.anchor and what = :what
                        group by d.case_id
                        """)
                .param("what", what)
                .query(Long.class)
                .list();
    }

    /** Runs with a threshold on record before an earlier one, or whose messages say so. */
    long outOfOrder() {
        return jdbc.sql(
                        """
                        with recorded as (
                          select c.case_id, c.clock, c.anchor, c.seq, (t ->> 'at')::timestamptz as at
                          from bench_due d join sla_clock_change c using (case_id) join sla_clock k
                              on k.case_id = c.case_id and k.clock = c.clock and k.anchor = c.anchor
                            cross join lateral jsonb_array_elements(k.thresholds) as t
                          where c.what in ('ANNOUNCED', 'OVERTAKEN') and t ->> 'name' = c.threshold),
                        told as (
                          select o.key, payload ->> 'clock' as clock, seq,
                            (payload ->> 'occurredAt')::timestamptz as at
                          from bench_due d join outbox_message o on o.key = d.case_id where topic = 'tumorboard.sla')
                        select (select count(*) from (select at < lag(at) over (
                            partition by case_id, clock, anchor order by seq) as wrong from recorded) as r where wrong)
                          + (select count(*) from (select at < lag(at) over (
                            partition by key, clock order by seq) as wrong from told) as t where wrong)
                        """)
                .query(Long.class)
                .single();
    }

    /** Thresholds of those cases that are passed and not on record. */
    long overlooked() {
        return jdbc.sql(
                        """
                        select count(*) from bench_due join sla_clock using (case_id)
                        where next_nudge_at < now() - interval '5 seconds'
                        """)
                .query(Long.class)
                .single();
    }
}
