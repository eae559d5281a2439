package org.tumorboard.inbox;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.tumorboard.event.EventIdentity;
import org.tumorboard.event.EventSchemas;
import org.tumorboard.event.InboundEvent;
import org.tumorboard.event.Outcome;
import org.tumorboard.event.Past;

/** Why a correction or retraction does not count: what is wrong with it, what it waits for, what has overtaken it. */
final class AmendmentRules {

    /** Fields that say what an event is about; an event about something else is another event. */
    private static final Set<String> IDENTIFYING = Set.of("patientRef", "step");

    private final EventSchemas schemas;
    private final Instant now;

    AmendmentRules(EventSchemas schemas, Instant now) {
        this.schemas = schemas;
        this.now = now;
    }

    /**
     * @param target null if no such event has come yet
     * @param inForce what counts of that event's corrections and retractions so far
     * @return empty if it counts
     */
    Optional<Verdict> objection(Amendment amendment, @Nullable Target target, List<Amendment> inForce) {
        Optional<String> impossible = Optional.ofNullable(amendment.occurredAt())
                .flatMap(occurredAt -> Past.complaint("data.occurredAt", occurredAt, now));
        if (impossible.isPresent()) {
            return impossible.map(Verdict::refused);
        }
        if (target == null) {
            return Optional.of(Verdict.parked(null, waiting(amendment)));
        }
        return aboutTarget(amendment, target).or(() -> overtaken(amendment, target, inForce));
    }

    private Optional<Verdict> aboutTarget(Amendment amendment, Target target) {
        InboundEvent event = amendment.event();
        String sender = event.type().department().slug();
        if (!target.department().equals(sender)) {
            return refused(
                    "%s: expected an event of %s, but %s sent it", saying(amendment), sender, target.department());
        }
        if (target.type().filter(Amendment::isOne).isPresent()) {
            return refused(
                    "%s, which is a correction or retraction itself: correct the first event anew", saying(amendment));
        }
        if (target.isUnitWide()) {
            return refused(
                    "%s, which is news of a whole unit and of no patient: send the right news instead",
                    saying(amendment));
        }
        if (target.patientRef() != null && !target.patientRef().equals(event.patientRef())) {
            return refused("patientRef: %s, which is about another patient", saying(amendment));
        }
        if (event.subject() != null
                && target.caseId() != null
                && !event.subject().equals(target.caseId())) {
            return refused("subject: expected case %s, but got %s", target.caseId(), event.subject());
        }
        if (target.outcome() == Outcome.REFUSED) {
            return Optional.of(new Verdict(
                    Outcome.ALREADY_DONE,
                    null,
                    "%s, which was refused and changed nothing; send the event itself anew"
                            .formatted(saying(amendment)),
                    false));
        }
        return identity(amendment, target);
    }

    private Optional<Verdict> identity(Amendment amendment, Target target) {
        return amendment.values().properties().stream()
                .filter(value -> IDENTIFYING.contains(value.getKey()))
                .filter(value -> !value.getValue().equals(target.event().data().get(value.getKey())))
                .findFirst()
                .flatMap(value -> refused(
                        "data.%s: says what the event is about and cannot be corrected; retract the event and send another",
                        value.getKey()));
    }

    private Optional<Verdict> overtaken(Amendment amendment, Target target, List<Amendment> inForce) {
        Optional<Amendment> retraction =
                inForce.stream().filter(Amendment::retracts).findFirst();
        if (retraction.isPresent()) {
            return alreadyDone(
                    target,
                    "%s, which was taken back by event %s, and that is final",
                    saying(amendment),
                    retraction.get().identity().id());
        }
        if (amendment.retracts()) {
            return Optional.empty();
        }
        List<Amendment> with = new ArrayList<>(inForce);
        with.add(amendment);
        return misfit(amendment, target, with).or(() -> withoutEffect(amendment, target, inForce, with));
    }

    /** What schema the event would break, at this correction or at a newer one that is in force already. */
    private Optional<Verdict> misfit(Amendment amendment, Target target, List<Amendment> with) {
        return with.stream()
                .filter(other -> !amendment.isNewerThan(other))
                .map(last -> Amendment.applied(
                        with.stream().filter(other -> !other.isNewerThan(last)).toList(), target.event()))
                .flatMap(form -> schemas.complaints(form.type(), form.data(), now).stream())
                .findFirst()
                .flatMap(complaint -> refused(
                        "%s: the event with these values would not be valid: %s", saying(amendment), complaint));
    }

    private static Optional<Verdict> withoutEffect(
            Amendment amendment, Target target, List<Amendment> inForce, List<Amendment> with) {
        InboundEvent before = Amendment.applied(inForce, target.event());
        InboundEvent after = Amendment.applied(with, target.event());
        return inForce.stream()
                .filter(other -> other.isNewerThan(amendment))
                .max(Amendment.AS_MADE)
                .filter(newer ->
                        before.time().equals(after.time()) && before.data().equals(after.data()))
                .flatMap(newer -> alreadyDone(
                        target,
                        "%s and is overtaken by the newer correction %s",
                        saying(amendment),
                        newer.identity().id()));
    }

    private static String waiting(Amendment amendment) {
        EventIdentity target = amendment.target();
        return "waits for event %s of %s, which it %s; released when that event comes"
                .formatted(target.id(), target.source(), amendment.retracts() ? "takes back" : "corrects");
    }

    private static String saying(Amendment amendment) {
        EventIdentity target = amendment.target();
        return "%s event %s of %s"
                .formatted(amendment.retracts() ? "takes back" : "corrects", target.id(), target.source());
    }

    private static Optional<Verdict> refused(String reason, Object... values) {
        return Optional.of(Verdict.refused(reason.formatted(values)));
    }

    private static Optional<Verdict> alreadyDone(Target target, String reason, Object... values) {
        return Optional.of(new Verdict(Outcome.ALREADY_DONE, target.caseId(), reason.formatted(values), false));
    }
}
