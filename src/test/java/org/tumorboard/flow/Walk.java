package org.tumorboard.flow;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.camunda.bpm.model.bpmn.instance.FlowNode;
import org.tumorboard.embedded.SyntheticEvent;
import org.tumorboard.event.CaseId;
import org.tumorboard.event.CaseStatus;
import org.tumorboard.event.EventSchemas;
import org.tumorboard.event.EventType;
import org.tumorboard.event.Urgency;

/**
 * One case that goes its way at random: what its open steps wait for is said or entered sooner or later, and things
 * happen to it that no step waits for. Everything is drawn from the seed of the case.
 */
final class Walk {

    private static final Duration LATEST_REPORT = Duration.ofHours(30);

    private static final EventType SLOT_LOST = type("gamma-knife.slot-lost");
    private static final Map<String, String> THAT_SLOT = Map.of("slotRef", "@gamma-knife.slot-confirmed");

    private final CaseId caseId;
    private final String patientRef;
    private final Instant openedAt;
    private final long seed;
    private final Random random;
    private final Taste taste;
    private final int pace;
    private final Chronicle chronicle = new Chronicle();
    private final List<String> deeds = new ArrayList<>();
    private final Wording wording;
    private final String unit;

    /** What a person enters in the form of a step. */
    record Entry(Walk walk, Waiting step, String person, ObjectNode form, Instant at) {}

    /** What departments say and people enter in one round. */
    record Round(List<SyntheticEvent> said, List<Entry> entered) {

        Round() {
            this(new ArrayList<>(), new ArrayList<>());
        }
    }

    Walk(CaseId caseId, String patientRef, int number, Instant openedAt, long seed, EventSchemas schemas) {
        this.caseId = caseId;
        this.patientRef = patientRef;
        this.openedAt = openedAt;
        this.seed = seed;
        this.random = new Random(seed);
        Urgency urgency = Urgency.values()[random.nextInt(Urgency.values().length)];
        this.taste = new Taste(Taste.OF_EVERY_DAY.usual(), Map.of("urgency", urgency.name()));
        this.pace = 25 + random.nextInt(70);
        this.unit = "GK-W" + random.nextInt(16);
        this.wording = new Wording(patientRef, number, unit, schemas, chronicle, random);
    }

    CaseId caseId() {
        return caseId;
    }

    String patientRef() {
        return patientRef;
    }

    /** Radiology suspects the recurrence. */
    void begin(Round round) {
        say(
                round,
                type("radiology.recurrence-suspected"),
                wording.event(type("radiology.recurrence-suspected"), Map.of(), openedAt),
                openedAt);
    }

    /** A few of the things that may happen between now and the next look. */
    void goOn(
            List<Waiting> waiting,
            CaseStatus status,
            List<ExceptionMatrix.Row> exceptions,
            List<FlowNode> anything,
            Instant now,
            Round round) {
        for (Waiting step : waiting) {
            if (step.isTask() && chance(step.isProgress() ? pace : 5)) {
                answer(step, taste, now, round);
            } else if (!step.isTask() && step.isProgress() && !step.isAboutEarlierEvent() && chance(3)) {
                say(round, step.event(), wording.event(step, time(now)), time(now));
            }
        }
        if (chance(8)) {
            exception(status, exceptions, now, round);
        }
        if (chance(4)) {
            saidAgain(now, round);
        }
        if (chance(3)) {
            aheadOfItsTurn(anything, now, round);
        }
    }

    /** The unit on which it is booked works again, whatever was said of it. */
    void unitIsBack(Instant now, Round round) {
        EventType restored = type("gamma-knife.machine-restored");
        say(round, restored, wording.event(restored, Map.of("unit", unit), now), now);
    }

    /** Every open step is answered, mostly so that the case comes to its end. */
    void finish(List<Waiting> waiting, Instant now, Round round) {
        waiting.stream().filter(step -> step.isTask() && step.isProgress()).forEach(step -> {
            if (step.elementId().equals("Task_MoveOrSlot") && hasGammaKnifeSlotPassed(now)) {
                say(round, SLOT_LOST, wording.event(SLOT_LOST, THAT_SLOT, now), now);
            } else {
                answer(step, Taste.FOR_THE_END, now, round);
            }
        });
    }

