package org.tumorboard;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.context.junit.jupiter.SpringExtension;
import org.tumorboard.event.Topics;

/**
 * Holds every notification that a class of engine tests made against §8 of the pathway: no field that names anybody, and
 * no value that could be free text, an address or a link.
 */
public final class MinimalNotifications implements AfterAllCallback {

    /** Of any field; the same that no schema may have. */
    public static final Pattern FORBIDDEN_FIELD = Pattern.compile(
            "name|birth|dob|mrn|recordnumber|address|phone|mail|staff|author|surgeon|physician|comment|remark|"
                    + "freetext|note|url|uri|link|href|image",
            Pattern.CASE_INSENSITIVE);

    public static final Pattern FORBIDDEN_VALUE = Pattern.compile("https?:|@|\\s");

    private static final ObjectMapper JSON = new ObjectMapper();
    private static long looked;

    @Override
    public void afterAll(ExtensionContext context) {
        List<String> complaints = new ArrayList<>();
        SpringExtension.getApplicationContext(context)
                .getBean(JdbcClient.class)
                .sql("select seq, type, payload from outbox_message where seq > ? and topic <> ? order by seq")
                .params(looked, Topics.DEAD_LETTERS)
                .query(row -> {
                    looked = row.getLong("seq");
                    complain(row.getString("type"), parse(row.getString("payload")), complaints);
                });

        assertThat(complaints)
                .as("what notifications may not hold, in those made by %s", context.getDisplayName())
                .isEmpty();
    }

    static void complain(String where, JsonNode value, List<String> complaints) {
        value.properties().forEach(field -> {
            if (FORBIDDEN_FIELD.matcher(field.getKey()).find()) {
                complaints.add(where + " has the field " + field.getKey());
            }
            complain(where + "." + field.getKey(), field.getValue(), complaints);
        });
        if (value.isArray()) {
            value.forEach(item -> complain(where, item, complaints));
        } else if (value.isTextual() && FORBIDDEN_VALUE.matcher(value.asText()).find()) {
            complaints.add("%s says '%s'".formatted(where, value.asText()));
        }
    }

    private static JsonNode parse(String text) {
        try {
            return JSON.readTree(text);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("expected the payload of a message to be JSON", e);
        }
    }
}
