package org.tumorboard.bench;

import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Copies a case that has just been opened, with all its rows, each under ids of its own, in every table that knows of it:
 * sooner than opening as many by their events.
 */
final class CopiedCases {

    private final JdbcClient jdbc;

    CopiedCases(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** Adds copies with the numbers from {@code first} to {@code last}, of at most six digits, which none may have yet. */
    void add(int first, int last) {
        jdbc.sql(READ_ONE).update();
        List<String> inserts = jdbc.sql(INSERTS).query(String.class).list();
        jdbc.sql("drop table copied_row").update();
        jdbc.sql("set session_replication_role = replica").update();
        inserts.forEach(insert -> jdbc.sql(insert + " from generate_series(:first, :last) as number")
                .param("first", first)
                .param("last", last)
                .update());
        jdbc.sql("set session_replication_role = origin").update();
    }

    /**
     * The rows of a case that has just been opened, as JSON: of tables that name it or its patient, and of those that name
     * one of its executions or tasks. In its ids, § stands for the number of the copy; ids of definitions, after a version,
     * and of deployments stay as they are.
     */
    private static final String READ_ONE =
            """
            do $$
            declare
              one record;
              known text[];
              t text;
            begin
              select c.case_id, c.patient_ref, e.id as event_id into strict one
              from tumor_case c join inbox_event e on e.case_id = c.case_id
              where c.status = 'RECEIVED' order by c.case_id limit 1;
              with recursive instance as (
                select id_ from act_ru_execution where business_key_ = one.case_id
                union select x.id_ from act_ru_execution x join instance i on i.id_ in (x.proc_inst_id_, x.super_exec_))
              select array_agg('%' || id || '%') into known from (
                select one.case_id as id union select one.patient_ref union select id_ from instance
                union select id_ from act_ru_task where execution_id_ in (select id_ from instance)) as named;
              create temporary table copied_row (table_name text, row text);
              for t in select table_name from information_schema.tables
                where table_schema = current_schema and table_type = 'BASE TABLE'
                  and table_name !~ '^(act_re_|act_ge_|act_id_|audit_|flyway_|copied_row|inbox_position)'
              loop
                execute format(
                  'insert into copied_row select %1$L, to_jsonb(r)::text from %1$I r where to_jsonb(r)::text like any($1)', t)
                using known;
              end loop;
              update copied_row set row = regexp_replace(
                row,
                '(?<!:[0-9]+:|[0-9a-f]|deployment_id_": ")([0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{6})[0-9a-f]{6}', '\\1§', 'g');
              update copied_row set row = replace(row, one.patient_ref, one.patient_ref || '§');
              update copied_row set row = replace(row, one.event_id, one.event_id || '§')
              where one.event_id !~ '[0-9a-f]{8}-';
            end $$
            """;

    /** One statement for each of the rows, all constants but the number. */
    private static final String INSERTS =
            """
            select format('insert into %I (%s) select %s', r.table_name, string_agg(quote_ident(c.column_name), ', '),
              string_agg(format(
                case when v.value like '%§%' then 'replace(%L, ''§'', to_char(number, ''FM000000''))' else '%L' end
                  || case when c.data_type = 'ARRAY' then '::text[]' else '::%s' end,
                case when c.data_type = 'ARRAY'
                  then (select array_agg(item)::text from jsonb_array_elements_text(v.value::jsonb) item) else v.value end,
                c.udt_name), ', '))
            from copied_row r, jsonb_each_text(r.row::jsonb) v, information_schema.columns c
            where c.table_schema = current_schema and c.table_name = r.table_name and c.column_name = v.key
              and v.value is not null and c.is_identity = 'NO' and c.is_generated = 'NEVER'
            group by r.table_name, r.row
            """;
}
