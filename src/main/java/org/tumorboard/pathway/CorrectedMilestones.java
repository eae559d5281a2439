package org.tumorboard.pathway;

import static java.time.temporal.ChronoUnit.MICROS;

import java.time.Clock;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.tumorboard.event.EventIdentity;
import org.tumorboard.event.InboundEvent;
import org.tumorboard.sla.Ledger;
import org.tumorboard.sla.Milestone;

/**
 * Adds to the ledger what a correction or retraction says of the milestones that the event earned. Joint milestones are
 * told from those that stand, so nothing is added for them.
 */
@Component
class CorrectedMilestones {

    private final Elements elements;
    private final EventExpressions expressions;
    private final Clock clock;

    CorrectedMilestones(Elements elements, EventExpressions expressions, Clock clock) {
        this.elements = elements;
        this.expressions = expressions;
        this.clock = clock;
    }

    /** Takes back whatever the event earned; but nothing opens a closed case again. */
    void retract(CaseFile file, InboundEvent retraction, EventIdentity event) {
        for (Milestone entry : own(file, event)) {
            if (!entry.isRetracted() && !entry.name().equals(Ledger.CASE_CLOSED)) {
                amend(file, entry, entry.at(), retraction, true);
            }
        }
    }

    /**
     * @param takers the elements that took the event
     * @param before what the event said until now
     * @param after what it says from now on
     */
    void correct(
            CaseFile file,
            InboundEvent correction,
            Collection<Element> takers,
            InboundEvent before,
            InboundEvent after) {
        Map<String, Instant> was = earned(takers, before);
        Map<String, Instant> is = earned(takers, after);
        List<Milestone> entries = own(file, after.identity());
        for (Milestone entry : entries) {
            Instant at = is.get(entry.name());
            if (at != null) {
                move(file, entry, at, correction);
            } else if (was.containsKey(entry.name())) {
                amend(file, entry, entry.at(), correction, true);
            } else if (isToldAtTheMomentOf(before, entry)) {
                move(file, entry, after.time(), correction);
            }
        }
        Set<String> known = entries.stream().map(Milestone::name).collect(Collectors.toSet());
        is.forEach((name, at) -> {
            if (!was.containsKey(name) && !known.contains(name)) {
                EventIdentity event = after.identity();
                Milestone entry = Milestone.told(file.id(), name, at, clock.instant(), event.source(), event.id());
                amend(file, entry, at, correction, false);
            }
        });
    }

    /** The milestones that the elements earn with this event at hand, each with its instant. */
    private Map<String, Instant> earned(Collection<Element> takers, InboundEvent event) {
        Map<String, Instant> earned = new HashMap<>();
        for (Element element : takers) {
            if (!element.joins().isEmpty() || !EventExpressions.readsOnlyTheEvent(element.milestoneAt())) {
                continue;
            }
            Instant at = at(element, event);
            if (element.milestone() != null) {
                earned.put(element.milestone(), at);
            }
            element.furtherMilestones().stream()
                    .filter(further -> Boolean.TRUE.equals(expressions.value(further.condition(), event)))
                    .forEach(further -> earned.put(further.milestone(), at));
        }
        return earned;
    }

    private Instant at(Element element, InboundEvent event) {
        Object at = expressions.value(element.milestoneAt(), event);
        return at == null ? event.time() : Times.instant(at.toString());
    }

    /** What no element of the models names, such as a change of urgency, counts from the event's own time. */
    private boolean isToldAtTheMomentOf(InboundEvent event, Milestone entry) {
        return isSame(entry.at(), event.time())
                && elements.latest().stream().flatMap(Element::milestones).noneMatch(entry.name()::equals);
    }

    private static List<Milestone> own(CaseFile file, EventIdentity event) {
        return file.ledger().causedBy(event).stream()
                .filter(entry -> entry.joined().isEmpty())
                .toList();
    }

    private void move(CaseFile file, Milestone entry, Instant at, InboundEvent correction) {
        if (entry.isRetracted() || !isSame(entry.at(), at)) {
            amend(file, entry, at, correction, false);
        }
    }

    private void amend(CaseFile file, Milestone entry, Instant at, InboundEvent by, boolean retracts) {
        EventIdentity identity = by.identity();
        Instant made = by.time();
        Milestone.Amendment present = entry.amendment();
        // an older correction that arrives late and still has something to say must not lose to a newer one
        Milestone.Amendment amendment = present != null && present.at().isAfter(made)
                ? new Milestone.Amendment(present.at(), present.source(), present.eventId(), retracts)
                : new Milestone.Amendment(made, identity.source(), identity.id(), retracts);
        file.amend(entry.amended(at, clock.instant(), by.text("reason"), amendment));
    }

    /** The database keeps microseconds. */
    private static boolean isSame(Instant one, @Nullable Instant other) {
        return other != null && one.truncatedTo(MICROS).equals(other.truncatedTo(MICROS));
    }
}
