package org.tumorboard.web;

import java.time.Clock;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.springframework.stereotype.Component;
import org.tumorboard.event.Actor;
import org.tumorboard.event.Deed;
import org.tumorboard.event.Department;
import org.tumorboard.event.EventReader;
import org.tumorboard.event.InboundEvent;
import org.tumorboard.event.PersonalDeeds;
import org.tumorboard.event.Reading;
import org.tumorboard.event.Right;
import org.tumorboard.outbox.EventPublisher;
import org.tumorboard.pathway.KnownSteps;

/** Checks what came over HTTP like an event of its department, and puts it on the department's topic. */
@Component
final class EventDesk {

    private static final int LONGEST_WAIT_SECONDS = 15;

    private final EventReader reader;
    private final KnownSteps steps;
    private final EventPublisher publisher;
    private final PersonalDeeds deeds;
    private final Clock clock;

    EventDesk(EventReader reader, KnownSteps steps, EventPublisher publisher, PersonalDeeds deeds, Clock clock) {
        this.reader = reader;
        this.steps = steps;
        this.publisher = publisher;
        this.deeds = deeds;
        this.clock = clock;
    }

    /**
     * @param headers as the Kafka binding of CloudEvents names them
     * @return what would be published
     */
    Reading read(Department department, Map<String, byte[]> headers, byte[] body) {
        Reading reading = reader.read(department, headers, body, clock.instant());
        return reading instanceof Reading.Accepted accepted ? held(known(accepted)) : reading;
    }

    private Reading known(Reading.Accepted accepted) {
        InboundEvent event = accepted.event();
        return steps.complaint(event)
                .<Reading>map(complaint ->
                        new Reading.Refused(event.identity(), event.type().wireType(), complaint, null))
                .orElse(accepted);
    }

    /** What one group decides, no other tells over HTTP in its place; systems tell it over Kafka. */
    private static Reading held(Reading reading) {
        if (!(reading instanceof Reading.Accepted accepted)) {
            return reading;
        }
        InboundEvent event = accepted.event();
        Right right =
                switch (deed(event)) {
                    case WAIVED_CLOCK -> Right.WAIVE_CLOCK;
                    case PAUSED_CLOCK, RESUMED_CLOCK -> Right.PAUSE_CLOCK;
                    case LOWERED_URGENCY -> Right.LOWER_URGENCY;
                    default -> null;
                };
        return right == null
                        || right.isOf(Actor.currentOr(() -> Actor.APPLICATION).groups()::contains)
                ? accepted
                : new Reading.Refused(
                        event.identity(),
                        event.type().wireType(),
                        "data.step: expected somebody of %s for %s"
                                .formatted(String.join(", ", right.groups()), event.text("step")),
                        null);
    }

    /**
     * @param headers as the Kafka binding of CloudEvents names them
     * @return what was read; if it was accepted, the broker has it
     */
    Reading publish(Department department, Map<String, byte[]> headers, byte[] body) {
        Reading reading = read(department, headers, body);
        if (reading instanceof Reading.Accepted accepted) {
            note(accepted.event());
            publisher
                    .publish(department, key(accepted.event()), headers, body)
                    .orTimeout(LONGEST_WAIT_SECONDS, TimeUnit.SECONDS)
                    .join();
        }
        return reading;
    }

    /** Before the broker has it: an entry without its event is possible, an event without its entry is not. */
    private void note(InboundEvent event) {
        deeds.did(
                deed(event),
                event.subject(),
                event.type().shortName() + " " + event.identity().id());
    }

    private static Deed deed(InboundEvent event) {
        return switch (event.type().name()) {
            case "event-corrected" -> Deed.CORRECTED_EVENT;
            case "event-retracted" -> Deed.RETRACTED_EVENT;
            case "step-completed" -> switch (String.valueOf(event.text("step"))) {
                case "clock-waived", "clock-earliest-waived" -> Deed.WAIVED_CLOCK;
                case "clock-paused" -> Deed.PAUSED_CLOCK;
                case "clock-resumed" -> Deed.RESUMED_CLOCK;
                case "urgency-lowered" -> Deed.LOWERED_URGENCY;
                default -> Deed.SENT_EVENT;
            };
            default -> Deed.SENT_EVENT;
        };
    }

    /** Kafka's key puts everything about one patient, or one unit, in order. */
    private static String key(InboundEvent event) {
        return event.patientRef() == null ? event.unit() : event.patientRef();
    }
}
