package org.tumorboard.inbox;

import static java.util.stream.Collectors.joining;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.tumorboard.event.CaseId;
import org.tumorboard.event.EventData;
import org.tumorboard.event.InboundEvent;
import org.tumorboard.pathway.Element;
import org.tumorboard.pathway.StepClosing;
import org.tumorboard.pathway.StepClosing.How;
import org.tumorboard.pathway.WaitingStep;

/**
 * Decides about an event that no step of its case takes: what it reports was already done, is overtaken by a newer
 * version, or it has to wait. References and versions tell whether two reports mean the same thing.
 */
final class Leftovers {

    /** How long after a person closed a step its department's own report may still come for the same thing. */
    private static final Duration SLOW_REPORT = Duration.ofHours(24);

    /** By how much two events without a reference may differ and still report one thing; later it is the next one. */
    private static final Duration SECOND_REPORT = Duration.ofHours(1);

    private static final Duration SAME_TIME = Duration.ofMinutes(1);

    private Leftovers() {}

    /**
     * @param waiting the case's open steps
     * @param closings how the case's steps for such events ended, oldest first
     * @param elements the elements of the models that take such events
     */
    static Verdict judge(
            InboundEvent event,
            CaseId caseId,
            List<WaitingStep> waiting,
            List<StepClosing> closings,
            List<Element> elements) {
        if (!elements.isEmpty() && elements.stream().allMatch(Element::needsPerson)) {
            return Verdict.refused("step: expected one that an event may complete, but %s needs people who sign in"
                    .formatted(titles(elements)));
        }
        Optional<Long> awaited = waiting.stream()
                .filter(step -> step.isOfKind(event))
                .flatMap(step -> step.awaitedVersion().stream())
                .findFirst();
        long version = event.data().path("version").asLong();
        if (awaited.isPresent() && version < awaited.get()) {
            return Verdict.alreadyDone(
                    caseId, "version %d is overtaken: the case waits for version %d".formatted(version, awaited.get()));
        }
        for (int i = closings.size() - 1; i >= 0; i--) {
            StepClosing closing = closings.get(i);
            Optional<Element> element = elements.stream()
                    .filter(candidate -> candidate.id().equals(closing.elementId()))
                    .findFirst();
            if (element.isPresent() && meansTheSame(event, closing)) {
                return done(event, caseId, element.get(), closing);
            }
        }
        return Verdict.parked(caseId, reason(event, elements));
    }

    private static String reason(InboundEvent event, List<Element> elements) {
        if (elements.isEmpty()) {
            return "no step of the pathway waits for %s with this content".formatted(event.type());
        }
        List<Element> steps = elements.stream().filter(Element::isUserTask).toList();
        return "nobody waits for it yet; released when the case reaches " + titles(steps.isEmpty() ? elements : steps);
    }

    private static String titles(List<Element> elements) {
        return elements.stream().map(Element::title).distinct().collect(joining(" or "));
    }

    private static boolean meansTheSame(InboundEvent event, StepClosing closing) {
        JsonNode facts = closing.facts();
        if (facts.hasNonNull("version") && event.data().hasNonNull("version")) {
            return event.data().get("version").asLong() <= facts.get("version").asLong();
        }
        boolean otherReference = event.data().properties().stream()
                .filter(field ->
                        field.getKey().endsWith("Ref") && !field.getKey().equals("patientRef"))
                .anyMatch(field -> facts.hasNonNull(field.getKey())
                        && !text(facts.get(field.getKey())).equals(text(field.getValue())));
        if (otherReference) {
            return false;
        }
        return switch (closing.how()) {
            case HAND -> !event.time().isAfter(closing.closedAt().plus(SLOW_REPORT));
            case EVENT -> !event.time().isAfter(closing.clinicalAt().plus(SECOND_REPORT));
            case WITHDRAWN -> !event.time().isAfter(closing.closedAt());
        };
    }

    private static Verdict done(InboundEvent event, CaseId caseId, Element element, StepClosing closing) {
        if (closing.how() == How.WITHDRAWN) {
            return Verdict.alreadyDone(
                    caseId,
                    "%s was no longer needed and withdrawn at %s".formatted(element.title(), closing.closedAt()));
        }
        List<String> disagreements = disagreements(event, closing);
        String done = "%s was already done %s"
                .formatted(
                        element.title(),
                        closing.how() == How.HAND
                                ? "by hand (" + closing.source() + ")"
                                : "by event " + closing.eventId());
        return disagreements.isEmpty()
                ? Verdict.alreadyDone(caseId, done)
                : new Verdict(
                        org.tumorboard.event.Outcome.ALREADY_DONE,
                        caseId,
                        done + "; they disagree: " + String.join(", ", disagreements),
                        true);
    }

    private static List<String> disagreements(InboundEvent event, StepClosing closing) {
        List<String> disagreements = new ArrayList<>();
        if (closing.clinicalAt() != null
                && Duration.between(closing.clinicalAt(), event.time()).abs().compareTo(SAME_TIME) >= 0) {
            disagreements.add("time %s, recorded %s".formatted(event.time(), closing.clinicalAt()));
        }
        compare(event.data(), closing.facts(), disagreements);
        return disagreements;
    }

    private static void compare(JsonNode said, JsonNode recorded, List<String> disagreements) {
        said.properties().forEach(field -> {
            JsonNode other = recorded.get(field.getKey());
            if (other == null || other.isNull()) {
                return;
            }
            if (field.getValue().isObject()) {
                compare(field.getValue(), other, disagreements);
            } else if (!text(field.getValue()).equals(text(other))) {
                disagreements.add("%s %s, recorded %s".formatted(field.getKey(), text(field.getValue()), text(other)));
            }
        });
    }

    /** In one form, for what was recorded before there was one. */
    private static String text(JsonNode value) {
        return EventData.normal(value).asText();
    }
}
