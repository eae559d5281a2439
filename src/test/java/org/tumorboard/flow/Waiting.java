package org.tumorboard.flow;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.camunda.bpm.model.bpmn.instance.FlowNode;
import org.camunda.bpm.model.bpmn.instance.StartEvent;
import org.jspecify.annotations.Nullable;
import org.tumorboard.event.CaseId;
import org.tumorboard.event.EventType;
import org.tumorboard.models.Models;

/**
 * Something that a case waits for, and what its model says of it.
 *
 * @param taskId the task in Tasklist; null where a message is waited for
 * @param variables those that its match compares with
 */
record Waiting(
        CaseId caseId, String process, FlowNode element, @Nullable String taskId, Map<String, String> variables) {

    /** Models whose tasks are about a case and do not move it. */
    private static final Set<String> BESIDE = Set.of("sla-escalation", "parked-event");

    String elementId() {
        return element.getId();
    }

    boolean isTask() {
        return taskId != null;
    }

    /** Whether the case can go on by it: not by an escalation, nor by an event that may come at any time. */
    boolean isProgress() {
        return isTask() ? !BESIDE.contains(process) : !(element instanceof StartEvent);
    }

    /** Whether it waits for an earlier event to be corrected or retracted; the engine adds of which type that was. */
    boolean isAboutEarlierEvent() {
        return matched().containsKey("correctedType");
    }

    EventType event() {
        return EventType.ofShortName(Models.event(element).orElseThrow()).orElseThrow();
    }

    /** Whether only a signed-in person may complete it. */
    boolean isForAPerson() {
        return "person".equals(property("by")) || property("otherThan") != null;
    }

    /** The values of the event's fields for which it waits, where it waits for certain ones; no comparisons. */
    Map<String, List<String>> matched() {
        Map<String, List<String>> matched = new LinkedHashMap<>();
        String match = property("match");
        for (String condition : match == null ? new String[0] : match.split(";")) {
            String[] sides = condition.trim().split("=", 2);
            if (sides.length < 2) {
                continue;
            }
            String variable = sides[1].startsWith("${") ? sides[1].substring(2, sides[1].length() - 1) : null;
            if (variable == null) {
                matched.put(sides[0], Arrays.asList(sides[1].split(",")));
            } else if (variables.containsKey(variable)) {
                matched.put(sides[0], List.of(variables.get(variable)));
            }
        }
        return matched;
    }

    @Nullable
    String property(String name) {
        return Models.property(element, name).orElse(null);
    }
}
