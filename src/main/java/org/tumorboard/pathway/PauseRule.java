package org.tumorboard.pathway;

import java.util.Optional;
import org.springframework.stereotype.Component;
import org.tumorboard.event.InboundEvent;
import org.tumorboard.event.Urgency;
import org.tumorboard.sla.Adjustment;
import org.tumorboard.sla.Policies;

/** A clock may be paused only at a class of urgency whose policy says so. */
@Component
final class PauseRule {

    private final Policies policies;

    PauseRule(Policies policies) {
        this.policies = policies;
    }

    /** Why the case's clock may not be paused now, and from when on it may; empty for all but such a pause. */
    Optional<String> obstacle(InboundEvent event, Urgency urgency) {
        if (!event.data().path("step").asText().equals(Adjustment.PAUSED)) {
            return Optional.empty();
        }
        String clock = event.data().path("data").path("clock").asText();
        return policies.current().row(clock, urgency, false).mayPause()
                ? Optional.empty()
                : Optional.of(
                        "data.clock: expected one that may pause at %s, but %s may not; released when the urgency is lowered"
                                .formatted(urgency, clock));
    }
}
