package org.tumorboard;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.time.Clock;
import java.util.UUID;
import org.springframework.boot.test.web.client.TestRestTemplate;
import org.springframework.core.io.ClassPathResource;
import org.springframework.http.HttpEntity;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;

/** A department's system that sends its events over HTTP, one CloudEvent in a body. */
public final class EventsOverHttp {

    private static final MediaType CLOUD_EVENT = MediaType.parseMediaType("application/cloudevents+json");
    private static final ObjectMapper JSON = new ObjectMapper();

    private final TestRestTemplate http;
    private final Clock clock;

    public EventsOverHttp(TestRestTemplate http, Clock clock) {
        this.http = http;
        this.clock = clock;
    }

    public ResponseEntity<JsonNode> send(String person, String department, ObjectNode event) {
        HttpHeaders headers = new HttpHeaders();
        headers.setContentType(CLOUD_EVENT);
        return http.withBasicAuth(person, "test")
                .postForEntity(
                        "/api/events/" + department, new HttpEntity<>(event.toString(), headers), JsonNode.class);
    }

    /** A sample that happens now, of a patient whom nobody knows. */
    public ObjectNode sample(String type) throws IOException {
        try (var in = new ClassPathResource("samples/events/" + type + ".json").getInputStream()) {
            ObjectNode event = (ObjectNode) JSON.readTree(in);
            event.remove("subject");
            event.put("id", UUID.randomUUID().toString());
            event.put("time", clock.instant().toString());
            ((ObjectNode) event.get("data"))
                    .put("patientRef", "SYN-HTTP-" + event.path("id").asText());
            return event;
        }
    }
}
