package org.tumorboard.pathway;

import static java.util.stream.Collectors.toMap;

import java.util.Collection;
import java.util.Map;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.tumorboard.event.EventIdentity;

/** The tasks in which coordination decides about events that have waited too long. It only reads. */
@Component
public final class SettlementTasks {

    private final JdbcClient jdbc;

    SettlementTasks(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** The open task about each of these events that has one. */
    public Map<EventIdentity, String> about(Collection<EventIdentity> events) {
        if (events.isEmpty()) {
            return Map.of();
        }
        return jdbc
                .sql(
                        """
                        select source.text_ as source, id.text_ as id, t.id_ as task
                        from act_ru_variable id
                        join act_ru_variable source on source.proc_inst_id_ = id.proc_inst_id_
                          and source.name_ = 'parkedEventSource'
                        join act_ru_task t on t.proc_inst_id_ = id.proc_inst_id_
                        where id.name_ = 'parkedEventId' and id.text_ = any(:ids)
                        """)
                .param("ids", events.stream().map(EventIdentity::id).toArray(String[]::new))
                .query((row, number) -> Map.entry(
                        new EventIdentity(row.getString("source"), row.getString("id")), row.getString("task")))
                .list()
                .stream()
                .filter(task -> events.contains(task.getKey()))
                .collect(toMap(Map.Entry::getKey, Map.Entry::getValue, (one, other) -> one));
    }
}
