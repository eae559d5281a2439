package org.tumorboard.pathway;

import static java.util.stream.Collectors.toMap;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.springframework.stereotype.Component;
import org.tumorboard.event.CaseId;

/** What people decided about cases, with whoever confirmed it. It only reads. */
@Component
public final class PersonalDecisions {

    private final ClosingTable closings;
    private final Elements elements;

    PersonalDecisions(ClosingTable closings, Elements elements) {
        this.closings = closings;
        this.elements = elements;
    }

    /** The case's decisions in the order in which they were recorded; a second step stands with its first. */
    public List<PersonalDecision> of(CaseId caseId) {
        Map<String, Element> byId = elements.latest().stream()
                .filter(Element::isUserTask)
                .collect(toMap(Element::id, element -> element, (one, other) -> one.needsPerson() ? one : other));
        List<PersonalDecision> decisions = new ArrayList<>();
        for (StepClosing closing : closings.of(caseId)) {
            Element element = byId.get(closing.elementId());
            Signature signature = element == null ? Signature.NOT_NEEDED : element.signature();
            if (closing.how() == StepClosing.How.WITHDRAWN || !(signature.isRequired() || hasReason(closing))) {
                continue;
            }
            int first = firstOf(signature, decisions, byId);
            if (first >= 0) {
                decisions.set(first, decisions.get(first).confirmedBy(closing));
            } else {
                String name = element == null ? closing.step() : element.name();
                decisions.add(new PersonalDecision(name, closing, needsSecond(signature, byId), null));
            }
        }
        return decisions;
    }

    /** The newest decision without a second person that this signature is the second one of; -1 if there is none. */
    private static int firstOf(Signature signature, List<PersonalDecision> decisions, Map<String, Element> byId) {
        for (int i = decisions.size() - 1; i >= 0; i--) {
            Element first = byId.get(decisions.get(i).first().elementId());
            if (decisions.get(i).second() == null && first != null && signature.follows(first.signature())) {
                return i;
            }
        }
        return -1;
    }

    private static boolean needsSecond(Signature first, Map<String, Element> byId) {
        return byId.values().stream().anyMatch(element -> element.signature().follows(first));
    }

    private static boolean hasReason(StepClosing closing) {
        return closing.eventType().endsWith(".step-completed")
                && closing.facts().path("data").hasNonNull("reason");
    }
}
