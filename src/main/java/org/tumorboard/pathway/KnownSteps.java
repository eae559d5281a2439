package org.tumorboard.pathway;

import java.util.Optional;
import java.util.Set;
import org.springframework.stereotype.Component;
import org.tumorboard.event.InboundEvent;

/** Which steps there are that a {@code step-completed} may name: one of no model would wait for ever. */
@Component
public final class KnownSteps {

    private static final String STEP_COMPLETED = "step-completed";

    private final Elements elements;

    KnownSteps(Elements elements) {
        this.elements = elements;
    }

    /** What is wrong with the step that the event names; empty if a model knows it, or the event names none. */
    public Optional<String> complaint(InboundEvent event) {
        if (!event.type().name().equals(STEP_COMPLETED)) {
            return Optional.empty();
        }
        String step = String.valueOf(event.text("step"));
        if (elements.stepsFor(event.type()).contains(step)) {
            return Optional.empty();
        }
        elements.readAll();
        Set<String> known = elements.stepsFor(event.type());
        return known.contains(step)
                ? Optional.empty()
                : Optional.of("data.step: expected a step of %s that a model knows (%s), but got '%s'"
                        .formatted(event.type().department(), String.join(", ", known), step));
    }
}