    /** No theatre slot fits it any more: the Gamma Knife says so, and both are booked anew. */
    private boolean hasGammaKnifeSlotPassed(Instant now) {
        return chronicle
                .instant("gamma-knife.slot-confirmed", "endAt")
                .filter(now::isAfter)
                .isPresent();
    }

    /** A late word about a case that has ended. */
    void lateWord(List<ExceptionMatrix.Row> exceptions, CaseStatus status, Instant now, Round round) {
        if (chance(2)) {
            exception(status, exceptions, now, round);
        }
    }

    private void answer(Waiting step, Taste of, Instant now, Round round) {
        Instant at = time(now);
        ObjectNode form = wording.form(step, at, of);
        if (step.isForAPerson() || chance(8)) {
            form.put("occurredAt", at.toString());
            chronicle.note(step.event(), form);
            round.entered().add(new Entry(this, step, "person-" + random.nextInt(4), form, at));
        } else {
            say(round, step.event(), wording.event(step, form, at), at);
        }
    }

    private void exception(CaseStatus status, List<ExceptionMatrix.Row> exceptions, Instant now, Round round) {
        List<ExceptionMatrix.Row> possible = exceptions.stream()
                .filter(row -> row.mayOccur(status) && wording.canSay(row.facts()))
                .toList();
        if (possible.isEmpty()) {
            return;
        }
        ExceptionMatrix.Row row = possible.get(random.nextInt(possible.size()));
        if (row.ends(status) && chance(60)) {
            return;
        }
        Instant at = time(now);
        say(round, row.event(), wording.event(row.event(), row.facts(), at), at);
    }

    /** The same event once more, or the same told by another one. */
    private void saidAgain(Instant now, Round round) {
        List<SyntheticEvent> before = chronicle.events();
        if (!before.isEmpty()) {
            SyntheticEvent event = before.get(random.nextInt(before.size()));
            if (chance(50)) {
                round.said().add(event);
            } else {
                say(round, event.type(), event.data(), chance(50) ? event.time() : time(now));
            }
        }
    }

    private void aheadOfItsTurn(List<FlowNode> anything, Instant now, Round round) {
        FlowNode element = anything.get(random.nextInt(anything.size()));
        Waiting imagined = new Waiting(
                caseId,
                "",
                element,
                element instanceof org.camunda.bpm.model.bpmn.instance.UserTask ? "" : null,
                Map.of());
        if (imagined.isForAPerson() || imagined.isAboutEarlierEvent()) {
            return;
        }
        Instant at = time(now);
        ObjectNode data = imagined.isTask()
                ? wording.event(imagined, wording.form(imagined, at, taste), at)
                : wording.event(imagined, at);
        say(round, imagined.event(), data, at);
    }

    private void say(Round round, EventType type, JsonNode data, Instant at) {
        boolean isUnitWide = !data.has("patientRef");
        SyntheticEvent event = new SyntheticEvent(
                type,
                "%s-%04d".formatted(patientRef, chronicle.events().size()),
                isUnitWide ? data.path("unit").asText() : patientRef,
                isUnitWide || chance(30) && !isOpening(type) ? null : caseId.value(),
                at,
                data);
        chronicle.note(event);
        round.said().add(event);
    }

    private static boolean isOpening(EventType type) {
        return type.name().equals("recurrence-suspected");
    }

    /** Mostly just now, sometimes hours ago. */
    private Instant time(Instant now) {
        Instant at = chance(7)
                ? now.minusSeconds(random.nextInt((int) LATEST_REPORT.toSeconds()))
                : now.minusSeconds(random.nextInt(900));
        return at.isBefore(openedAt) ? openedAt : at;
    }

    private boolean chance(int percent) {
        return random.nextInt(100) < percent;
    }

    private static EventType type(String shortName) {
        return EventType.ofShortName(shortName).orElseThrow();
    }

    @Override
    public String toString() {
        return "case %s of seed %d".formatted(caseId, seed);
    }
}
