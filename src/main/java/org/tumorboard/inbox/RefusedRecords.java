package org.tumorboard.inbox;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.stream.Collectors.toMap;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.tumorboard.event.Department;
import org.tumorboard.event.EventIdentity;
import org.tumorboard.event.Outcome;
import org.tumorboard.event.Topics;
import org.tumorboard.event.UuidText;

/** The dead letters: what was refused, why, where it stands, and what of it was kept. It only reads. */
@Component
public final class RefusedRecords {

    private final JdbcClient jdbc;
    private final InboxTable inbox;
    private final ObjectMapper json;

    RefusedRecords(JdbcClient jdbc, InboxTable inbox, ObjectMapper json) {
        this.jdbc = jdbc;
        this.inbox = inbox;
        this.json = json;
    }

    /**
     * @param seq its place in the outbox
     * @param department on whose topic it stands; null once what it said was cleared
     * @param partition null if it was refused only after it had waited, like the offset
     * @param identity of the event; null if it tells none
     * @param bytes how large the record is
     * @param isKept whether what it said is still here
     * @param outcome of the event with that identity by now: no longer refused, if it was sent again
     */
    public record Letter(
            long seq,
            Instant refusedAt,
            @Nullable Department department,
            @Nullable String topic,
            @Nullable Integer partition,
            @Nullable Long offset,
            @Nullable String reason,
            @Nullable EventIdentity identity,
            @Nullable String type,
            long bytes,
            boolean isKept,
            @Nullable Outcome outcome) {

        public boolean isSentAgain() {
            return outcome != null && outcome != Outcome.REFUSED && outcome != Outcome.FAILED;
        }

        Letter now(@Nullable Outcome since) {
            return new Letter(
                    seq, refusedAt, department, topic, partition, offset, reason, identity, type, bytes, isKept, since);
        }
    }

    /**
     * What of a record was kept.
     *
     * @param value as text, with replacement characters for what is none
     */
    public record Content(Map<String, String> headers, @Nullable String value) {}

    public long count() {
        return jdbc.sql("select count(*) from outbox_message where topic = :letters")
                .param("letters", Topics.DEAD_LETTERS)
                .query(Long.class)
                .single();
    }

    /** The newest first. */
    public List<Letter> newest(int limit, long offset) {
        List<Letter> letters = jdbc.sql(
                        """
                        select seq, created_at, payload from outbox_message where topic = :letters
                        order by seq desc limit :limit offset :offset
                        """)
                .param("letters", Topics.DEAD_LETTERS)
                .param("limit", limit)
                .param("offset", offset)
                .query(this::letter)
                .list();
        Map<EventIdentity, Outcome> outcomes =
                inbox
                        .find(letters.stream()
                                .map(Letter::identity)
                                .filter(Objects::nonNull)
                                .distinct()
                                .toList())
                        .stream()
                        .collect(toMap(InboxEntry::identity, InboxEntry::outcome));
        return letters.stream()
                .map(letter -> letter.now(outcomes.get(letter.identity())))
                .toList();
    }

    /** Empty if there is no such letter, or what it said was cleared in its time. */
    public Optional<Content> content(long seq) {
        return jdbc.sql("select payload from outbox_message where topic = :letters and seq = :seq")
                .param("letters", Topics.DEAD_LETTERS)
                .param("seq", seq)
                .query((row, number) -> payload(row))
                .optional()
                .filter(payload -> payload.has("topic"))
                .map(payload -> {
                    Map<String, String> headers = new LinkedHashMap<>();
                    payload.path("headers")
                            .properties()
                            .forEach(header -> headers.put(
                                    header.getKey(), header.getValue().asText()));
                    byte[] value = value(payload);
                    return new Content(headers, value == null ? null : new String(value, UTF_8));
                });
    }

    private Letter letter(ResultSet row, int number) throws SQLException {
        JsonNode payload = payload(row);
        String topic = payload.path("topic").asText(null);
        JsonNode said = payload.path("headers").has("ce_id") ? fromHeaders(payload) : body(payload);
        return new Letter(
                row.getLong("seq"),
                row.getTimestamp("created_at").toInstant(),
                topic == null ? null : Topics.senderOn(topic).orElse(null),
                topic,
                payload.hasNonNull("partition") ? payload.get("partition").asInt() : null,
                payload.hasNonNull("offset") ? payload.get("offset").asLong() : null,
                payload.path("reason").asText(null),
                identity(said, payload),
                said.path("type").asText(null),
                payload.path("valueBytes").asLong(),
                payload.hasNonNull("valueBase64"),
                null);
    }

    private JsonNode fromHeaders(JsonNode payload) {
        return json.createObjectNode()
                .put("source", payload.path("headers").path("ce_source").asText(null))
                .put("id", payload.path("headers").path("ce_id").asText(null))
                .put("type", payload.path("headers").path("ce_type").asText(null));
    }

    /** A structured event says in its body who it is. */
    private JsonNode body(JsonNode payload) {
        byte[] value = value(payload);
        try {
            return value == null
                    ? json.missingNode()
                    : Objects.requireNonNullElse(json.readTree(value), json.nullNode());
        } catch (IOException unreadable) {
            return json.missingNode();
        }
    }

    /** As it says itself; where it says none, the place where it stands. */
    private static @Nullable EventIdentity identity(JsonNode said, JsonNode payload) {
        if (said.path("source").isTextual() && said.path("id").isTextual()) {
            EventIdentity own = new EventIdentity(
                    UuidText.canonical(said.get("source").asText()),
                    UuidText.canonical(said.get("id").asText()));
            return own.isPlain() ? own : place(payload);
        }
        return place(payload);
    }

    private static @Nullable EventIdentity place(JsonNode payload) {
        return payload.hasNonNull("offset")
                ? Arrival.place(
                        payload.path("topic").asText(),
                        payload.path("partition").asInt(),
                        payload.path("offset").asLong())
                : null;
    }

    private static byte @Nullable [] value(JsonNode payload) {
        return payload.hasNonNull("valueBase64")
                ? Base64.getDecoder().decode(payload.get("valueBase64").asText())
                : null;
    }

    private JsonNode payload(ResultSet row) throws SQLException {
        try {
            return json.readTree(row.getString("payload"));
        } catch (JsonProcessingException e) {
            throw new SQLException("expected the payload of a message to be JSON", e);
        }
    }
}
