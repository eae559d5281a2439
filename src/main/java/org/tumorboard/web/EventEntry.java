package org.tumorboard.web;

import static java.nio.charset.StandardCharsets.UTF_8;

import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;
import org.tumorboard.event.Department;
import org.tumorboard.event.EventIdentity;
import org.tumorboard.event.Reading;

/**
 * Takes an event over HTTP, structured or binary, and puts it on its department's topic: from there on it takes the
 * same path as one that came over Kafka. It is checked here already, so that the sender hears at once what is wrong.
 */
@RestController
final class EventEntry {

    private static final int LARGEST = 256 * 1024;
    private static final String PREFIX = "ce-";

    private final EventDesk desk;

    EventEntry(EventDesk desk) {
        this.desk = desk;
    }

    /** By what the event is known from now on. */
    private record Received(String source, String id) {

        static Received of(EventIdentity identity) {
            return new Received(identity.source(), identity.id());
        }
    }

    @PostMapping("/api/events/{department}")
    ResponseEntity<Object> take(@PathVariable Department department, HttpServletRequest request) {
        byte[] body;
        Map<String, byte[]> headers;
        try {
            body = request.getInputStream().readNBytes(LARGEST + 1);
            headers = asOnKafka(request);
        } catch (IOException e) {
            return Problems.of(HttpStatus.BAD_REQUEST, "body: expected an event, but it breaks off");
        } catch (IllegalArgumentException e) {
            return Problems.of(HttpStatus.BAD_REQUEST, e.getMessage());
        }
        if (body.length > LARGEST) {
            return Problems.of(HttpStatus.PAYLOAD_TOO_LARGE, "expected at most %d bytes".formatted(LARGEST));
        }
        Reading reading = desk.publish(department, headers, body);
        if (reading instanceof Reading.Accepted accepted) {
            return ResponseEntity.accepted()
                    .contentType(MediaType.APPLICATION_JSON)
                    .body(Received.of(accepted.event().identity()));
        }
        return Problems.of(HttpStatus.BAD_REQUEST, ((Reading.Refused) reading).reason());
    }

    /**
     * The HTTP binding says {@code ce-id} and escapes with percent signs, Kafka's says {@code ce_id} and does not.
     *
     * @throws IllegalArgumentException that names the header and what was expected
     */
    private static Map<String, byte[]> asOnKafka(HttpServletRequest request) {
        Map<String, byte[]> headers = new HashMap<>();
        for (String name : Collections.list(request.getHeaderNames())) {
            String lower = name.toLowerCase(Locale.ROOT);
            if (lower.startsWith(PREFIX)) {
                String text = HeaderValue.decoded(lower, once(lower, request));
                headers.put("ce_" + lower.substring(PREFIX.length()), text.getBytes(UTF_8));
            }
        }
        if (request.getContentType() != null) {
            headers.put("content-type", once("content-type", request).getBytes(UTF_8));
        }
        return headers;
    }

    private static String once(String name, HttpServletRequest request) {
        List<String> values = Collections.list(request.getHeaders(name));
        if (values.size() != 1) {
            throw new IllegalArgumentException(name + ": expected once, but it is given twice");
        }
        return values.get(0);
    }
}
