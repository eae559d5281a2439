package org.tumorboard.pathway;

import static java.util.stream.Collectors.toMap;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.tumorboard.event.CaseId;

/** What people decided about cases, with whoever confirmed it. It only reads. */
@Component
public final class PersonalDecisions {

    private final JdbcClient jdbc;
    private final ClosingTable closings;
    private final Elements elements;

    PersonalDecisions(JdbcClient jdbc, ClosingTable closings, Elements elements) {
        this.jdbc = jdbc;
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
                decisions.add(new PersonalDecision(name, closing, false, null));
            }
        }
        for (Element second : open(caseId)) {
            int first = firstOf(second.signature(), decisions, byId);
            if (first >= 0) {
                decisions.set(first, decisions.get(first).awaiting());
            }
        }
        return decisions;
    }

    /** The newest decision without a second person that this signature is the second one of; -1 if there is none. */
    private static int firstOf(Signature signature, List<PersonalDecision> decisions, Map<String, Element> byId) {
        for (int i = decisions.size() - 1; i >= 0; i--) {
            Element first = byId.get(decisions.get(i).first().elementId());
            if (decisions.get(i).second() == null && first != null && signature.follows(first.step())) {
                return i;
            }
        }
        return -1;
    }

    private List<Element> open(CaseId caseId) {
        return jdbc
                .sql(
                        """
                        select t.task_def_key_ from act_ru_execution e join act_ru_task t on t.proc_inst_id_ = e.id_
                        where e.business_key_ = :case
                        """)
                .param("case", caseId.value())
                .query(String.class)
                .list()
                .stream()
                .flatMap(id -> elements.latest().stream()
                        .filter(element -> element.id().equals(id)))
                .toList();
    }

    private static boolean hasReason(StepClosing closing) {
        return closing.eventType().endsWith(".step-completed")
                && closing.facts().path("data").hasNonNull("reason");
    }
}
