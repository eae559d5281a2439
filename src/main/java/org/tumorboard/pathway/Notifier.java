package org.tumorboard.pathway;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.camunda.bpm.dmn.engine.DmnDecisionResult;
import org.camunda.bpm.engine.DecisionService;
import org.camunda.bpm.engine.delegate.VariableScope;
import org.jspecify.annotations.Nullable;
import org.springframework.context.annotation.Lazy;
import org.springframework.stereotype.Component;
import org.tumorboard.event.Department;
import org.tumorboard.event.EventSchemas;
import org.tumorboard.event.Topics;
import org.tumorboard.event.Urgency;
import org.tumorboard.outbox.OutboundMessage;

/**
 * Writes notifications: its schema says what one carries, DMN {@code recipients} who gets it. Each field is taken
 * from what is known of the case, else from the event that moves it, else from the variable of that name.
 */
@Component
class Notifier {

    private static final String OCCURRED_AT = "occurredAt";
    private static final String CAUSE = "cause";

    /** What would differ with the order in which events arrive is said only where it is the message itself. */
    private static final Set<String> DEPENDS_ON_ARRIVAL = Set.of("status", CAUSE);

    private final EventSchemas schemas;
    private final DecisionService decisions;
    private final CurrentEvent current;
    private final ObjectMapper json;
    private final Clock clock;
    private final Map<String, List<Department>> recipients = new ConcurrentHashMap<>();
    private final Map<String, Optional<Duration>> acknowledgedWithin = new ConcurrentHashMap<>();

    Notifier(
            EventSchemas schemas,
            @Lazy DecisionService decisions,
            CurrentEvent current,
            ObjectMapper json,
            Clock clock) {
        this.schemas = schemas;
        this.decisions = decisions;
        this.current = current;
        this.json = json;
        this.clock = clock;
    }

    /**
     * Tells everyone whom DMN {@code recipients} names for this notification and urgency.
     *
     * @param at when what it tells clinically happened
     */
    void tell(CaseFile file, String notification, Instant at, VariableScope variables) {
        Map<String, Object> time = Map.of(OCCURRED_AT, at.toString());
        for (Department department : recipients(notification, file.urgency())) {
            file.tell(message(file, notification, department, payload(file, notification, time, variables)));
        }
    }

    /** A notification for one department, with fields that only the caller knows. */
    OutboundMessage message(
            CaseFile file, String notification, Department department, Map<String, Object> extra, VariableScope scope) {
        return message(file, notification, department, payload(file, notification, extra, scope));
    }

    /** A notification on a topic of its own, with fields that only the caller knows. */
    OutboundMessage message(CaseFile file, String notification, String topic, Map<String, Object> extra) {
        return message(file, notification, topic, payload(file, notification, extra, null), null);
    }

    /** Tells everyone that the case's status changed. */
    void tellStatus(CaseFile file, @Nullable String previousStatus) {
        JsonNode payload = payload(
                file,
                "case-status",
                previousStatus == null ? Map.of() : Map.of("previousStatus", previousStatus),
                null);
        file.tell(message(file, "case-status", Topics.CASE_STATUS, payload, null));
    }

    private OutboundMessage message(CaseFile file, String notification, Department department, JsonNode payload) {
        Instant acknowledgeBy = acknowledgedWithin(notification, file.urgency())
                .map(clock.instant()::plus)
                .orElse(null);
        return message(file, notification, Topics.notifications(department), payload, acknowledgeBy);
    }

    private OutboundMessage message(
            CaseFile file, String notification, String topic, JsonNode payload, @Nullable Instant acknowledgeBy) {
        return CaseFile.message(
                topic,
                file.id(),
                "org.tumorboard.notification." + notification + ".v1",
                current,
                payload,
                acknowledgeBy);
    }

    private JsonNode payload(
            CaseFile file, String notification, Map<String, Object> extra, @Nullable VariableScope variables) {
        ObjectNode payload = json.createObjectNode();
        schemas.notificationFields(notification).properties().forEach(field -> {
            if (DEPENDS_ON_ARRIVAL.contains(field.getKey())
                    && !schemas.notificationRequires(notification, field.getKey())) {
                return;
            }
            Object value = value(field.getKey(), file, extra, variables);
            if (value != null) {
                payload.set(field.getKey(), typed(value, field.getValue()));
            }
        });
        List<String> complaints = schemas.notificationComplaints(notification, payload);
        if (!complaints.isEmpty()) {
            throw new IllegalStateException("case %s: expected a valid %s, but %s"
                    .formatted(file.id(), notification, String.join("; ", complaints)));
        }
        return payload;
    }

    private @Nullable Object value(
            String field, CaseFile file, Map<String, Object> extra, @Nullable VariableScope variables) {
        if (extra.containsKey(field)) {
            return extra.get(field);
        }
        return switch (field) {
            case "caseId" -> file.id().value();
            case "patientRef" -> file.row().patientRef();
            case "lesionRefs" -> file.row().lesionRefs();
            case "status" -> file.status().name();
            case "urgency" -> file.urgency().name();
            case "previousCaseId" -> file.row().previousCaseId() == null
                    ? null
                    : file.row().previousCaseId().value();
            case "priorSrsCourses" -> file.row().priorSrsCourses();
            case OCCURRED_AT -> current.time().toString();
            case CAUSE -> current.get() == null ? null : current.get().type().shortName();
            default -> {
                Object said = current.get(field);
                yield said != null || variables == null ? said : variables.getVariable(field);
            }
        };
    }

    /** A variable is a scalar: a list travels in it as text with commas. */
    private JsonNode typed(Object value, JsonNode schema) {
        if (schema.path("type").asText().equals("array") && value instanceof String text) {
            return json.valueToTree(Arrays.stream(text.split(","))
                    .map(String::trim)
                    .filter(item -> !item.isEmpty())
                    .toList());
        }
        return json.valueToTree(value);
    }

    /** In which time a person must acknowledge it, by DMN {@code acknowledgement}; empty if nobody need do so. */
    private Optional<Duration> acknowledgedWithin(String notification, Urgency urgency) {
        return acknowledgedWithin.computeIfAbsent(notification + " " + urgency, key -> {
            DmnDecisionResult result = decide("acknowledgement", notification, urgency);
            return result.isEmpty()
                    ? Optional.empty()
                    : Optional.of(Duration.parse(
                            result.getSingleResult().getSingleEntry().toString()));
        });
    }

    private DmnDecisionResult decide(String table, String notification, Urgency urgency) {
        return OnBehalfOfTheEngine.doing(() -> decisions
                .evaluateDecisionByKey(table)
                .variables(Map.of("notification", notification, "urgency", urgency.name()))
                .evaluate());
    }

    private List<Department> recipients(String notification, Urgency urgency) {
        return recipients.computeIfAbsent(notification + " " + urgency, key -> {
            DmnDecisionResult result = decide("recipients", notification, urgency);
            if (result.isEmpty()) {
                throw new IllegalStateException(
                        "expected a row of recipients for %s, but there is none".formatted(key));
            }
            return Arrays.stream(
                            result.getSingleResult().getSingleEntry().toString().split(","))
                    .map(String::trim)
                    .map(slug -> Department.of(slug)
                            .orElseThrow(() -> new IllegalStateException(
                                    "recipients: expected a department, but got '%s'".formatted(slug))))
                    .toList();
        });
    }
}
