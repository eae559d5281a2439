package org.tumorboard.outbox;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.tumorboard.event.CaseId;

/** Reads notifications from rows of the outbox. */
@Component
final class ToldRows {

    static final String COLUMNS =
            """
            seq, topic, key, type, created_at, payload, acknowledge_by, acknowledged_at, acknowledged_by, escalated_level,
            escalate_at is not null as is_open
            """;

    private static final String PREFIX = "org.tumorboard.notification.";

    private final ObjectMapper json;

    ToldRows(ObjectMapper json) {
        this.json = json;
    }

    Told told(ResultSet row) throws SQLException {
        String topic = row.getString("topic");
        return new Told(
                row.getLong("seq"),
                topic.substring(topic.lastIndexOf('.') + 1),
                new CaseId(row.getString("key")),
                name(row.getString("type")),
                row.getTimestamp("created_at").toInstant(),
                payload(row.getString("payload")),
                instant(row.getTimestamp("acknowledge_by")),
                instant(row.getTimestamp("acknowledged_at")),
                row.getString("acknowledged_by"),
                row.getInt("escalated_level"),
                row.getBoolean("is_open"));
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

    private static @Nullable Instant instant(@Nullable Timestamp timestamp) {
        return timestamp == null ? null : timestamp.toInstant();
    }
}
