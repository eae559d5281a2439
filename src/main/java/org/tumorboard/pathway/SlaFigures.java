package org.tumorboard.pathway;

import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.tumorboard.event.Urgency;
import org.tumorboard.sla.ClockPolicy;
import org.tumorboard.sla.Policies;

/** The figures of DMN {@code sla-policy} for expressions of the models, as ISO-8601 durations. */
@Component("policy")
public final class SlaFigures {

    private final Policies policies;

    SlaFigures(Policies policies) {
        this.policies = policies;
    }

    /** After which the clock is breached. */
    public String latest(String clock, String urgency) {
        return latest(clock, urgency, false);
    }

    /** Like {@link #latest(String, String)}, where the decision may allow surgery before the window opens. */
    public String latest(String clock, String urgency, @Nullable Boolean earlySurgery) {
        return row(clock, urgency, earlySurgery).latest().toString();
    }

    /** Before which it would be too early; null where the policy has none. */
    public @Nullable String earliest(String clock, String urgency, @Nullable Boolean earlySurgery) {
        return text(row(clock, urgency, earlySurgery).earliest());
    }

    /** After which the protocol no longer holds; null where the policy has none. */
    public @Nullable String outOfProtocol(String clock, String urgency, @Nullable Boolean earlySurgery) {
        return text(row(clock, urgency, earlySurgery).outOfProtocol());
    }

    private ClockPolicy row(String clock, String urgency, @Nullable Boolean earlySurgery) {
        return policies.current().row(clock, Urgency.valueOf(urgency), Boolean.TRUE.equals(earlySurgery));
    }

    private static @Nullable String text(@Nullable Duration duration) {
        return duration == null ? null : duration.toString();
    }
}
