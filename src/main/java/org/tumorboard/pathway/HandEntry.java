package org.tumorboard.pathway;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.UUID;
import org.camunda.bpm.engine.BadUserRequestException;
import org.camunda.bpm.engine.delegate.DelegateTask;
import org.camunda.bpm.engine.impl.identity.Authentication;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.tumorboard.event.EventData;
import org.tumorboard.event.EventIdentity;
import org.tumorboard.event.EventSchemas;
import org.tumorboard.event.InboundEvent;
import org.tumorboard.event.Past;
import org.tumorboard.event.SecondPeople;

/**
 * Turns what a person entered in a step's form into the event that would have said the same, checked like it: by the
 * form's own rules and by the event's schema. From there on nothing tells the two apart but their source.
 */
@Component
class HandEntry {

    private static final String WHEN = "occurredAt";

    /** Where a completed step says what it found. */
    private static final String FOUND = "data.";

    private final Forms forms;
    private final EventSchemas schemas;
    private final SecondPeople secondPeople;
    private final ObjectMapper json;
    private final Clock clock;

    HandEntry(Forms forms, EventSchemas schemas, SecondPeople secondPeople, ObjectMapper json, Clock clock) {
        this.forms = forms;
        this.schemas = schemas;
        this.secondPeople = secondPeople;
        this.json = json;
        this.clock = clock;
    }

    /**
     * Reads the submitted fields, and removes them from the process, where they would stay as variables.
     *
     * @throws BadUserRequestException naming the fields and what was expected of each; also if nothing is wrong but a
     *     second person is needed: then the entry is kept for them
     */
    InboundEvent read(DelegateTask task, Element element, CaseRow row) {
        List<String> complaints = new ArrayList<>();
        ObjectNode entered = json.createObjectNode();
        Instant occurredAt = clock.instant();
        List<FormField> fields = element.form() == null ? List.of() : forms.fields(element.form());
        for (FormField field : fields) {
            JsonNode value = take(task, field, complaints);
            String complaint = field.complaint(value);
            if (complaint != null) {
                complaints.add(complaint);
            } else if (value != null && field.key().equals(WHEN)) {
                occurredAt = Times.instant(value.asText());
            } else if (value != null && field.list() != null) {
                if (value.asBoolean()) {
                    entered.withArray(field.list()).add(field.item());
                }
            } else if (value != null) {
                entered.set(field.key(), value);
            }
        }
        Past.complaint(WHEN, occurredAt, clock.instant()).ifPresent(complaints::add);
        fields.stream()
                .map(FormField::eventField)
                .distinct()
                .filter(field -> schemas.requires(element.event(), field) && !entered.has(field))
                .forEach(field -> complaints.add(field + ": expected a value, but it is empty"));
        JsonNode data = EventData.normal(data(task, element, row, entered));
        if (complaints.isEmpty()) {
            complaints.addAll(schemas.complaintsAboutPresent(element.event(), data, clock.instant()));
        }
        if (!complaints.isEmpty()) {
            throw new BadUserRequestException(String.join("; ", complaints));
        }
        InboundEvent event = new InboundEvent(
                new EventIdentity(Signature.source(user(task)), task.getId()),
                element.event(),
                row.caseId(),
                row.patientRef(),
                occurredAt,
                data,
                null,
                null);
        if (schemas.needsSecondPerson(element.event())) {
            holdToSecondPerson(event, task);
        }
        return event;
    }

    /** A person's entry of a step is one entry, however often it is typed. */
    private void holdToSecondPerson(InboundEvent event, DelegateTask task) {
        UUID id = UUID.nameUUIDFromBytes((event.identity().source() + " " + task.getId()).getBytes(UTF_8));
        InboundEvent entry = new InboundEvent(
                new EventIdentity(event.identity().source(), id.toString()),
                event.type(),
                event.subject(),
                event.patientRef(),
                event.time(),
                event.data(),
                null,
                null);
        if (!secondPeople.agree(entry, user(task))) {
            throw new BadUserRequestException(
                    ("Kept for a second person: '%s' is completed as soon as somebody else enters the same here, or "
                                    + "confirms it on the page of %s")
                            .formatted(task.getName(), event.type().department()));
        }
    }

    private ObjectNode data(DelegateTask task, Element element, CaseRow row, ObjectNode entered) {
        boolean isStep = element.event().name().equals("step-completed");
        ObjectNode data = json.createObjectNode();
        if (!schemas.isUnitWide(element.event())) {
            data.put("patientRef", row.patientRef());
        }
        element.match().implied(name -> text(task.getVariable(name))).forEach((field, value) -> {
            boolean isFound = isStep && field.startsWith(FOUND);
            (isFound ? entered : data)
                    .set(isFound ? field.substring(FOUND.length()) : field, typed(element, field, value));
        });
        if (isStep) {
            data.set("data", entered);
        } else {
            data.setAll(entered);
        }
        return data;
    }

    private JsonNode typed(Element element, String field, String value) {
        return switch (schemas.fields(element.event()).path(field).path("type").asText()) {
            case "integer" -> json.valueToTree(Long.valueOf(value));
            case "boolean" -> json.valueToTree(Boolean.valueOf(value));
            default -> json.valueToTree(value);
        };
    }

    private @Nullable JsonNode take(DelegateTask task, FormField field, List<String> complaints) {
        Object value = task.getVariable(field.key());
        if (value == null) {
            return null;
        }
        task.removeVariable(field.key());
        if (value instanceof Date date) {
            return json.valueToTree(date.toInstant().toString());
        }
        if (value instanceof String text && text.isBlank()) {
            return null;
        }
        if (field.type().equals("datetime")) {
            try {
                return json.valueToTree(Times.instant(value.toString()).toString());
            } catch (IllegalArgumentException e) {
                complaints.add(field.label() + ": " + e.getMessage());
                return null;
            }
        }
        return json.valueToTree(value);
    }

    private static String user(DelegateTask task) {
        Authentication signedIn =
                task.getProcessEngineServices().getIdentityService().getCurrentAuthentication();
        if (signedIn != null && signedIn.getUserId() != null) {
            return signedIn.getUserId();
        }
        return task.getAssignee() == null ? "unknown" : task.getAssignee();
    }

    private static @Nullable String text(@Nullable Object value) {
        return value == null ? null : value.toString();
    }
}
