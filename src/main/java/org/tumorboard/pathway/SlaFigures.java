package org.tumorboard.pathway;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.camunda.bpm.dmn.engine.DmnDecisionResultEntries;
import org.camunda.bpm.engine.DecisionService;
import org.jspecify.annotations.Nullable;
import org.springframework.context.annotation.Lazy;
import org.springframework.stereotype.Component;

/** The figures of DMN {@code sla-policy}, for the models and for the deadlines of steps; read once a start. */
@Component("policy")
public final class SlaFigures {

    private final DecisionService decisions;
    private final Map<String, Figures> known = new ConcurrentHashMap<>();

    SlaFigures(@Lazy DecisionService decisions) {
        this.decisions = decisions;
    }

    /** ISO-8601 duration after which the clock is breached; null where the policy has none. */
    public @Nullable String latest(String clock, String urgency) {
        return figures(clock, urgency, false).latest();
    }

    /** Like {@link #latest(String, String)}, where the decision may allow surgery before the window opens. */
    public @Nullable String latest(String clock, String urgency, @Nullable Boolean earlySurgery) {
        return figures(clock, urgency, Boolean.TRUE.equals(earlySurgery)).latest();
    }

    /** ISO-8601 duration before which it would be too early; null where the policy has none. */
    public @Nullable String earliest(String clock, String urgency, @Nullable Boolean earlySurgery) {
        return figures(clock, urgency, Boolean.TRUE.equals(earlySurgery)).earliest();
    }

    /** ISO-8601 duration after which the protocol no longer holds; null where the policy has none. */
    public @Nullable String outOfProtocol(String clock, String urgency, @Nullable Boolean earlySurgery) {
        return figures(clock, urgency, Boolean.TRUE.equals(earlySurgery)).outOfProtocol();
    }

    Figures figures(String clock, String urgency, boolean earlySurgery) {
        return known.computeIfAbsent(
                clock + " " + urgency + " " + earlySurgery, key -> read(clock, urgency, earlySurgery));
    }

    private Figures read(String clock, String urgency, boolean earlySurgery) {
        DmnDecisionResultEntries row = OnBehalfOfTheEngine.doing(() -> decisions
                .evaluateDecisionByKey("sla-policy")
                .variables(Map.of("clock", clock, "urgency", urgency, "earlySurgery", earlySurgery))
                .evaluate()
                .getSingleResult());
        if (row == null) {
            throw new IllegalStateException(
                    "expected a row of sla-policy for clock %s and urgency %s, but there is none"
                            .formatted(clock, urgency));
        }
        return new Figures(
                String.valueOf(row.get("from")),
                text(row.get("due")),
                text(row.get("earliest")),
                text(row.get("latest")),
                text(row.get("outOfProtocol")));
    }

    private static @Nullable String text(@Nullable Object value) {
        return value == null || value.toString().isBlank() ? null : value.toString();
    }

    /**
     * @param from the milestone at which the clock starts
     * @param due when the step should be done, where that is before the latest moment
     */
    record Figures(
            String from,
            @Nullable String due,
            @Nullable String earliest,
            @Nullable String latest,
            @Nullable String outOfProtocol) {

        /** From the clock's start to the deadline of its steps. */
        @Nullable
        Duration deadline() {
            String deadline = due == null ? latest : due;
            return deadline == null ? null : Duration.parse(deadline);
        }
    }
}
