package org.tumorboard.pathway;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Indexes of ours on the engine's own tables. No migration could hold them: our migrations may run on a database in which
 * the engine has not made its tables yet. Once the application has started they are there, whoever came first.
 */
@Component
class EngineIndexes {

    private final JdbcClient jdbc;

    EngineIndexes(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * Adds what is missing, in the caller's transaction. The engine looks for due timers several times a second, in the
     * order of their due dates, and has no index for it: it would read and sort every timer of every open case. And
     * whenever a task ends it looks for tasks below it, through all open tasks.
     */
    void bringInLine() {
        add("act_ru_job_due", "act_ru_job (duedate_) where retries_ > 0");
        add("act_ru_task_below", "act_ru_task (parent_task_id_) where parent_task_id_ is not null");
    }

    private void add(String name, String on) {
        boolean isMissing = jdbc.sql("select to_regclass(:name) is null")
                .param("name", name)
                .query(Boolean.class)
                .single();
        if (isMissing) {
            jdbc.sql("create index " + name + " on " + on).update();
        }
    }
}
