package org.tumorboard.pathway;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.core.io.ClassPathResource;
import org.springframework.stereotype.Component;

/** The Camunda Forms of the steps, read for their fields: the server checks again what a browser claims to have checked. */
@Component
class Forms {

    private final ObjectMapper json;
    private final Map<String, List<FormField>> known = new ConcurrentHashMap<>();

    Forms(ObjectMapper json) {
        this.json = json;
    }

    List<FormField> fields(String form) {
        return known.computeIfAbsent(form, this::read);
    }

    private List<FormField> read(String form) {
        List<FormField> fields = new ArrayList<>();
        try (var in = new ClassPathResource("bpmn/forms/" + form + ".form").getInputStream()) {
            collect(json.readTree(in), fields);
        } catch (IOException e) {
            throw new UncheckedIOException("expected the form " + form, e);
        }
        return List.copyOf(fields);
    }

    private static void collect(JsonNode node, List<FormField> fields) {
        for (JsonNode component : node.path("components")) {
            if (component.hasNonNull("key")) {
                List<String> options = new ArrayList<>();
                component
                        .path("values")
                        .forEach(option -> options.add(option.path("value").asText()));
                String key = component.get("key").asText();
                fields.add(new FormField(
                        key,
                        component
                                .path("label")
                                .asText(component.path("dateLabel").asText(key)),
                        component.path("type").asText(),
                        List.copyOf(options),
                        component.path("properties").path("field").asText(null),
                        component.path("properties").path("item").asText(null),
                        component.path("validate")));
            }
            collect(component, fields);
        }
    }
}
