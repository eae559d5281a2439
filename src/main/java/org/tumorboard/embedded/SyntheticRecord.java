package org.tumorboard.embedded;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.tumorboard.event.Department;
import org.tumorboard.event.EventType;

/** Collects what departments say of one invented patient, each event with its time and an id of its own. */
abstract class SyntheticRecord {

    final int number;
    final Instant detectedAt;
    final double pace;
    final List<SyntheticEvent> events = new ArrayList<>();

    @Nullable
    String subject;

    SyntheticRecord(int number, Instant detectedAt, double pace) {
        this.number = number;
        this.detectedAt = detectedAt;
        this.pace = pace;
    }

    public String patientRef() {
        return "SYN-%04d".formatted(number);
    }

    static Consumer<ObjectNode> systemicStatus() {
        return data -> data.put("kps", 80).put("lifeExpectancyMonths", 12);
    }

    Consumer<ObjectNode> imaging(String purpose) {
        return ordered("ORD-%d-%s".formatted(number, purpose), purpose);
    }

    static Consumer<ObjectNode> ordered(String order, String purpose) {
        return data -> data.put("orderRef", order).put("purpose", purpose);
    }

    static Consumer<ObjectNode> concluding(String conclusion) {
        return data -> data.put("conclusion", conclusion);
    }

    static Consumer<ObjectNode> version(String plan) {
        return data -> data.put("planRef", plan).put("version", 1);
    }

    Instant hours(double hours) {
        return detectedAt.plusSeconds(Math.round(hours * 3600 * pace));
    }

    void say(double hour, Department department, String name, Consumer<ObjectNode> fields) {
        add(hours(hour), department, name, fields);
    }

    void after(Instant start, double hours, Department department, String name, Consumer<ObjectNode> fields) {
        add(start.plusSeconds(Math.round(hours * 3600)), department, name, fields);
    }

    void step(double hour, Department department, String step, Consumer<ObjectNode> fields) {
        addStep(hours(hour), department, step, fields);
    }

    void afterStep(Instant start, double hours, Department department, String step, Consumer<ObjectNode> fields) {
        addStep(start.plusSeconds(Math.round(hours * 3600)), department, step, fields);
    }

    void addStep(Instant time, Department department, String step, Consumer<ObjectNode> fields) {
        add(
                time,
                department,
                "step-completed",
                data -> fields.accept(data.put("step", step).putObject("data")));
    }

    void add(Instant time, Department department, String name, Consumer<ObjectNode> fields) {
        ObjectNode data = JsonNodeFactory.instance.objectNode().put("patientRef", patientRef());
        fields.accept(data);
        String id = "%04d-%s-%03d".formatted(number, name, events.size());
        events.add(new SyntheticEvent(type(department, name), id, patientRef(), subject, time, data));
    }

    static EventType type(Department department, String name) {
        return new EventType(department, name);
    }

    List<SyntheticEvent> inOrder() {
        return events.stream()
                .sorted(Comparator.comparing(SyntheticEvent::time))
                .toList();
    }
}
