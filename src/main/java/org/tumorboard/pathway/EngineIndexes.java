package org.tumorboard.pathway;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Indexes of ours on the engine's own tables. No migration could hold them: our migrations may run on a database in which
 * the engine has not made its tables yet. Once the application has started they are there, whoever came first.
 */
@Component
class EngineIndexes {

    private static final Logger LOG = LoggerFactory.getLogger(EngineIndexes.class);

    private final JdbcClient jdbc;

    EngineIndexes(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * Adds what is missing, in the caller's transaction. The engine looks for due timers several times a second, in the
     * order of their due dates, and has no index for it: it would read and sort every timer of every open case. And
     * whenever a task ends it looks for tasks below it, through all open tasks. What a case waits for is looked up by its
     * process instances, of which the engine's own statements have no need.
     */
    void bringInLine() {
        add("act_ru_job_due", "act_ru_job", "(duedate_) where retries_ > 0");
        add("act_ru_task_below", "act_ru_task", "(parent_task_id_) where parent_task_id_ is not null");
        add("act_ru_event_subscr_of_instance", "act_ru_event_subscr", "(proc_inst_id_)");
    }

    private void add(String name, String table, String of) {
        boolean isMissing = jdbc.sql("select to_regclass(:name) is null")
                .param("name", name)
                .query(Boolean.class)
                .single();
        if (isMissing) {
            String statement = "create index %s on %s %s".formatted(name, table, of);
            if (isOurs(table)) {
                jdbc.sql(statement).update();
            } else {
                LOG.warn("slower than need be with many open cases; let the tables' owner run: {}", statement);
            }
        }
    }

    /** Only its owner may add an index to a table. */
    private boolean isOurs(String table) {
        return jdbc.sql("select pg_has_role(relowner, 'USAGE') from pg_class where oid = to_regclass(:table)")
                .param("table", table)
                .query(Boolean.class)
                .single();
    }
}
