package org.tumorboard.pathway;

import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.tumorboard.event.CaseId;
import org.tumorboard.event.InboundEvent;

/**
 * An element of a running case that waits for an event: an open user task, or a message.
 *
 * @param processInstance the engine's, to which the element belongs
 * @param taskId the engine's task; null where a message is waited for
 * @param executionId where the message is waited for
 * @param variables what the element's match compares with
 */
public record WaitingStep(
        CaseId caseId,
        Element element,
        String processInstance,
        @Nullable String taskId,
        String executionId,
        Map<String, String> variables) {

    /** Whether the event is the one it waits for. */
    public boolean takes(InboundEvent event) {
        return element.waitsFor(event.type())
                && !element.needsPerson()
                && element.match().accepts(event, variables::get);
    }

    /** Whether it waits for such events, though perhaps for another version or reference. */
    public boolean isOfKind(InboundEvent event) {
        return element.waitsFor(event.type()) && element.match().literalsAccept(event.data());
    }

    /** The Gamma Knife unit whose news it waits for, also those from before it was there; empty if it is no such step. */
    public Optional<String> awaitedUnit() {
        return Optional.ofNullable(element.match().implied(variables::get).get("unit"));
    }

    /** The instant after which what it waits for must have happened; null if any time will do. */
    public @Nullable String awaitedSince() {
        return element.match().after() == null
                ? null
                : variables.get(element.match().after());
    }

    /** The version it waits for, where its match names one. */
    public Optional<Long> awaitedVersion() {
        return Optional.ofNullable(element.match().implied(variables::get).get("version"))
                .map(Long::valueOf);
    }
}
