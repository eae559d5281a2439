package org.tumorboard.event;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A CloudEvent as it was sent, in either mode: its attributes as text, its data as JSON. Nothing is judged yet, but what
 * kept it from being read is told.
 *
 * @param attributes by their names in lower case; only those that are there
 * @param flaw why it is no CloudEvent in a form that we read, a sentence; null if nothing is wrong
 * @param data null if there are none, or they are no JSON
 * @param dataFlaw why the data cannot be read, a sentence; null if nothing is wrong
 */
record Envelope(
        Map<String, String> attributes, @Nullable String flaw, @Nullable JsonNode data, @Nullable String dataFlaw) {

    static final String SPECVERSION = "specversion";
    static final String ID = "id";
    static final String SOURCE = "source";
    static final String TYPE = "type";
    static final String TIME = "time";
    static final String SUBJECT = "subject";
    static final String DATA_CONTENT_TYPE = "datacontenttype";

    /** Of which nothing can be read at all. */
    static Envelope unreadable(String flaw) {
        return new Envelope(Map.of(), flaw, null, null);
    }

    @Nullable
    String attribute(String name) {
        return attributes.get(name);
    }

    /** As far as it is told, and can be kept; a UUID in its one form. */
    @Nullable
    EventIdentity identity() {
        String source = attribute(SOURCE);
        String id = attribute(ID);
        return source == null || source.isEmpty() || id == null || id.isEmpty()
                ? null
                : new EventIdentity(UuidText.canonical(source), UuidText.canonical(id));
    }

    JsonNode dataOrNothing() {
        return data == null ? MissingNode.getInstance() : data;
    }
}
