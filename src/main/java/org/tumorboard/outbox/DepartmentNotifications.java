package org.tumorboard.outbox;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.time.Instant;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.tumorboard.event.CaseId;
import org.tumorboard.event.Department;
import org.tumorboard.event.Topics;

/** What departments were told, as it stands in the outbox. It only reads. */
@Component
public final class DepartmentNotifications {

    private static final String PREFIX = "org.tumorboard.notification.";

    private final JdbcClient jdbc;
    private final ObjectMapper json;

    DepartmentNotifications(JdbcClient jdbc, ObjectMapper json) {
        this.jdbc = jdbc;
        this.json = json;
    }

    /**
     * A notification to a department.
     *
     * @param name {@code work-requested}
     * @param toldAt when it was written
     * @param payload as it stands on the topic
     */
    public record Told(CaseId caseId, String name, Instant toldAt, JsonNode payload) {

        /** The step, clock or resource it is about; empty if it is about the case as a whole. */
        public String about() {
            return payload.path("step")
                    .asText(payload.path("clock")
                            .asText(payload.path("resource").asText()));
        }
    }

    /** What the department was told last, the newest first. */
    public List<Told> newest(Department department, int limit) {
        return jdbc.sql(
                        """
                        select key, type, created_at, payload from outbox_message where topic = :topic
                        order by seq desc limit :limit
                        """)
                .param("topic", Topics.notifications(department))
                .param("limit", limit)
                .query((row, number) -> new Told(
                        new CaseId(row.getString("key")),
                        name(row.getString("type")),
                        row.getTimestamp("created_at").toInstant(),
                        payload(row.getString("payload"))))
                .list();
    }

    private static String name(String type) {
        return type.startsWith(PREFIX) ? type.substring(PREFIX.length(), type.lastIndexOf('.')) : type;
    }

    private JsonNode payload(String text) {
        try {
            return json.readTree(text);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("expected the payload of a message to be JSON", e);
        }
    }
}
