package org.tumorboard.outbox;

import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.tumorboard.event.Department;
import org.tumorboard.event.Topics;

/** What departments were told, as it stands in the outbox. It only reads. */
@Component
public final class DepartmentNotifications {

    private final JdbcClient jdbc;
    private final ToldRows rows;

    DepartmentNotifications(JdbcClient jdbc, ToldRows rows) {
        this.jdbc = jdbc;
        this.rows = rows;
    }

    /** What the department was told last, the newest first. */
    public List<Told> newest(Department department, int limit) {
        return jdbc.sql("select " + ToldRows.COLUMNS
                        + " from outbox_message where topic = :topic order by seq desc limit :limit")
                .param("topic", Topics.notifications(department))
                .param("limit", limit)
                .query((row, number) -> rows.told(row))
                .list();
    }

    /** What the department was told and nobody has acknowledged, the most pressing first. */
    public List<Told> unacknowledged(Department department, int limit) {
        return jdbc.sql(
                        "select " + ToldRows.COLUMNS
                                + """
                         from outbox_message where topic = :topic and escalate_at is not null
                        order by acknowledge_by, seq limit :limit
                        """)
                .param("topic", Topics.notifications(department))
                .param("limit", limit)
                .query((row, number) -> rows.told(row))
                .list();
    }

    /** Something else as soon as anything was told or acknowledged. */
    public String fingerprint() {
        return jdbc.sql(
                        """
                        select coalesce((select max(seq) from outbox_message), 0) || ' '
                          || coalesce((select max(acknowledged_at) from outbox_message where acknowledged_at is not null)::text, '')
                        """)
                .query(String.class)
                .single();
    }
}
